"""Who saved a page, from where and when, by the marks that browsers and archives leave in it."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from html import unescape
from typing import NamedTuple

from lishu_tui.library.pages import dates

FROM = re.compile(r"<!--\s{0,9}saved from url=\((\d{4})\)(\S{1,4000}?)\s{0,9}-->")
SINGLEFILE = re.compile(r"Page saved with SingleFile(?:[^\n]{0,200})?\s{1,20}url:\s{1,9}(\S{1,4000})"
                        r"(?:\s{1,20}saved date:\s{1,9}([^\n(]{1,80}))?")  # fmt: skip
ARCHIVED = re.compile(r"FILE ARCHIVED ON (\d{1,2}:\d{2}:\d{2} [A-Z][a-z]{2} \d{1,2}, \d{4})")
WAYBACK = re.compile(r"^(?:https?:)?//web\.archive\.org/web/(\d{4,14})(?:[a-z]{2}_)?/", re.IGNORECASE)
BEHIND = re.compile(r"https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(https?://[^\s\"'<>]{1,2000})")
FIREFOX = re.compile(r"<[a-z]+\s[^>]{0,400}_files/")
HEAD = 20_000


class Saved(NamedTuple):
    url: str = ""
    captured: str = ""
    tool: str = ""


def saved(source: str) -> Saved:
    """What the page says of its saving; what it does not say is empty."""
    head = source[:HEAD]
    if (match := SINGLEFILE.search(head)) is not None:
        url, captured = original(unescape(match[1]))
        return Saved(url, _date(match[2] or "") or captured, "SingleFile")
    browser = FROM.search(head)
    archived = ARCHIVED.search(source, max(len(source) - HEAD, 0)) or ARCHIVED.search(head)
    behind = BEHIND.search(head) if archived or "wm-ipp" in head or "web-static.archive.org" in head else None
    url, captured, tool = "", "", ""
    if browser is not None:
        # The number is how long the address is: what follows it is not part of it.
        url, captured = original(browser[2][: int(browser[1])])
        tool = "a browser (saved from url)"
    if archived is not None or behind is not None or captured:
        tool = "Wayback Machine" if not browser else "Wayback Machine, then a browser"
        captured = captured or (dates.of_stamp(behind[1]) if behind else "")
        if archived is not None:
            captured = dates.first(_turned(archived[1])) or captured
            captured += "Z" if "T" in captured and not captured.endswith("Z") else ""
        url = url or (behind[2] if behind else "")
    return Saved(url if not url.startswith(("about:", "file:")) else "", captured, tool)


def original(url: str) -> tuple[str, str]:
    """An address without the archive's in front of it, and when the archive says that it was captured."""
    match = WAYBACK.match(url)
    if match is None:
        return url, ""
    rest = url[match.end() :]
    return (rest if "://" in rest else f"http://{rest}"), dates.of_stamp(match[1])


def _turned(said: str) -> str:
    time, _, day = said.partition(" ")
    return f"{day} {time}"


def _date(said: str) -> str:
    """`Mon Feb 17 2020 20:12:45 GMT+0800` and the like in ISO 8601."""
    said = said.strip()
    match = re.match(r"\w{3} (\w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d)(?: GMT([+-]\d{4}))?", said)
    if match is not None:
        month, day, year, time = match[1].split(" ")
        found = dates.first(f"{month} {day}, {year} {time}")
        return found + (f"{match[2][:3]}:{match[2][3:]}" if match[2] and found else "")
    try:
        return parsedate_to_datetime(said).isoformat()
    except ValueError:
        return dates.first(said)
