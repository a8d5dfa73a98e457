"""What is opened as text, and what is refused in one line, rather than shown as if it were text."""

from __future__ import annotations

import re

from lishu_tui.edition import LishuError
from lishu_tui.library.decoding import SAMPLE, Decoded, weigh
from lishu_tui.library.limits import FILE_LIMIT

EXPECTED = "a file of plain text or Markdown"
WEB = "is a web page, which cannot be opened yet"
MAGIC = (
    (b"%PDF-", "is a PDF document"), (b"PK\x03\x04", "is a zip archive (or an EPUB or Office document)"),
    (b"\x1f\x8b", "is a gzip archive"), (b"WARC/", "is a web archive, which cannot be opened yet"),
    (b"{\\rtf", "is an RTF document"), (b"\xd0\xcf\x11\xe0", "is an Office document"),
    (b"From: <Saved by", WEB), (b"\x89PNG", "is a picture"), (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"), (b"SQLite format 3", "is a database"), (b"\x7fELF", "is a program"),
    (b"BZh", "is a bzip2 archive"), (b"\xfd7zXZ", "is an xz archive"), (b"7z\xbc\xaf", "is a 7z archive"),
)  # fmt: skip
MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|!--|[a-z][a-z0-9]{0,15}[\s/>])", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
FEW = 8
"""So many NULs, or bytes that do not decode, are an accident in a text, whatever their share of it."""


def accept_bytes(data: bytes, name: str) -> None:
    """Raises LishuError for what is too large, empty, or of a kind that its first bytes tell."""
    if len(data) > FILE_LIMIT:
        raise LishuError(name, "", "is too large", f"at most {FILE_LIMIT >> 20} MiB")
    if not data:
        raise LishuError(name, "", "is empty", EXPECTED)
    for start, wrong in MAGIC:
        if data.startswith(start):
            raise LishuError(name, "", wrong, EXPECTED)


def accept_text(decoded: Decoded, name: str, *, markdown: bool = False) -> None:
    """Raises LishuError for what is a web page, not text at all, or blank. In Markdown a tag may come first."""
    text = decoded.text
    if MARKUP.match(text[:1000]) and (not markdown or PAGE.search(text[:1000])):
        raise LishuError(name, "", WEB, EXPECTED)
    nuls = 0 if decoded.encoding.startswith("utf-16") else text.count("\0")
    if (nuls > FEW and nuls * 100 > len(text)) or (decoded.replaced > FEW and _is_noise(decoded)):
        raise LishuError(name, "", "is not text", EXPECTED)
    if not text or text.isspace():
        raise LishuError(name, "", "holds nothing but blanks", EXPECTED)


def _is_noise(decoded: Decoded) -> bool:
    """Whether so much did not decode, and what did is so little like a text, that it is none."""
    sample = decoded.text[:SAMPLE]
    bad = len(CONTROL.findall(sample)) + sample.count("\ufffd")
    return decoded.replaced * 4 > len(decoded.text) or (bad * 10 > len(sample) and weigh(sample) < 0)
