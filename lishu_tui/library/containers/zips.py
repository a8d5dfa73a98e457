"""Members of a zip archive, read in memory and counted: an archive's own figures are checked, never believed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from lishu_tui.edition import LishuError
from lishu_tui.library.limits import (
    RATIO_LIMIT,
    ZIP_MEMBER_LIMIT,
    ZIP_MEMBERS_LIMIT,
    ZIP_TOTAL_LIMIT,
)

CHUNK = 1 << 16
SMALL = 1 << 20
"""Below this a ratio tells nothing: a short text of blanks packs well too."""
HEADER = 30
"""Bytes before a member's name."""
ENTRY = b"PK\x01\x02"
END, END_SIZE = b"PK\x05\x06", 22
LOCATOR, LOCATOR_SIZE = b"PK\x06\x07", 20
END_64, END_64_SIZE = b"PK\x06\x06", 56
COMMENT_LONGEST = 1 << 16
DIRECTORY_LIMIT = ZIP_MEMBERS_LIMIT * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, IndexError, NotImplementedError,
          RuntimeError, TypeError, KeyError, struct.error)  # fmt: skip
"""What `zipfile` raises for archives made to break it."""


class Zip:
    """An archive whose members can be read by name. Raises LishuError, naming the file and the member, for an archive
    that is broken, or larger than it should be."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        self.total = 0
        """Bytes unpacked so far."""
        try:
            _count(file)
            self.archive = zipfile.ZipFile(file)
            members = self.archive.infolist()
        except BROKEN as error:
            raise LishuError(name, "", f"is a broken zip archive{_because(error)}", "a whole one") from None
        except _TooManyError:
            raise self._many() from None
        if len(members) > ZIP_MEMBERS_LIMIT:
            raise self._many()
        self.members = {member.filename: member for member in members}
        self._check(members)

    def names(self) -> list[str]:
        return list(self.members)

    def __contains__(self, member: str) -> bool:
        return member in self.members

    def read(self, member: str, limit: int = ZIP_MEMBER_LIMIT) -> bytes:
        """The bytes of a member."""
        return b"".join(self.chunks(member, limit))

    def chunks(self, member: str, limit: int = ZIP_TOTAL_LIMIT) -> Iterator[bytes]:
        """The bytes of a member piece by piece, of which no more than `limit` may come."""
        info = self.members.get(member)
        if info is None:
            raise LishuError(self.name, member, "is not in the archive", "a member that is there")
        if info.flag_bits & 1:
            raise LishuError(self.name, member, "is encrypted", "a member without a password")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise LishuError(self.name, member, "is packed in an unusual way", "stored or deflated members")
        if info.file_size > limit:
            raise self._large(member, limit)
        count = 0
        try:
            with self.archive.open(info) as file:
                while chunk := file.read(CHUNK):
                    count += len(chunk)
                    self.total += len(chunk)
                    if count > limit:
                        raise self._large(member, limit)
                    if count > SMALL and count > RATIO_LIMIT * max(info.compress_size, 1):
                        raise self._bomb(member)
                    if self.total > ZIP_TOTAL_LIMIT:
                        raise self._large("", ZIP_TOTAL_LIMIT)
                    yield chunk
        except BROKEN as error:
            raise LishuError(self.name, member, f"is broken{_because(error)}", "a whole member") from None
        if count != info.file_size:
            wrong = f"is not as large as the archive says ({count:,} bytes, not {info.file_size:,})"
            raise LishuError(self.name, member, wrong, "a whole member")

    def passing(self, member: str) -> Iterator[bytes]:
        """The bytes of a member that will be read once more, and so are not counted this time."""
        before = self.total
        yield from self.chunks(member)
        self.total = before

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        """What the directory itself gives away: members that lie in each other, and such as are all air."""
        end = 0
        for member in sorted(members, key=lambda member: member.header_offset):
            if member.header_offset < end:
                raise LishuError(self.name, member.filename, "lies within another member", "members side by side")
            end = member.header_offset + HEADER + member.compress_size
            if member.file_size > SMALL and member.file_size > RATIO_LIMIT * max(member.compress_size, 1):
                raise self._bomb(member.filename)

    def _many(self) -> LishuError:
        return LishuError(self.name, "", "has too many members", f"at most {ZIP_MEMBERS_LIMIT:,}")

    def _large(self, member: str, limit: int) -> LishuError:
        return LishuError(self.name, member, "is too large unpacked", f"at most {limit >> 20} MiB")

    def _bomb(self, member: str) -> LishuError:
        wrong = f"unpacks to more than {RATIO_LIMIT} times its size"
        return LishuError(self.name, member, wrong, "an archive that is no bomb")


class _TooManyError(Exception):
    pass


def _count(file: BinaryIO) -> None:
    """Raises for a directory that could hold too many members, before `zipfile` makes an object of each.

    The size of the directory is what bounds the work: the number of members that the archive states is not used.
    """
    length = file.seek(0, 2)
    start = max(length - END_SIZE - COMMENT_LONGEST, 0)
    file.seek(start)
    tail = file.read()
    at = len(tail) - END_SIZE  # where zipfile looks first, so that both read the same directory
    if at < 0 or not (tail.startswith(END, at) and tail.endswith(b"\0\0")):
        at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        return  # zipfile says what is wrong with it
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    end = start + at
    if at >= LOCATOR_SIZE and tail[at - LOCATOR_SIZE :].startswith(LOCATOR):
        end -= LOCATOR_SIZE + END_64_SIZE
        file.seek(max(end, 0))
        head = file.read(END_64_SIZE)
        if head.startswith(END_64):
            size = int.from_bytes(head[40:48], "little")
    if size > DIRECTORY_LIMIT:
        raise _TooManyError
    file.seek(max(end - size, 0))
    if file.read(size).count(ENTRY) > ZIP_MEMBERS_LIMIT:
        raise _TooManyError


def _because(error: Exception) -> str:
    """What `zipfile` says, where it says something short."""
    said = str(error).strip()
    return f" ({said[:80]})" if said and "\n" not in said else ""
