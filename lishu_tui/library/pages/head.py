"""The head of a page: what its meta elements, its title and its JSON-LD say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from lxml.html import HtmlElement

from lishu_tui.library.pages.walking import tidy

JSON_LONG = 400_000
"""Characters of JSON-LD that are read at most in one go."""


class Head:
    """The head of a page: names of meta elements in small letters with what they say, and JSON-LD."""

    def __init__(self, root: HtmlElement) -> None:
        self.meta: dict[str, str] = {}
        for meta in root.iter("meta"):
            content = tidy(meta.get("content") or "")
            for key in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
                if key and content:
                    self.meta.setdefault(key.strip().lower(), content)
        self.title = next((tidy(" ".join("".join(title.itertext()).split())) for title in root.iter("title")
                           if title.getparent() is None or title.getparent().tag != "svg"), "")  # fmt: skip
        self.canonical = next((link.get("href") or "" for link in root.iter("link")
                               if (link.get("rel") or "").lower() == "canonical"), "")  # fmt: skip
        self.said = list(_json(root))
        # WeChat says who publishes there in an element of the text, and calls itself the site.
        self.account = next((tidy("".join(name.itertext())) for name in root.xpath("//*[@id='js_name']")), "")
        self.times = [time.get("datetime") for time in root.iter("time") if time.get("datetime")]

    def get(self, names: Sequence[str]) -> str:
        return next((self.meta[name] for name in names if name in self.meta), "")

    def json(self, key: str) -> str:
        """The first thing that JSON-LD says under a key: a string, or the name of what stands there."""
        return next(iter(self.json_all(key)), "")

    def json_all(self, key: str) -> list[str]:
        for thing in self.said:
            if found := [text for text in _names(thing.get(key)) if text]:
                return found
        return []


def _json(root: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text and len(script.text) < JSON_LONG:
            try:
                said = json.loads(script.text.strip().rstrip(";"), strict=False)
            except (ValueError, RecursionError):
                continue
            things = said if isinstance(said, list) else [said]
            for thing in things:
                if isinstance(thing, dict):
                    graph = thing.get("@graph")
                    yield from (one for one in graph if isinstance(one, dict)) if isinstance(graph, list) else (thing,)


def _names(thing: object) -> list[str]:
    if isinstance(thing, str):
        return [tidy(thing)]
    if isinstance(thing, dict):
        return _names(thing.get("name"))
    return [name for one in thing for name in _names(one)] if isinstance(thing, list) else []
