"""Citations: eight styles as whole strings, names of authors, and what comes back through the readers of others."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from lishu_tui.edition import Address, LishuError, load_edition
from lishu_tui.edition.safe import UNSAFE
from lishu_tui.export.citations import STYLES, Reference, bibliography, cite, day_of_access, default_style, reference
from lishu_tui.export.citations.names import name
from lishu_tui.export.citations.reference import Issued, Locator
from lishu_tui.library.captured import About, Block, Captured
from lishu_tui.library.making import edition_of

TODAY = date(2026, 11, 24)
CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "citations.toml").read_text(encoding="utf-8")
)["document"]
ABOUT = ("title", "date", "publisher", "url", "captured", "tool")


def document(case: dict[str, Any]) -> Reference:
    """What can be said of the document of a case."""
    if "id" in case:
        address = Address.parse(case["id"])
        return reference(load_edition(), address if address.section else None)
    about = About(authors=tuple(case.get("authors", ())), **{field: case.get(field, "") for field in ABOUT})
    data = case["text"].encode()
    captured = Captured(name="a.html", data=data, format="html", blocks=(Block(text=case["text"]),), about=about)
    return reference(edition_of(captured))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_citation_as_a_whole(case: dict[str, Any], style: str) -> None:
    found = document(case)
    expected = case["cited"][style]
    assert cite(found, style, accessed=day_of_access(found, TODAY)) == expected["text"], expected["rule"]


def test_every_case_has_every_style_and_its_rule() -> None:
    for case in CASES:
        assert set(case["cited"]) == set(STYLES)
        assert all(len(cited["rule"]) > 10 for cited in case["cited"].values())


# ── what is known of a document ─────────────────────────────────────────────────────────────────────────────────────


def made(**about: Any) -> Reference:
    return document({"title": "黑土地", "text": "黑土地又厚又软，玉米长得很高。", **about})


def test_what_is_supplied_is_known_as_such() -> None:
    found = reference(load_edition())
    assert (found.title_supplied, found.title_en_supplied, found.issued) == (True, True, Issued(2020, inferred=True))
    assert "〔" not in found.title + found.title_en
    assert found.language == "zh-Hant"
    nameless = document({"text": "黑土地又厚又软，玉米长得很高。", "title": ""})
    assert (nameless.title, nameless.title_supplied) == ("a.html", True)
    assert cite(nameless, "gbt7714-2025", accessed=TODAY).startswith("[a.html][EB/OL]. ([出版日期不详])")


@pytest.mark.parametrize(
    ("said", "issued"),
    [
        ("2020-02-17T08:30:00+08:00", Issued(2020, 2, 17)),
        ("2020-02", Issued(2020, 2)),
        ("2020", Issued(2020)),
        ("2020-02-30", Issued(2020, said="2020-02-30")),
        ("庚子年春", Issued(said="庚子年春")),
        ("", Issued()),
    ],
)
def test_dates_are_as_exact_as_they_are_said(said: str, issued: Issued) -> None:
    found = made(date=said)
    assert found.issued == issued
    cited = cite(found, "gbt7714-2025", accessed=TODAY)
    assert f"({issued.iso or issued.said or '[出版日期不详]'})" in cited


@pytest.mark.parametrize(
    ("publisher", "kind"),
    [("四平日报", "news"), ("人民日報", "news"), ("新华网", "page"), ("北京大学学报", "page"), ("画报", "page"),
     ("The New York Times", "news"), ("今日头条号", "page"), ("", "page")],
)  # fmt: skip
def test_newspapers_are_told_by_their_names(publisher: str, kind: str) -> None:
    assert made(publisher=publisher).kind == kind


@pytest.mark.parametrize(
    ("captured", "stamp"),
    [("2020-02-25T08:15:30Z", "20200225081530"), ("2020-02-25T08:15:30+08:00", "20200225001530"),
     ("2020-02-25", "20200225"), ("yesterday", ""), ("", "")],
)  # fmt: skip
def test_where_the_archive_has_the_copy(captured: str, stamp: str) -> None:
    url = "http://a.example/1?x=1"
    found = made(url=url, captured=captured, tool="Wayback Machine, then a browser")
    assert found.archive == (f"https://web.archive.org/web/{stamp}/{url}" if stamp else "")
    assert not made(url="data:text/html,x", captured=captured, tool="Wayback Machine").archive
    assert not made(url=url, captured=captured, tool="SingleFile").archive


@pytest.mark.parametrize(
    ("url", "page", "name", "captured"),
    [
        ("https://web.archive.org/web/20200225081530/http://a.example/1", "http://a.example/1", "Wayback Machine",
         "2020-02-25T08:15:30Z"),
        ("https://web.archive.org/web/20200225081530if_/https://a.example/", "https://a.example/", "Wayback Machine",
         "2020-02-25T08:15:30Z"),
        ("https://arquivo.pt/wayback/20190905210731/http://a.example/", "http://a.example/", "arquivo.pt",
         "2019-09-05T21:07:31Z"),
        ("https://a.example/web/20209925081530/http://b.example/", "https://a.example/web/20209925081530/http://b.example/",
         "", "2021-01-01"),
        ("https://a.example/go/?to=http://b.example/", "https://a.example/go/?to=http://b.example/", "", "2021-01-01"),
    ],
)  # fmt: skip
def test_an_address_that_is_an_archives_says_so(url: str, page: str, name: str, captured: str) -> None:
    found = made(url=url, captured="2021-01-01", tool="wget")
    assert (found.url, found.archive_name, found.captured) == (page, name, captured)
    assert found.archive == (url if name else "")


def test_the_day_of_access() -> None:
    assert day_of_access(made(url="http://a.example", captured="2020-02-25"), TODAY) == date(2020, 2, 25)
    assert day_of_access(made(url="http://a.example"), TODAY) == TODAY
    assert day_of_access(made(captured="2020-02-25"), TODAY) == TODAY
    archived = made(url="http://a.example", captured="2020-02-25", tool="Wayback Machine")
    assert day_of_access(archived, TODAY) == TODAY


def test_the_style_where_none_is_asked_for() -> None:
    assert default_style(made()) == "gbt7714-2025"
    western = document({"title": "Black earth", "text": "The black earth is thick and soft."})
    assert default_style(western) == "chicago"
    assert western.language == ""
    with pytest.raises(LishuError, match="there is no such style"):
        cite(western, "harvard", accessed=TODAY)


def test_passages() -> None:
    edition = load_edition()
    ours = reference(edition, Address.parse("lishu/opening/1"))
    assert ours.locator == Locator("開篇", True, 1)
    assert cite(ours, "gbt7714-2025", accessed=TODAY).startswith("[1][開篇]第1段\n")
    assert cite(ours, "chicago", accessed=TODAY).partition("\n")[0].count("under [開篇], para. 1") == 1
    assert cite(ours, "apa", accessed=TODAY).startswith("(金大慶 & 張競文, [ca. 2020], [開篇] section, para. 1)\n")
    whole = reference(edition, Address.parse("lishu/strict-readiness"))
    assert cite(whole, "mla", accessed=TODAY).startswith("(金大慶 and 張競文, 嚴陣以待)\n")
    assert reference(edition, Address.parse("lishu")) == reference(edition)
    with pytest.raises(LishuError):
        reference(edition, Address.parse("lishu/opening/9"))
    news = made(publisher="四平日报", date="2019-04-02")
    from msgspec.structs import replace

    cited = replace(news, locator=Locator("正文", True, 2), address="x/text/2")
    assert "四平日报, 2019-04-02: [正文]第2段. " in cite(cited, "gbt7714-2025", accessed=TODAY)
    assert "四平日报, 2019-04-02: [正文]第2段[2026-11-24]. " in cite(cited, "gbt7714-2015", accessed=TODAY)


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given", "inverted"),
    [
        ("金大慶", "金大慶"),
        ("伊迪斯·乔纳斯", "伊迪斯·乔纳斯"),
        ("John Smith", "Smith, John"),
        ("Smith, John Q.", "Smith, John Q."),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Augustus De Morgan", "De Morgan, Augustus"),
        ("P. Z. Peebles Jr.", "Peebles, P. Z., Jr."),
        ("Jean-Luc Godard", "Godard, Jean-Luc"),
        ("José Álvarez", "Álvarez, José"),
        # Which part is the family name cannot be told:
        ("Li Jianning", "Li Jianning"),
        ("Jianning Li", "Jianning Li"),
        ("Sima Xiangru", "Sima Xiangru"),
        ("Иван Петров", "Иван Петров"),
        ("Madonna", "Madonna"),
        # No persons:
        ("Xinhua News Agency", "Xinhua News Agency"),
        ("Ministry of Health", "Ministry of Health"),
        ("Acme, Inc.", "Acme, Inc."),
        ("BBC NEWS", "BBC NEWS"),
        ("新华社 记者", "新华社 记者"),
        ("user@example.org", "user@example.org"),
    ],
)
def test_names_are_turned_round_only_where_that_is_sure(given: str, inverted: str) -> None:
    assert name(given).inverted == inverted


@given(st.text(st.characters(categories=["Lo"]), min_size=2, max_size=4))
def test_a_name_in_another_script_stays_whole_in_every_style(given: str) -> None:
    if any(ord(c) < 0x250 for c in given) or UNSAFE.search(given):
        return
    one = Reference(document="x", title="t", authors=(given, given))
    for style in STYLES:
        cited = cite(one, style, accessed=TODAY)
        assert cited.count(given) == 2, style
        assert f"{given[0]}," not in cited.replace(given, "")


# ── other authors' readers ──────────────────────────────────────────────────────────────────────────────────────────

HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            [*"{}%\\\"'`#$&_~^@,=-<>?![]〔〕“”\n\r\t\x1b\u202e\u2066\ufeff\u2028 金慶", "--", "``", "''", "\\end"]
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=30,
).map("".join)
CONTEXT = get_default_latex_context_db()
CONTEXT.add_context_category("ours", macros=[MacroTextSpec("textasciicircum", "^")], prepend=True)
DECODER = LatexNodes2Text(latex_context=CONTEXT, strict_latex_spaces=True, keep_comments=True)
"""Which knows that \\textasciicircum is the ^ of the keyboard; the one that comes with it takes a sign like it."""


def hostile(title: str, author: str, publisher: str, url: str) -> Reference:
    return made(title=title, authors=(author,) if author else (), publisher=publisher, url=url and f"http://a/{url}")


def _bibtex_name(author: str) -> str:
    parts = name(author)
    return ", ".join(filter(None, (parts.family, parts.suffix, parts.given))) or author


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_bibtex_comes_back_unchanged(title: str, author: str, publisher: str, url: str) -> None:
    found = hostile(title, author, publisher, url)
    text = cite(found, "bibtex", accessed=TODAY)
    raw = bibtexparser.parse_string(text)
    assert not raw.failed_blocks
    assert len(raw.blocks) == len(raw.entries) == 1
    assert unquote(raw.entries[0].fields_dict["url"].value if found.url else "") == unquote(found.url)
    read = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware(decoder=DECODER)])
    fields = {field.key: field.value for field in read.entries[0].fields}
    assert read.entries[0].key == found.document
    assert fields["title"] == (f"[{found.title}]" if found.title_supplied else found.title)
    assert fields.get("author", "") == " and ".join(_bibtex_name(one) for one in found.authors)
    assert fields.get("journal" if found.kind == "news" else "organization", "") == found.container


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_csl_json_comes_back_unchanged(title: str, author: str, publisher: str, url: str) -> None:
    found = hostile(title, author, publisher, url)
    (item,) = json.loads(cite(found, "csl-json", accessed=TODAY))
    assert item["id"] == found.document
    assert item["title"] == (f"[{found.title}]" if found.title_supplied else found.title)
    assert item.get("URL", "") == found.url
    assert item.get("container-title", "") == found.container
    people = [one.get("literal") or ", ".join(one.values()) for one in item.get("author", [])]
    assert people == [name(one).inverted for one in found.authors]


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_ris_comes_back_unchanged(title: str, author: str, publisher: str, url: str) -> None:
    found = hostile(title, author, publisher, url)
    (item,) = rispy.loads(cite(found, "ris", accessed=TODAY))
    assert item["id"] == found.document
    assert item["title"] == (f"[{found.title}]" if found.title_supplied else found.title)
    assert item.get("urls", []) == ([found.url.replace(";", "%3B")] if found.url else [])
    assert item.get("secondary_title", "") == found.container
    assert item.get("authors", []) == [name(one).inverted for one in found.authors]


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, st.sampled_from([*STYLES]))
def test_hostile_text_is_inert(title: str, author: str, publisher: str, url: str, style: str) -> None:
    """No control, no line of its own: what comes out has the lines that the style has."""
    tame = made(title="t", authors=("a",) if author.strip() else (), publisher="四平日报", url="b" if url else "")
    text = cite(hostile(title, author, publisher, url), style, accessed=TODAY)
    assert not UNSAFE.search(text.replace("\n", ""))
    assert text.count("\n") == 0 or style in ("bibtex", "csl-json", "ris")
    assert len(cite(tame, style, accessed=TODAY)) > 10


def test_several_at_once_are_one_file() -> None:
    cited = [(document(case), TODAY) for case in CASES if case["name"] != "a passage of the bundled article"]
    assert len(json.loads(bibliography(cited, "csl-json"))) == len(cited)
    assert len(bibtexparser.parse_string(bibliography(cited, "bibtex")).entries) == len(cited)
    assert len(rispy.loads(bibliography(cited, "ris"))) == len(cited)
    assert bibliography(cited, "gbt7714-2025").count("\n") == len(cited) - 1
