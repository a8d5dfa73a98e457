"""What is opened as text, and what is refused in one line, rather than shown as if it were text."""

from __future__ import annotations

import re

from lishu_tui.edition import LishuError
from lishu_tui.library.decoding import SAMPLE, Decoded, weigh

EXPECTED = "a file of plain text or Markdown"
WEB = "is a web page"
MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|!--|[a-z][a-z0-9]{0,15}[\s/>])", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
FEW = 8
"""So many NULs, or bytes that do not decode, are an accident in a text, whatever their share of it."""


def accept_text(decoded: Decoded, name: str, *, markdown: bool = False) -> None:
    """Raises LishuError for what is a web page, not text at all, or blank. In Markdown a tag may come first."""
    text = decoded.text
    if MARKUP.match(text[:1000]) and (not markdown or PAGE.search(text[:1000])):
        raise LishuError(name, "", WEB, EXPECTED)
    nuls = 0 if decoded.encoding.startswith("utf-16") else text.count("\0")
    if (nuls > FEW and nuls * 100 > len(text)) or is_noise(decoded):
        raise LishuError(name, "", "is not text", EXPECTED)
    if not text or text.isspace():
        raise LishuError(name, "", "holds nothing but blanks", EXPECTED)


def is_noise(decoded: Decoded) -> bool:
    """Whether so much did not decode, and what did is so little like a text, that it is none."""
    if decoded.replaced <= FEW:
        return False
    sample = decoded.text[:SAMPLE]
    bad = len(CONTROL.findall(sample)) + sample.count("\ufffd")
    return decoded.replaced * 4 > len(decoded.text) or (bad * 10 > len(sample) and weigh(sample) < 0)
