"""A file from disk as an edition: what it holds, what it is called, what is refused."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lishu_tui.edition import Address, Edition, LishuError, load_edition
from lishu_tui.edition.places import data_root
from lishu_tui.library import edition_of, open_file, opening
from lishu_tui.library.captured import Notice
from lishu_tui.library.ids import slug, stem
from lishu_tui.library.limits import FILE_LIMIT
from lishu_tui.library.texts import read_text
from lishu_tui.search import compile, find

LISHU = Path(str(data_root() / "lishu"))
CLEAN = "春天來了，農民們都到地里去干活。\n\n學校里的孩子們也在院子里種樹。\n"
HEADINGS = [
    "嚴陣以待 人民群眾生命高于天",
    "守土盡責 用辛苦指數換健康指數",
    "全民參戰 一呼百應抗“疫”無死角",
    "旗幟引領 黨員沖鋒在前勇擔當",
]


@pytest.fixture(scope="module")
def article() -> Edition:
    """The bundled capture, opened as any file is."""
    return open_file(LISHU / "capture.txt")


def refused(data: bytes, name: str = "x.txt") -> str:
    with pytest.raises(LishuError) as caught:
        edition_of(data, name)
    line = str(caught.value)
    assert len(line.splitlines()) == 1
    assert caught.value.exit_code == 2
    return line


def test_the_bundled_capture_gives_the_bundled_text(article: Edition) -> None:
    bundled = load_edition()
    assert article.readings["restored"] == bundled.readings["restored"]
    assert article.readings["capture"] == bundled.readings["capture"]
    assert len(article.emendations) == len(bundled.emendations)
    assert article.damage == bundled.damage
    assert article.id == "capture-b4265f"


def test_the_simplified_reading_is_the_bundled_one_but_for_one_character(article: Edition) -> None:
    pairs = zip("".join(article.readings["simplified"]), "".join(load_edition().readings["simplified"]), strict=True)
    assert {pair for pair in pairs if pair[0] != pair[1]} == {("着", "著")}


def test_the_headings_of_the_bundled_capture_are_guessed(article: Edition) -> None:
    assert [s.id for s in article.sections] == ["opening", "section-1", "section-2", "section-3", "section-4"]
    assert [s.label for s in article.sections[1:]] == HEADINGS
    assert [article.heading(s) for s in article.sections] == [None, *HEADINGS]
    assert (article.sections[0].label, article.sections[0].label_en) == ("〔開篇〕", "Opening")
    assert not any(s.label_en for s in article.sections[1:])


def test_each_emendation_stands_where_it_says(article: Edition) -> None:
    for e in article.emendations:
        assert article.quote(e.span) == e.stands
        assert article.text(e.span.paragraph, "capture")[e.start : e.end] == e.stood
        assert article.carry(e.span, "simplified") == e.span
    marks = next(rule for rule in article.rules if rule.kind == "punctuation")
    assert marks.count > 100


def test_what_is_known_of_the_file_is_told_and_no_more(article: Edition) -> None:
    source = article.source
    assert (source.title, len(source.supplied)) == ("〔capture.txt〕", 1)
    assert (source.date, source.year, source.authors, source.rights) == ("", None, (), "")
    assert (source.bytes, source.encoding) == (10113, "UTF-8")
    assert source.sha256 == hashlib.sha256(article.capture).hexdigest() == load_edition().source.sha256
    assert f"{len(article.emendations)} emendations" in source.damage_en
    assert f"共校改{len(article.emendations)}處" in source.damage
    assert not article.has("english")
    assert (article.statistics, article.comparisons, article.names) == ((), (), ())


@pytest.mark.parametrize("codec", ["gb18030", "utf-16-le"])
def test_the_capture_restores_alike_in_each_encoding(article: Edition, codec: str) -> None:
    found = edition_of((LISHU / "capture.txt").read_bytes().decode().encode(codec), "capture.txt")
    assert (found.readings, found.emendations, found.rules) == (article.readings, article.emendations, article.rules)


@pytest.mark.parametrize("codec", ["gb18030", "utf-16", "utf-16-be", "utf-8-sig"])
def test_the_article_is_the_same_in_each_encoding(article: Edition, codec: str) -> None:
    text = "\n".join(load_edition().readings["restored"])
    found = edition_of(text.encode(codec), "a.txt")
    assert found.readings["restored"] == article.readings["restored"]
    assert found.readings["capture"] is found.readings["restored"]
    assert [s.label for s in found.sections[1:]] == HEADINGS
    assert (found.emendations, found.damage, found.source.damage_en) == ((), None, "")


def test_places_have_addresses_that_lead_back_and_search_finds_them(article: Edition) -> None:
    hits = list(find(article, compile("志愿者")))
    assert len(hits) > 5
    for hit in hits:
        address = article.address(hit.span)
        assert list(article.resolve(Address.parse(str(address)))) == [hit.span]
        there = article.carry(hit.span, "capture")
        back = article.carry(there, "restored", of="capture")
        assert back.start <= hit.span.start < hit.span.end <= back.end
        assert article.carry(hit.span, "english") == hit.span


def test_a_text_without_headings_is_one_section() -> None:
    found = edition_of(CLEAN.encode(), "地.txt")
    assert found.readings["restored"] == (CLEAN.split("\n", maxsplit=1)[0], CLEAN.split("\n")[2])
    assert [(s.id, s.label, s.label_en, s.has_heading) for s in found.sections] == [("text", "〔正文〕", "Text", False)]
    assert [(p.section, p.number) for p in found.paragraphs] == [("text", 1), ("text", 2)]
    assert found.readings["simplified"][0] == "春天来了，农民们都到地里去干活。"


def test_blanks_at_the_ends_of_a_line_stay_and_blank_lines_go() -> None:
    found = edition_of("　　甲說。 \n \t\n　\n\n  乙說。".encode(), "x")
    assert found.readings["restored"] == ("　　甲說。 ", "  乙說。")


def test_a_long_line_is_split_without_loss() -> None:
    text = "春天來了，農民們都到地里去干活。" * 40_000
    found = edition_of(text.encode(), "x")
    assert "".join(found.readings["restored"]) == text
    assert len(found.paragraphs) == 4
    assert all(len(p) <= 200_000 and p.endswith("。") for p in found.readings["restored"])


def test_a_mended_file_says_what_was_mended_and_keeps_its_bytes() -> None:
    text = "他說：&ldquo;好&rdquo;，&nbsp;真的\u200b好。\r\n走了。\r"
    found = edition_of(text.encode(), "x")
    assert found.readings["capture"] == found.readings["restored"] == ("他說：“好”， 真的好。", "走了。")
    assert found.capture == text.encode()
    assert "Mended in 3 places" in found.source.damage_en
    assert "HTML 字符實體已還原（3處）" in found.source.damage
    assert [(rule.kind, rule.stands) for rule in found.rules] == [
        ("line-end", "U+000D U+000A、U+000D"), ("zero-width", "U+200B"), ("entity", "&ldquo;、&rdquo;、&nbsp;"),
    ]  # fmt: skip


def test_a_file_read_in_the_wrong_encoding_is_readable() -> None:
    text = "春天來了，農民們都到地里去干活，學校里的孩子們也在院子里種樹。"
    found = edition_of(text.encode().decode("latin-1").encode(), "x")
    assert found.readings["capture"] == found.readings["restored"] == (text,)
    assert "UTF-8 that was read as Windows-1252" in found.source.damage_en


def test_bytes_that_do_not_decode_are_counted() -> None:
    found = edition_of("春天\n".encode() + b"\xff" + CLEAN.encode(), "x")
    assert found.readings["capture"][1].startswith("\ufffd春天")
    assert "1 byte could not be decoded as UTF-8" in found.source.damage_en
    assert [(rule.kind, rule.stands) for rule in found.rules] == [("undecodable", "�")]


def test_the_encoding_that_lost_is_told() -> None:
    found = edition_of(("charset=big5\n" + CLEAN).encode("gb18030"), "x")
    assert found.source.encoding == "GB 18030 (judged by its characters; the file says big5)"
    found = edition_of(("charset=gb2312\n" + CLEAN).encode("gb18030"), "x")
    assert found.source.encoding == "GB 18030 (as the file says: gb2312)"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("capture.txt", "capture"), ("梨樹.txt", "lishu"), ("2020-01 Report (final).md", "2020-01-report-final"),
     ("a" * 300, "a" * 24), ("-rf.txt", "rf"), ("x\n\x1b]0;y", "x-0-y"), ("é", "e"), ("％Ｄ.txt", "d"),
     ("%s %d.txt", "s-d"), ("", "txt"), ("..", "txt"), ("😀.txt", "txt"), ("\0.txt", "txt")],
)  # fmt: skip
def test_the_id_can_be_typed(name: str, expected: str) -> None:
    assert slug(stem(name)) in (expected, "")
    found = edition_of(CLEAN.encode(), name)
    assert Address.parse(found.id) == Address(found.id)
    assert found.id == f"{expected.removesuffix('.md')}-{found.source.sha256[:6]}"


REFUSED = [
    (b"", "is empty"),
    (b" \n\t\n", "holds nothing but blanks"),
    ("\ufeff".encode(), "holds nothing but blanks"),
    ("　\n　\n".encode("gb18030"), "holds nothing but blanks"),
    (b"<!DOCTYPE html><title>x</title>", "holds no text"),
    (b"<!doctype html><body> \n <br>", "holds no text"),
    (b"%PDF-1.7\n", "is a PDF document"),
    (b"PK\x03\x04....", "is a broken zip archive"),
    (gzip.compress(b"x"), "is a gzip archive"),
    (b"WARC/1.1\r\n", "x.txt: "),
    (b"\x01\x02\x00\x00" * 100, "is not text"),
    (bytes(range(256)) * 40, "is not text"),
    (b"\xff" * 100, "is not text"),
    (hashlib.sha512(b"x").digest() * 20, "is not text"),
]


@pytest.mark.parametrize(("data", "wrong"), REFUSED, ids=[str(n) for n in range(len(REFUSED))])
def test_what_is_no_text_costs_one_line(data: bytes, wrong: str) -> None:
    line = refused(data)
    assert line.startswith("x.txt: ")
    assert wrong in line
    assert "; expected " in line


@pytest.mark.parametrize(
    "data",
    [
        "\ufeff \n<HTML><body>春".encode(),
        "<html><meta charset=big5>春".encode("big5"),
        "<!-- saved from url=(0014)about:internet --><html>春".encode("utf-16"),
        "<?xml version='1.0'?><html><body>春</body></html>".encode(),
        "<p>春".encode(),
    ],
)
def test_a_web_page_opens_whatever_its_name(data: bytes) -> None:
    found = edition_of(data, "x.txt")
    assert found.readings["restored"] == ("春",)
    assert found.provenance is not None
    assert found.provenance.format == "html"


def test_of_a_file_with_several_documents_the_first_opens_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = (read_text(text.encode(), "x.warc") for text in ("甲。", "乙。"))
    said = [LishuError("x.warc", "", "first record is broken", ""), one, Notice("x.warc", "one is cut off"), two]
    monkeypatch.setattr(opening, "read_bytes", lambda *_: iter(said))
    found = edition_of(b"", "x.warc")
    assert found.text(0) == "甲。"
    assert found.provenance is not None
    assert found.provenance.remarks == ("One is cut off.", opening.MORE)
    monkeypatch.setattr(opening, "read_bytes", lambda *_: iter([]))
    assert "has no document in it" in refused(b"", "x.warc")


def test_a_text_about_tags_opens() -> None:
    for text in ("1 < 2，春天。", "<春天>來了", "<<春>>", "春<html>", "<3"):
        assert edition_of(text.encode(), "x.txt").text(0) == text
    assert edition_of(b"<p align=center>x</p>\n", "README.md").text(0) == "<p align=center>x</p>"


def test_a_nul_here_and_there_is_kept() -> None:
    assert edition_of("甲\0乙".encode(), "x").text(0) == "甲\0乙"


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.touch()
    os.truncate(path, FILE_LIMIT + 1)
    with pytest.raises(LishuError, match=r"is too large; expected at most 64 MiB") as caught:
        open_file(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.exit_code == 2


def test_places_that_are_no_files_are_told_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for path, wrong, code in (
        (tmp_path, "is a folder", 2),
        (tmp_path / "pipe", "is a device or a pipe", 2),
        (Path("/dev/zero"), "is a device or a pipe", 2),
        (tmp_path / "nothing", "cannot be read (No such file or directory)", 74),
        (tmp_path / "link", "cannot be read (No such file or directory)", 74),
        (tmp_path / ("x" * 300), "cannot be read (File name too long)", 74),
        (Path("a\0b"), "is no name of a file", 2),
    ):
        with pytest.raises(LishuError) as caught:
            open_file(path)
        assert wrong in str(caught.value)
        assert len(str(caught.value).splitlines()) == 1
        assert caught.value.exit_code == code


@pytest.mark.parametrize(
    "name", ["a\nb.txt", "-rf", "%s.txt", " x .txt", "\x1b]0;PWNED\x07.txt", "\udcff.txt", "[red].txt"]
)
def test_a_name_is_data(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(CLEAN.encode())
    found = open_file(path)
    assert not set("\x1b\x07\n\udcff") & set(found.source.title + found.id)
    path.write_bytes(b"")
    with pytest.raises(LishuError) as caught:
        open_file(path)
    assert not set("\x1b\x07\n\udcff") & set(str(caught.value))


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(CLEAN.encode())
    opened: list[object] = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda *a: (opened.append(a[0]), real(*a))[1])
    found = open_file(path)
    assert opened == [path]
    assert found.source.sha256 == hashlib.sha256(CLEAN.encode()).hexdigest()


def test_a_sound_file_loads_no_language_and_no_other_room() -> None:
    code = (
        "import sys; from lishu_tui.library import edition_of; from lishu_tui.restore import language;"
        f"edition_of({CLEAN.encode()!r}, 'x'); assert not language.language.cache_info().currsize;"
        "assert not {'opencc', 'pypinyin', 'textual', 'rich', 'lishu_tui.tui', 'lishu_tui.cli'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
