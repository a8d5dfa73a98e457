"""Web Annotations read, our own and others': collections, pages and lists of them, and what Hypothes.is gives out.

Whoever wrote the file is not trusted: what is not as it should be is said of that annotation, and the rest goes on.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from lishu_tui.edition import LishuError
from lishu_tui.edition.anchoring import Anchor
from lishu_tui.export.notes.writing import ADDRESS, URN

MOST = 100_000
"""Annotations of a file."""
_ID = re.compile("[A-Za-z0-9_-]{1,64}")
_SHA = re.compile("urn:sha256:([0-9a-f]{64})")
_LISTS = ("items", "first", "rows", "annotations", "@graph")


class Foreign(NamedTuple):
    """What an annotation says. `sources` are the names of what it is about, the surest first; `address` where its words
    stood, if it is one of ours; `anchor` is None for one that is about a page as a whole."""

    id: str
    ours: bool
    sources: tuple[str, ...]
    sha256: str
    address: str
    anchor: Anchor | None
    text: str
    tags: tuple[str, ...]
    created: str
    modified: str
    title: str


def read_annotations(data: bytes, name: str) -> Iterator[Foreign | LishuError]:
    """The annotations of a file, and what is wrong with one of them. Raises LishuError where the file holds none."""
    try:
        value = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise LishuError(name, "", f"is not JSON ({error})", "Web Annotations as JSON") from None
    found = list(_items(value, 0))
    if not found and not _is_empty(value):
        raise LishuError(name, "", "holds no annotations", "an AnnotationCollection, an AnnotationPage or a list")
    if len(found) > MOST:
        raise LishuError(name, "", f"holds {len(found):,} annotations", f"at most {MOST:,}")
    for number, one in enumerate(found, 1):
        try:
            yield _foreign(one)
        except (KeyError, TypeError, ValueError, AttributeError):
            yield LishuError(name, f"annotation {number}", "is not as the model has it", "a target, and its words")


def _items(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The annotations within lists, pages and collections."""
    if depth > 4:
        return
    if isinstance(value, list):
        for one in value:
            yield from _items(one, depth + 1)
    elif isinstance(value, dict):
        if "target" in value or "uri" in value:
            yield value
            return
        for name in _LISTS:
            if name in value:
                yield from _items(value[name], depth + 1)
                return


def _is_empty(value: Any) -> bool:
    if isinstance(value, list):
        return not value
    return isinstance(value, dict) and any(_is_empty(value[name]) for name in _LISTS if name in value)


def _foreign(one: dict[str, Any]) -> Foreign:
    targets = _list(one.get("target"))
    target: dict[str, Any] = next((t for t in targets if isinstance(t, dict)), {})
    sources = [t for t in targets if isinstance(t, str)]
    source = target.get("source", target.get("id"))
    sources += [source] if isinstance(source, str) else [str(source["id"])] if isinstance(source, dict) else []
    sources += [one["uri"]] if isinstance(one.get("uri"), str) else []
    cached = [s.get("cached") for s in _list(target.get("state")) if isinstance(s, dict)]
    digests = [m[1] for s in [*cached, *sources] if isinstance(s, str) and (m := _SHA.fullmatch(s))]
    if not sources:
        raise ValueError("no source")
    anchor, address = None, ""
    for selector in _selectors(target.get("selector")):
        if selector.get("type") == "TextQuoteSelector" and anchor is None:
            exact, prefix, suffix = (_text(selector.get(name, "")) for name in ("exact", "prefix", "suffix"))
            anchor = Anchor(exact, prefix, suffix)
        elif selector.get("type") == "FragmentSelector" and selector.get("conformsTo") == ADDRESS:
            address = _text(selector.get("value", ""))
    texts, tags = _bodies(one)
    id, ours = _id(one.get("id"))
    created = _time(one.get("created"))
    return Foreign(
        id=id,
        ours=ours,
        sources=tuple(dict.fromkeys(sources)),
        sha256=digests[0] if digests else "",
        address=address,
        anchor=anchor,
        text="\n\n".join(texts),
        tags=tuple(tags),
        created=created,
        modified=_time(one.get("modified", one.get("updated"))) or created,
        title=_title(one.get("document")),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _selectors(value: Any) -> Iterator[dict[str, Any]]:
    """The selectors, and those that refine another."""
    waiting = _list(value)[:100]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, dict):
            yield one
            waiting += _list(one.get("refinedBy"))[:100]


def _bodies(one: dict[str, Any]) -> tuple[list[str], list[str]]:
    texts: list[str] = []
    tags: list[str] = []
    for body in _list(one.get("body")):
        if isinstance(body, str):
            texts.append(body)
        elif isinstance(body, dict) and isinstance(body.get("value"), str):
            purposes = [*_list(body.get("purpose")), *_list(one.get("motivation"))][:1]
            (tags if purposes == ["tagging"] else texts).append(body["value"])
    texts += [value for name in ("bodyValue", "text") if isinstance(value := one.get(name), str)]
    tags += [tag for tag in _list(one.get("tags")) if isinstance(tag, str)]
    return [text for text in dict.fromkeys(texts) if text.strip()], tags


def _id(value: Any) -> tuple[str, bool]:
    """The id as we can keep it, and whether it is one of ours; empty where there is none. One that is too long, or an
    address, is told by its digest."""
    if not isinstance(value, str) or not value:
        return "", False
    if value.startswith(URN) and _ID.fullmatch(value.removeprefix(URN)):
        return value.removeprefix(URN), True
    if _ID.fullmatch(value):
        return value, False
    return f"x{hashlib.sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}", False


def _time(value: Any) -> str:
    """A time with its offset, in whole seconds; empty where none is said."""
    try:
        time = datetime.fromisoformat(value)
        return time.isoformat(timespec="seconds") if time.utcoffset() is not None else ""
    except (TypeError, ValueError):
        return ""


def _title(document: Any) -> str:
    titles = document.get("title") if isinstance(document, dict) else None
    return next((title for title in _list(titles) if isinstance(title, str)), "")
