"""Zip archives made to break whoever reads them."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.edition import LishuError
from lishu_tui.library.containers import zips
from lishu_tui.library.containers.zips import Zip
from lishu_tui.library.formats import read_bytes
from lishu_tui.library.limits import ZIP_MEMBER_LIMIT, ZIP_MEMBERS_LIMIT
from tests.library.wrappers import body, book, chapter, sorted_out, watched, zipped


def opened(data: bytes) -> Zip:
    return Zip(io.BytesIO(data), "a.zip")


def read_all(data: bytes, member: str | None = None) -> None:
    zip = opened(data)
    for name in [member] if member else zip.names():
        zip.read(name)


def refused(data: bytes, member: str | None = None) -> str:
    with pytest.raises(LishuError) as caught:
        read_all(data, member)
    line = str(caught.value)
    assert len(line.splitlines()) == 1
    return line


def patched(
    data: bytes, member: str, *, size: int | None = None, flag: int | None = None, method: int | None = None
) -> bytes:
    """The archive with other figures for a member, in its directory and before it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.getinfo(member).header_offset
    out = bytearray(data)
    central = data.index(b"PK\x01\x02" + data[at + 4 : at + 6], 0) if member == "" else _central(data, member)
    for start, flags, how, sizes in ((at, 6, 8, 22), (central, 8, 10, 24)):
        for value, place, form in ((flag, flags, "<H"), (method, how, "<H"), (size, sizes, "<I")):
            if value is not None:
                struct.pack_into(form, out, start + place, value)
    return bytes(out)


def _central(data: bytes, member: str) -> int:
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(member)] != member.encode():
        at = data.index(b"PK\x01\x02", at + 4)
    return at


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\\"), min_size=1), st.binary()
    )
)
def test_members_come_out_as_they_went_in(members: dict[str, bytes]) -> None:
    zip = opened(zipped(members))
    assert {name: zip.read(name) for name in zip.names()} == members
    assert zip.total == sum(map(len, members.values()))


@pytest.mark.parametrize("size", [10, 5000, 50_000, 0, 0xFFFFFFF0])
def test_a_size_that_lies_is_one_line(size: int) -> None:
    data = zipped({"a.txt": os.urandom(20_000), "b.txt": b"x"})
    line = refused(patched(data, "a.txt", size=size), "a.txt")
    assert line.startswith("a.zip: a.txt: ")
    assert opened(patched(data, "a.txt", size=5000)).read("b.txt") == b"x"


def test_a_bomb_is_known_by_its_directory_and_by_what_comes_out() -> None:
    data = zipped({"a.txt": bytes(8 << 20)})
    assert "more than 200 times" in refused(data)
    lying = patched(data, "a.txt", size=1000)
    assert "broken" in refused(lying, "a.txt")
    assert "too large unpacked" in refused(zipped({"a.txt": os.urandom(ZIP_MEMBER_LIMIT + 1)}, stored=True))


def test_the_total_is_counted_over_all_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "ZIP_TOTAL_LIMIT", 2500)
    zip = opened(zipped({name: os.urandom(1000) for name in "abc"}))
    zip.read("a")
    assert b"".join(zip.passing("a")) == zip.read("a")
    with pytest.raises(LishuError, match="too large unpacked"):
        zip.read("c")


@pytest.mark.parametrize(("count", "many"), [(ZIP_MEMBERS_LIMIT, False), (ZIP_MEMBERS_LIMIT + 1, True)])
def test_members_are_counted(count: int, many: bool) -> None:
    data = zipped(dict.fromkeys(map(str, range(count)), b""))
    # What the archive says of their number is not believed.
    end = data.rindex(b"PK\x05\x06")
    data = data[: end + 8] + struct.pack("<HH", 3, 3) + data[end + 12 :]
    if many:
        assert "too many members" in refused(data)
    else:
        assert len(opened(data).names()) == count


def test_a_hundred_thousand_members_are_refused_before_they_are_read() -> None:
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"a"
    directory = entry * 100_000
    data = directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(directory), 0, 0)
    start = time.perf_counter()
    assert "too many members" in refused(data)
    assert time.perf_counter() - start < 0.5


def test_two_directories_do_not_hide_members() -> None:
    """The end of the directory that is counted is the one that is read, though its comment looks like another end."""
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"a"
    directory = entry * (ZIP_MEMBERS_LIMIT + 1)
    end = b"PK\x05\x06" + b"PK\x05\x06" + struct.pack("<HHIIH", 1, 1, len(directory), 0, 0)
    assert "too many members" in refused(directory + end)


def test_members_that_lie_in_each_other_are_refused() -> None:
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(bytes(100_000)) + kernel.flush()
    crc = zlib.crc32(bytes(100_000))
    local = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(packed), 100_000, 1, 0) + b"a" + packed
    central = b"".join(
        struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(packed), 100_000, 1, 0, 0, 0, 0, 0, 0
        )
        + name
        for name in (b"a", b"b", b"c")
    )
    data = local + central + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 3, 3, len(central), len(local), 0)
    assert "lies within another member" in refused(data)


def test_encrypted_and_unusually_packed_members_are_one_line() -> None:
    data = zipped({"a.txt": b"some text"})
    assert "encrypted" in refused(patched(data, "a.txt", flag=1))
    for method in (9, 12, 14, 99):
        assert "unusual way" in refused(patched(data, "a.txt", method=method))
    assert "not in the archive" in refused(data, "b.txt")


@given(st.integers(1, 400))
def test_a_cut_is_one_line(cut: int) -> None:
    data = zipped({"a.txt": b"some text" * 10, "b.txt": os.urandom(100)})
    refused(data[: max(len(data) - cut, 0)])


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_no_flipped_byte_makes_more_of_it_than_a_line(flips: list[tuple[int, int]]) -> None:
    data = bytearray(zipped({"a.txt": b"some text" * 10, "b/c.txt": b"x"}))
    for at, value in flips:
        data[at % len(data)] = value
    with suppress(LishuError):
        read_all(bytes(data))


EVIL = ["../../evil.xhtml", "/abs.xhtml", "C:\\w.xhtml", "..\\..\\w.xhtml", "a\0b.xhtml", "\x1b]0;x\x07.xhtml", "-rf",
        "a\nb", "100%n.xhtml", "CON", "a" * 5000]  # fmt: skip


def test_no_name_in_an_archive_becomes_one_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = book(change=dict.fromkeys(EVIL, chapter(body())))
    list(read_bytes(data, "a.epub"))
    with watched() as seen:
        documents, errors, _ = sorted_out(read_bytes(data, "a.epub"))
        for name in opened(data).names():
            opened(data).read(name)
    assert (len(documents), errors, seen) == (1, [], [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process is told by Linux")
def test_a_bomb_costs_neither_time_nor_memory(tmp_path: Path) -> None:
    """300 MB of zeros in 292 KB, as a chapter and beside the chapters, in a process of its own."""
    for name, member in (("a.epub", "OEBPS/1.xhtml"), ("b.epub", "x.bin")):
        (tmp_path / name).write_bytes(book(change={"OEBPS/1.xhtml": None} if name == "a.epub" else None))
        with zipfile.ZipFile(tmp_path / name, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(member, "w") as file:
            for _ in range(300):
                file.write(bytes(1 << 20))
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom lishu_tui.library.formats import read_file\n"
        "list(read_file(Path('none.epub')))\nfor name in sys.argv[1:]:\n start = time.perf_counter()\n"
        " print(*read_file(Path(name)))\n assert time.perf_counter() - start < 0.5\n"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "a.epub", "b.epub"], cwd=tmp_path, capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    first, second, memory = done.stdout.splitlines()
    assert "more than 200 times" in first
    assert "more than 200 times" in second
    assert int(memory) < 200 * 1024
