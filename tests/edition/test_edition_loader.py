"""Whatever is damaged in an edition's folder costs one line: file, place, what is wrong, what was expected."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lishu_tui.edition import LishuError, load_edition
from lishu_tui.edition.places import data_root

LISHU = Path(str(data_root() / "lishu"))
TOML = ("edition.toml", "emendations.toml", "statistics.toml", "names.toml")
TEXTS = ("restored.txt", "simplified.txt", "english.txt")
OPTIONAL = {
    "damage", "emendation.candidates", "emendation.runner_up", "emendation.margin", "emendation.bytes",
    "emendation.reason", "statistic.unit", "statistic.counted", "comparison", "name", "complete",
    "name.office", "name.office_en", "name.said",
}  # fmt: skip
Key = tuple[str | int, ...]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the bundled edition, to be damaged."""
    return Path(shutil.copytree(LISHU, tmp_path / "lishu"))


def complaint(folder: Path, file: str) -> str:
    """The line that loading gives, which must begin with the file and say what was expected."""
    with pytest.raises(LishuError) as caught:
        load_edition(folder)
    line = str(caught.value)
    assert len(line.splitlines()) == 1
    assert line.startswith(f"data/lishu/{file}: "), line
    assert "; expected " in line
    assert not line.endswith("; expected ")
    assert caught.value.exit_code == 2
    return line


def written(value: object) -> str:
    """A value in TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {written(v)}" for key, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value).lower()


def edit(folder: Path, file: str, change: Callable[[dict[str, Any]], None]) -> None:
    document = tomllib.loads((folder / file).read_text(encoding="utf-8"))
    change(document)
    text = "".join(f"{key} = {written(value)}\n" for key, value in document.items())
    (folder / file).write_text(text, encoding="utf-8")


def put(folder: Path, file: str, key: Key, value: object) -> None:
    """Set, or with None take out, what stands at `key`."""

    def change(document: Any) -> None:
        for part in key[:-1]:
            document = document[part]
        if value is None:
            del document[key[-1]]
        else:
            document[key[-1]] = value

    edit(folder, file, change)


def fields(value: Any, at: Key = (), seen: set[str] | None = None) -> Iterator[tuple[Key, Any]]:
    """Every kind of field of a TOML document, where it stands first; of the glosses' lines the first."""
    seen = set() if seen is None else seen
    if isinstance(value, list) and value and isinstance(value[0], dict):
        for n, part in enumerate(value):
            yield from fields(part, (*at, n), seen)
    if isinstance(value, dict):
        for key, part in value.items():
            if (name := named((*at, key))) not in seen:
                seen.add(name)
                yield (*at, key), part
            yield from fields(part, (*at, key), seen)


def named(key: Key) -> str:
    return ".".join("N" if part.isdecimal() else part for part in key if isinstance(part, str))


FIELDS = [
    (file, key, value)
    for file in TOML
    for key, value in fields(tomllib.loads((LISHU / file).read_text(encoding="utf-8")))
]
IDS = [f"{file}-{named(key)}" for file, key, _ in FIELDS]


def test_the_copy_loads_before_it_is_damaged(folder: Path) -> None:
    for file in TOML:
        edit(folder, file, lambda document: None)
    assert load_edition(folder) == load_edition()
    assert len(FIELDS) > 60


@pytest.mark.parametrize(("file", "key", "value"), FIELDS, ids=IDS)
def test_a_field_taken_out_is_missed_by_its_name(folder: Path, file: str, key: Key, value: object) -> None:
    put(folder, file, key, None)
    if named(key) in OPTIONAL:
        load_edition(folder)
        return
    with pytest.raises(LishuError) as caught:
        load_edition(folder)
    line = str(caught.value)
    assert len(line.splitlines()) == 1
    assert re.match(r"data/lishu/[a-z]+\.(toml|txt): ", line)
    assert "; expected " in line
    # What has a default is missed by what does not fit without it.
    indirect = {"section.heading", "section.label", "statistic", "rule", "glosses", "glosses.N", "emendation"}
    indirect |= {"name.aliases"}
    assert str(key[-1]) in line or named(key) in indirect


OTHER = {"float": 7.5, "str": "no such thing", "bool": True, "array": [], "object": {"x": 1}}


@pytest.mark.parametrize(("file", "key", "value"), FIELDS, ids=IDS)
def test_a_field_of_another_type_is_told_with_the_type_expected(
    folder: Path, file: str, key: Key, value: object
) -> None:
    for kind, other in OTHER.items():
        if type(other) is not type(value) and not (kind == "float" and key[-1] == "value"):
            put(folder, file, key, other)
            line = complaint(folder, file)
            assert f"{key[-1]}: is {kind}; expected " in line


@pytest.mark.parametrize("file", TOML)
def test_an_unknown_key_is_told_with_the_keys_that_there_are(folder: Path, file: str) -> None:
    put(folder, file, ("titel",), "x")
    line = complaint(folder, file)
    assert "unknown key 'titel'" in line
    assert "expected a table with " in line


def test_an_unknown_key_of_the_source_is_told(folder: Path) -> None:
    put(folder, "edition.toml", ("source", "titel"), "x")
    line = complaint(folder, "edition.toml")
    assert "source: has an unknown key 'titel'; expected a table with title, title_en, " in line


WRONG: list[tuple[str, Key, object, str, str]] = [
    ("edition.toml", ("id",), "Li Shu", "id 'Li Shu': is no id", "small letters, digits and hyphens"),
    ("edition.toml", ("source", "sha256"), "0" * 64, "capture.txt: has sha256 b4265f78", "0" * 64),
    ("edition.toml", ("source", "bytes"), 10114, "source.bytes: 10114", "10113"),
    ("edition.toml", ("section", 1, "id"), "opening", "id 'opening': stands 2 times", "each id once"),
    ("edition.toml", ("section", 1, "id"), "Strict", "id 'Strict': is no id", "small letters"),
    ("edition.toml", ("section", 1, "lines"), [4, 7], "section 'strict-readiness': lines 4 to 7", "lines from 3 on"),
    ("edition.toml", ("section", 1, "lines"), [3, 2], "lines 3 to 2", "lines from 3 on"),
    ("edition.toml", ("section", 6, "lines"), [30, 34], "section 'source': lines 30 to 34", "at most 33"),
    ("edition.toml", ("section", 6, "lines"), [30, 32], "section: 32 lines in sections", "all 33 lines"),
    ("edition.toml", ("section", 6, "lines"), [30, 31, 33], "section[6].lines: is 3", "array of length 2"),
    ("edition.toml", ("section", 0, "heading"), True, "section 'opening': a label of its own", "heading = true, or"),
    ("emendations.toml", ("emendation", 0, "line"), 0, "emendation 1: line = 0", "1 to 33"),
    ("emendations.toml", ("emendation", 0, "line"), 34, "emendation 1: line = 34", "1 to 33"),
    (
        "emendations.toml",
        ("emendation", 0, "line"),
        2,
        "emendation 1: '?lián)' at 18-24 of the capture",
        "as sta",
    ),
    (
        "emendations.toml",
        ("emendation", 0, "capture"),
        [17, 30],
        "at 17-30 of the capture",
        "'勇?lián)?dāng)', as stands",
    ),
    ("emendations.toml", ("emendation", 0, "capture"), [-9, 30], "at -9-30 of the capture", "as stands there"),
    (
        "emendations.toml",
        ("emendation", 0, "restored"),
        [11, 13],
        "'擔' at 11-13 of the restored",
        "'勇擔', as stands",
    ),
    ("emendations.toml", ("emendation", 0, "stood"), "?lian)", "emendation 1: '?lian)' at 18-24", "'?lián)', as"),
    (
        "emendations.toml",
        ("emendation", 0, "stands"),
        "擋",
        "emendation 1: '擋' at 12-13 of the restored",
        "'擔', as stands there",
    ),
    ("emendations.toml", ("glosses", "1"), "25(zhan)", "glosses.1: '(zhan)' at 25-31 of the capture", "'(zhàn)'"),
    ("emendations.toml", ("glosses", "1"), "24(zhàn)", "glosses.1: '(zhàn)' at 24-30 of the capture", "'戰(zhàn'"),
    ("emendations.toml", ("glosses", "1"), "99(zhàn)", "glosses.1: '(zhàn)' at 99-105 of the capture", "'', as stands"),
    ("emendations.toml", ("glosses", "1"), "25 zhàn", "glosses.1: '25 zhàn'", "LINE = "),
    ("emendations.toml", ("glosses", "1"), "9" * 9999 + "(zhàn)", "glosses.1: '9999", "LINE = "),
    ("emendations.toml", ("glosses", "1"), "", "restored.txt: line 1, character 25: '爭。'", "'（zhàn）爭。"),
    ("emendations.toml", ("glosses", "34"), "1(x)", "glosses.34: line = 34", "1 to 33"),
    ("emendations.toml", ("glosses", "one"), "1(x)", "glosses.one: '1(x)'", "LINE = "),
    ("emendations.toml", ("emendation", 0, "certainty"), "proved", "emendation[0].certainty: Invalid", "one of cert"),
    ("emendations.toml", ("rule", 0, "stood"), ",:;(", "rule 1: 5 characters for 4", "one for each"),
    (
        "emendations.toml",
        ("rule", 0, "stands"),
        "，：；（)",
        "restored.txt: line 12, character 88",
        "as emendations.toml",
    ),
    ("emendations.toml", ("damage", "glosses"), "戰zhàn 發", "damage.glosses: '發'", "a character and its"),
    ("emendations.toml", ("damage", "glosses"), "zhàn戰", "damage.glosses: 'zhàn戰'", "a character and its"),
    ("emendations.toml", ("damage", "cuts"), None, "damage.cuts: is missing", "a string"),
    ("statistics.toml", ("statistic", 0, "id"), "meetings", "id 'meetings': stands 2 times", "each id once"),
    ("statistics.toml", ("statistic", 0, "id"), "Working", "id 'Working': is no id", "small letters"),
    ("statistics.toml", ("statistic", 0, "at"), "strict-readiness/1:72", "at = 'strict-readiness/1:72'", "SECTION/PAR"),
    ("statistics.toml", ("statistic", 0, "at"), "nowhere/1:72-75", "at = 'nowhere/1:72-75'", "a section and paragraph"),
    ("statistics.toml", ("statistic", 0, "at"), "strict-readiness/9:1-2", "at = 'strict-readiness/9:1-2'", "a section"),
    ("statistics.toml", ("statistic", 0, "at"), "strict-readiness/1:73-75", "where '1個' stands", "the words that"),
    ("statistics.toml", ("statistic", 0, "at"), "strict-readiness/1:9999-9999", "where '' stands", "the words that"),
    ("statistics.toml", ("statistic", 0, "quote"), "12個", "'12個' at strict-readiness/1:72-75, where '11個'", "words"),
    ("statistics.toml", ("statistic", 0, "low"), 10, "statistic 'working-groups': exact, but 10 to 11", "low = high"),
    ("statistics.toml", ("statistic", 0, "bound"), "exactly", "statistic[0].bound: Invalid", "one of "),
    ("statistics.toml", ("statistic", 0, "bound"), "more_than", "bound more_than with bound_word None", "the word"),
    (
        "statistics.toml",
        ("statistic", 0, "bound"),
        "range",
        "statistic 'working-groups': a range without",
        "low and high",
    ),
    ("statistics.toml", ("statistic", 0, "bound_word"), "余", "bound exact with bound_word '余'", "the word that"),
    ("statistics.toml", ("statistic", 0, "counted"), "工作小隊", "counted = '工作小隊'", "words of the paragraph at"),
    ("statistics.toml", ("statistic", 0, "counted"), "", "counted = ''", "words of the paragraph at"),
    ("statistics.toml", ("statistic", 2, "bound_word"), "逾", "bound_word = '逾'", "words of the paragraph at"),
    ("statistics.toml", ("statistic", 2, "low"), 21, "low 21, value 20, high None", "numbers in ascending order"),
    ("statistics.toml", ("statistic", 2, "high"), 19, "low 20, value 20, high 19", "numbers in ascending order"),
    ("statistics.toml", ("statistic", 2, "value"), float("inf"), "value inf", "numbers in ascending order"),
    ("statistics.toml", ("statistic", 2, "value"), float("nan"), "value nan", "numbers in ascending order"),
    ("statistics.toml", ("comparison", 0, "id"), "meetings", "id 'meetings': stands 2 times", "each id once"),
    ("statistics.toml", ("comparison", 0, "row", 0, "cells"), ["streets"], "row '黨員突擊隊': 1 cells", "2"),
    ("statistics.toml", ("comparison", 0, "row", 0, "cells"), ["a", ""], "row '黨員突擊隊': statistic 'a'", "an id in"),
    ("names.toml", ("name", 0, "id"), "wu-dan", "id 'wu-dan': stands 2 times", "each id once"),
    ("names.toml", ("name", 0, "kind"), "animal", "name[0].kind: Invalid", "one of body, media, person, place"),
    ("names.toml", ("name", 0, "name"), "巴音", "name 'bayanqolu': '巴音' at", "the words that stand there"),
    ("names.toml", ("name", 0, "places"), [], "name 'bayanqolu': no place", "at least one place"),
    ("names.toml", ("name", 0, "places"), ["holding-the-line/6:68-72"], "where '記巴音朝' stands", "the words that"),
    (
        "names.toml",
        ("name", 1, "said", 0, "quote"),
        "不。",
        "name 'xu-xiaofang': '不。' at",
        "the words that stand there",
    ),
]


@pytest.mark.parametrize("damage", WRONG, ids=lambda d: f"{named(d[1])}={str(d[2])[:20]}")
def test_a_wrong_value_is_told_with_its_place(folder: Path, damage: tuple[str, Key, object, str, str]) -> None:
    file, key, value, wrong, expected = damage
    put(folder, file, key, value)
    with pytest.raises(LishuError) as caught:
        load_edition(folder)
    line = str(caught.value)
    assert len(line.splitlines()) == 1
    assert re.match(r"data/lishu/[a-z]+\.(toml|txt): ", line)
    assert wrong in line
    assert expected in line.partition("; expected ")[2]


def test_emendations_that_overlap_are_told(folder: Path) -> None:
    def change(document: dict[str, Any]) -> None:
        like = document["emendation"][0] | {"line": 1}
        for start, words in ((0, "這是"), (1, "是一")):
            place = [start, start + 2]
            document["emendation"].append(like | {"restored": place, "capture": place, "stood": words, "stands": words})

    edit(folder, "emendations.toml", change)
    assert "line 1: the change at 1 of the capture overlaps the one before" in complaint(folder, "emendations.toml")


@pytest.mark.parametrize("file", TEXTS)
@pytest.mark.parametrize("number", [1, 17, 33])
def test_a_line_too_many_or_too_few_is_counted(folder: Path, file: str, number: int) -> None:
    lines = (LISHU / file).read_text(encoding="utf-8").splitlines(keepends=True)
    for changed, count in (
        (lines[: number - 1] + lines[number:], 32),
        ([*lines[:number], "多\n", *lines[number:]], 34),
    ):
        (folder / file).write_text("".join(changed), encoding="utf-8")
        assert f"{count} lines; expected 33, as in capture.txt" in complaint(folder, file)


@pytest.mark.parametrize("file", TEXTS)
def test_a_missing_line_end_and_an_empty_line_are_told(folder: Path, file: str) -> None:
    text = (LISHU / file).read_text(encoding="utf-8")
    (folder / file).write_text(text[:-1], encoding="utf-8")
    assert "line 33: has no line end" in complaint(folder, file)
    lines = text.splitlines()
    (folder / file).write_text("\n".join([*lines[:4], "  ", *lines[5:], ""]), encoding="utf-8")
    assert "line 5: an empty line; expected a paragraph of text" in complaint(folder, file)


@pytest.mark.parametrize("file", TEXTS)
@pytest.mark.parametrize("character", ["\x1b", "\r", "\x00", "\x9b", "\u202e", "\u2028", "\ufeff", "\U000e0041"])
def test_an_unsafe_character_in_a_reading_is_named_and_not_shown(folder: Path, file: str, character: str) -> None:
    lines = (LISHU / file).read_bytes().decode().split("\n")
    lines[6] = lines[6][:5] + character + lines[6][6:]
    (folder / file).write_bytes("\n".join(lines).encode())
    line = complaint(folder, file)
    assert f"line 7: character U+{ord(character):04X}; expected a paragraph of text" in line
    assert character not in line


@pytest.mark.parametrize("line", range(1, 34))
def test_one_character_changed_in_the_restored_reading_is_noticed(folder: Path, line: int) -> None:
    lines = (LISHU / "restored.txt").read_text(encoding="utf-8").split("\n")
    lines[line - 1] = lines[line - 1][:-1] + "龘"
    (folder / "restored.txt").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(LishuError, match=r"^data/lishu/(restored\.txt: line|emendations\.toml: emendation) \d+"):
        load_edition(folder)


def test_simplified_must_keep_one_character_for_one(folder: Path) -> None:
    lines = (LISHU / "simplified.txt").read_text(encoding="utf-8").split("\n")
    lines[8] += "。"
    (folder / "simplified.txt").write_text("\n".join(lines), encoding="utf-8")
    line = complaint(folder, "simplified.txt")
    count = len(lines[8])
    assert f"line 9: {count} characters; expected {count - 1}, one for each of restored.txt" in line


@pytest.mark.parametrize("at", [0, 1, 5000, 10112])
@pytest.mark.parametrize("bit", [0x01, 0x80])
def test_a_flipped_bit_of_the_capture_is_noticed(folder: Path, at: int, bit: int) -> None:
    data = bytearray((LISHU / "capture.txt").read_bytes())
    data[at] ^= bit
    (folder / "capture.txt").write_bytes(data)
    line = complaint(folder, "capture.txt")
    assert f"has sha256 {hashlib.sha256(data).hexdigest()}" in line
    assert load_edition().source.sha256 in line.partition("; expected ")[2]


def test_a_capture_cut_short_is_noticed(folder: Path) -> None:
    (folder / "capture.txt").write_bytes((LISHU / "capture.txt").read_bytes()[:-1])
    assert "has sha256 " in complaint(folder, "capture.txt")


@pytest.mark.parametrize("file", [*TEXTS, *TOML])
def test_what_is_not_utf8_is_told_with_the_byte(folder: Path, file: str) -> None:
    data = (LISHU / file).read_bytes()
    (folder / file).write_bytes(data[:100].decode(errors="ignore").encode() + b"\xff" + data[100:])
    at = len(data[:100].decode(errors="ignore").encode())
    assert f"byte {at}: is not UTF-8; expected UTF-8 text" in complaint(folder, file)


@pytest.mark.parametrize("file", TOML)
@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("id = \n", "line 1, column 6: is not TOML: Invalid value"),
        ('id = "a"\nid = "b"\n', "is not TOML: Cannot overwrite a value"),
        ("[[", "is not TOML"),
        ("a = " + "[" * 100_000, "nests too deeply"),
        ("a = " + "9" * 5000, "too long a number"),
        ('a = "\x1b]0;x\x07"', "is not TOML"),
    ],
    ids=["no value", "twice", "cut", "deep", "long", "escape"],
)
def test_what_is_not_toml_is_told_with_the_line(folder: Path, file: str, text: str, wrong: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    line = complaint(folder, file)
    assert wrong in line
    assert "expected valid TOML" in line
    assert "\x1b" not in line


@pytest.mark.parametrize("file", ["capture.txt", *TEXTS, *TOML])
def test_a_missing_file_and_a_folder_in_its_place_are_told(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert "cannot be read (No such file or directory); expected a file that can be read" in complaint(folder, file)
    (folder / file).mkdir()
    assert "cannot be read (Is a directory)" in complaint(folder, file)


def test_a_hostile_word_in_the_data_reaches_no_message_as_itself(folder: Path) -> None:
    put(folder, "statistics.toml", ("statistic", 0, "id"), "a\x1b]52;c;x\x07")
    line = complaint(folder, "statistics.toml")
    assert "is no id" in line
    assert not set("\x1b\x07") & set(line)
