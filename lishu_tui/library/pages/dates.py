"""Dates as pages write them, into ISO 8601, as exactly as they are said and no more."""

from __future__ import annotations

import datetime
import re

MONTHS = {name: number for number, name in enumerate(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}  # fmt: skip
_MONTH = r"(?P<n>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?"
_YEAR = r"(?P<y>(?:19|20)\d{2})"
_BETWEEN = r"[T\s\u3000,，]{0,4}(?:星期.|周.|[（(].{1,4}[)）]|at\b)?[\s\u3000]{0,3}"
_CLOCK = r"(?P<h>\d{1,2})[:：時时點点](?P<min>\d{2})(?:[:：分](?P<s>\d{2}))?(?:\.\d{1,6})?秒?"
_ZONE = r"\s{0,2}(?P<z>Z\b|[+-]\d{2}:?\d{2}\b|[ap]\.?m\b)?"
_TIME = rf"(?:{_BETWEEN}(?P<half>上午|下午|早上|晚上|中午)?\s?{_CLOCK}{_ZONE})?"
_PLACE = r"\s{0,2}[月\-/.．]\s{0,2}"
PATTERNS = (
    re.compile(rf"(?<!\d){_YEAR}\s{{0,2}}[年\-/.．]\s{{0,2}}(?P<m>\d{{1,2}}){_PLACE}(?P<d>\d{{1,2}})(?!\d)\s{{0,2}}[日号號]?"
               + _TIME, re.IGNORECASE),
    re.compile(r"民國(?P<r>\d{2,3})年\s?(?P<m>\d{1,2})月\s?(?P<d>\d{1,2})日" + _TIME),
    re.compile(r"(?<![\d/])(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>(?:19|20)\d{2})\b" + _TIME, re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR}\b" + _TIME, re.IGNORECASE),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s{_MONTH},?\s{_YEAR}\b" + _TIME, re.IGNORECASE),
)  # fmt: skip
PACKED = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)(?:[T\s]?(?P<packed>\d{6}))?(?!\d)")
IN_URL = re.compile(r"/((?:19|20)\d{2})[-/_]?([01]\d)[-/_]?([0-3]\d)(?=[/_\-.]|\D|\d*[/_\-.])")
CHINA = datetime.timezone(datetime.timedelta(hours=8))
LONGEST = 300
"""How far into a line a date is looked for."""


def dates(text: str) -> list[str]:
    """The dates in a text, in ISO 8601, in their order; what is no day of the calendar is none."""
    found = []
    for pattern in PATTERNS:
        for match in pattern.finditer(text[:LONGEST]):
            if (iso := _iso(match)) is not None:
                found += [(match.start(), iso)]
        if found:
            break
    return [iso for _, iso in sorted(found)]


def first(text: str) -> str:
    """The first date in a text, or nothing."""
    return next(iter(dates(text)), "")


def of_meta(text: str) -> str:
    """The date that the head of a page says, where it may be digits only."""
    return first(text) or next((iso for match in PACKED.finditer(text[:LONGEST]) if (iso := _iso(match))), "")


def of_url(url: str) -> str:
    """The date that an address has in its path: /2020-02/17/, /20200217/, /2020/02/17/."""
    for match in IN_URL.finditer(url):
        if (day := _day(int(match[1]), int(match[2]), int(match[3]))) is not None:
            return day
    return ""


def of_stamp(stamp: str) -> str:
    """The time that fourteen digits say, as the Wayback Machine writes it (in UTC)."""
    try:
        return datetime.datetime.strptime(stamp, "%Y%m%d%H%M%S").strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return ""


def of_epoch(seconds: str) -> str:
    """The time in China that a number of seconds says; 1995 to 2100."""
    if not 788918400 <= int(seconds) <= 4102444800:
        return ""
    return datetime.datetime.fromtimestamp(int(seconds), CHINA).isoformat()


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat() if 1950 <= year <= 2100 else None
    except ValueError:
        return None


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["r"]) + 1911 if parts.get("r") else int(parts["y"])
    month = MONTHS[parts["n"][:3].lower()] if parts.get("n") else int(parts["m"])
    day = _day(year, month, int(parts["d"]))
    if day is None:
        return None
    if "packed" in parts:
        packed = parts["packed"]
        return f"{day}T{packed[:2]}:{packed[2:4]}:{packed[4:]}" if packed and packed < "240000" else day
    half, hour, minute, second, zone = (parts.get(name) for name in ("half", "h", "min", "s", "z"))
    if not hour or not minute or int(hour) > 23 or int(minute) > 59:
        return day
    hours = int(hour)
    if (half in ("下午", "晚上") or (zone or "").lower().startswith("p")) and hours < 12:
        hours += 12
    said = f"{day}T{hours:02}:{minute}" + (f":{second}" if second and int(second) < 60 else "")
    if zone and zone[0] in "+-":
        zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
        return said + zone
    return said + ("Z" if zone in ("Z", "z") else "")
