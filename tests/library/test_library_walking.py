"""Which files of a folder are read, and that none is passed over in silence."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from lishu_tui.edition import LishuError
from lishu_tui.library.walking import Found, Skipped, Source, walk
from tests.library.wrappers import WRAPPERS, page, sorted_out, zipped


def made(folder: Path, *names: str, data: bytes = b"") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data or page())


def taken(found: list[Found], folder: Path) -> list[str]:
    return [str(one.path.relative_to(folder)) for one in found if isinstance(one, Source)]


def skipped(found: list[Found]) -> Counter[str]:
    return Counter(one.why for one in found if isinstance(one, Skipped))


def test_files_are_read_in_order_each_once(tmp_path: Path) -> None:
    made(tmp_path, "b.html", "a.html", "d/c.html", "c/z.txt", "c/a/x.md")
    found = list(walk([tmp_path, tmp_path / "c", tmp_path / "a.html"]))
    assert taken(found, tmp_path) == ["a.html", "b.html", "c/z.txt", "c/a/x.md", "d/c.html"]
    assert skipped(found) == {"named twice": 1}


def test_every_file_is_read_or_skipped_with_a_reason(tmp_path: Path) -> None:
    made(tmp_path, "a.html", "b_files/x.html", ".hidden.html", ".git/a/b", "a_files/x.html", "a_files/d/y.js")
    made(tmp_path, "a.png", data=b"\x89PNG")
    made(tmp_path, "a.pdf", data=b"%PDF-1.7")
    made(tmp_path, "a.zip", data=zipped({"a": "b"}))
    made(tmp_path, "a.css", "a.json", "a.log", data=b"x")
    made(tmp_path, "README", data=b"text")
    made(tmp_path, "view.php?id=1", "save.aspx")
    (tmp_path / "empty").touch()
    (tmp_path / "empty.txt").touch()
    os.mkfifo(tmp_path / "pipe.txt")
    found = list(walk([tmp_path]))
    assert taken(found, tmp_path) == [
        "README", "a.html", "empty.txt", "save.aspx", "view.php?id=1", "b_files/x.html",
    ]  # fmt: skip
    assert skipped(found) == {
        "hidden": 2, "companions of a page": 2, "a picture": 1, "a PDF document": 1, "a zip archive": 1,
        "of a kind that is not read": 3, "empty": 1, "a device or a pipe": 1,
    }  # fmt: skip
    assert len(found) == sum(len(names) for _, _, names in os.walk(tmp_path))


@pytest.mark.parametrize("name", ["a_files", "a.files", "a_fichiers", "a-Dateien"])
def test_what_a_page_shows_is_told_by_the_name_of_its_folder(name: str, tmp_path: Path) -> None:
    made(tmp_path, "a.htm", f"{name}/x.html", f"b{name[1:]}/x.html")
    found = list(walk([tmp_path]))
    assert taken(found, tmp_path) == ["a.htm", f"b{name[1:]}/x.html"]


def test_what_is_named_is_read_whatever_it_is(tmp_path: Path) -> None:
    made(tmp_path, ".a.png", "a.html", "a_files/x.html", data=b"\x89PNG")
    paths = [tmp_path / ".a.png", tmp_path / "a_files" / "x.html"]
    assert [one.path for one in walk(paths) if isinstance(one, Source)] == paths


def test_a_web_archive_is_told_by_its_bytes(tmp_path: Path) -> None:
    for name, make in WRAPPERS.items():
        made(tmp_path, f"{name}.bin" if "epub" not in name and "wacz" not in name else name, data=make())
    found = list(walk([tmp_path]))
    assert len(found) == len(WRAPPERS) == len(taken(found, tmp_path))


def test_links_lead_nowhere_twice(tmp_path: Path) -> None:
    made(tmp_path, "a/a.html", "b/b.html")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "b" / "link.html").symlink_to(tmp_path / "a" / "a.html")
    (tmp_path / "b" / "none.html").symlink_to(tmp_path / "nowhere")
    os.link(tmp_path / "b" / "b.html", tmp_path / "b" / "same.html")
    found = list(walk([tmp_path]))
    assert taken(found, tmp_path) == ["a/a.html", "b/b.html"]
    assert skipped(found) == {"a link to a folder": 1, "a link to a file that is read": 2}
    (error,) = [one for one in found if isinstance(one, LishuError)]
    assert "none.html: cannot be read" in str(error)


def test_what_is_not_there_is_an_error_and_the_rest_goes_on(tmp_path: Path) -> None:
    made(tmp_path, "a.html")
    first, second, third = walk([tmp_path / "none", Path("a\0b"), tmp_path / "a.html"])
    assert isinstance(first, LishuError)
    assert first.exit_code == 74
    assert isinstance(second, LishuError)
    assert isinstance(third, Source)


def test_what_goes_away_meanwhile_costs_only_itself(tmp_path: Path) -> None:
    made(tmp_path, "a.html", "b/b.html", "c/c.html")
    found = walk([tmp_path])
    first = next(found)
    shutil.rmtree(tmp_path / "b")
    error, third = found
    assert isinstance(error, LishuError)
    assert str(error).startswith(f"{tmp_path / 'b'}: cannot be read")
    assert taken([first, third], tmp_path) == ["a.html", "c/c.html"]


def test_a_folder_is_as_deep_as_the_system_lets_it_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    Path("a.html").write_bytes(page())
    found = list(walk([tmp_path]))
    os.remove("a.html")
    for _ in range(1500):  # what tidies up behind the tests cannot go so deep
        os.chdir("..")
        os.rmdir("d")
    assert [type(one) for one in found] == [Source]


def test_names_are_data(tmp_path: Path) -> None:
    names = ["a\nb.html", "-rf.html", "100%s.html", " .html", "\x1b[31m.html", "'\".html"]
    made(tmp_path, *names)
    raw = os.fsencode(tmp_path) + b"/\xff\xfe.html"
    with open(raw, "wb") as file:
        file.write(page())
    found = list(walk([tmp_path]))
    assert len(taken(found, tmp_path)) == len(names) + 1
    for one in found:
        assert isinstance(one, Source)
        documents, errors, _ = sorted_out(one.read())
        assert (len(documents), errors) == (1, [])
