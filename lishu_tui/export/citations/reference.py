"""What can be said of a document in a citation, without regard to any style."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

from lishu_tui.edition import Address, Edition, visible
from lishu_tui.edition.model import Frozen

Kind = Literal["news", "page", "book", "file"]
"""An article of a newspaper, a page of the web, a book, a file of which no more is known."""

NEWSPAPER = re.compile(r"(?<![学學情月季画畫公通简簡])[报報]$|\b(?:Daily|Times|Herald|Tribune|Gazette|Newspaper)\b")
OURS = re.compile(r"〔([^〔〕]*)〕")
ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9])")
HAN, KANA, HANGUL = re.compile("[㐀-鿿豈-﫿\U00020000-\U0003ffff]"), re.compile("[぀-ヿ]"), re.compile("[가-힯]")
LATIN = re.compile("[A-Za-z]")
TRADITIONAL = 0.05
"""From this share of Chinese characters on that change on the way to simplified script a text is in traditional one."""
LOOKED_AT = 5_000
"""Characters of a text that are looked at to tell its language."""
WAYBACK = "https://web.archive.org/web/"
ARCHIVED = re.compile(
    r"https?://([^/]{1,250})/(?:[a-z]{1,20}/){0,2}([0-9]{14})(?:[a-z]{2}_)?/(?=https?://)", re.IGNORECASE
)
"""The address of a copy in an archive of the web, as the archives themselves spell it, before that of the page."""
WEB = ("html", "mhtml", "warc", "wacz")


class Issued(NamedTuple):
    """When it was published. `said` is the date in the source's own words where they are not ISO 8601; `inferred` means
    that the source does not say it, and the year is ours. All is empty where nothing is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    said: str = ""
    inferred: bool = False

    @property
    def known(self) -> bool:
        return self.year is not None or bool(self.said)

    @property
    def iso(self) -> str:
        """As exactly as it is known, `2020-02`; empty where it is not."""
        if self.year is None:
            return ""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)])


class Locator(NamedTuple):
    """A passage: the section's heading (or a label of ours), and the paragraph in it, 0 being the heading."""

    section: str
    supplied: bool
    paragraph: int | None


class Reference(Frozen, frozen=True):
    """Everything is one line that is safe to show; what is not known is empty."""

    document: str
    kind: Kind = "page"
    online: bool = True
    authors: tuple[str, ...] = ()
    title: str = ""
    title_supplied: bool = False
    title_en: str = ""
    title_en_supplied: bool = False
    container: str = ""
    """The newspaper or the site that published it."""
    container_en: str = ""
    via: str = ""
    issued: Issued = Issued()
    url: str = ""
    archive: str = ""
    """The address of the copy in a public archive of the web."""
    archive_name: str = ""
    captured: str = ""
    """When the copy was made, ISO 8601."""
    sha256: str = ""
    """Of the capture."""
    language: str = ""
    """BCP 47; empty where it cannot be told."""
    address: str = ""
    locator: Locator | None = None

    @property
    def chinese(self) -> bool:
        return self.language.startswith("zh") or bool(HAN.search(self.title))

    @property
    def captured_on(self) -> date | None:
        """The day of the capture, where it is said."""
        try:
            return date.fromisoformat(self.captured[:10])
        except ValueError:
            return None


def reference(edition: Edition, address: Address | None = None) -> Reference:
    """What can be said of a document, or of a passage of it. Raises LishuError where the address leads nowhere."""
    if address is not None:
        next(edition.resolve(address), None)
    source, came = edition.source, edition.provenance
    title, title_supplied = _said(source.title)
    title_en, title_en_supplied = _said(source.title_en)
    container, _ = _said(source.publisher)
    url, captured, tool = (came.url, came.captured, came.tool) if came is not None else ("", "", "")
    copy = _copy(_line(url), _line(captured), tool)
    form = came.format if came is not None else "html"
    online = form in WEB or bool(url)
    kind: Kind = "book" if form == "epub" else "file" if not online else "news" if _newspaper(container) else "page"
    return Reference(
        document=edition.id,
        kind=kind,
        online=online,
        authors=tuple(filter(None, (_line(author) for author in source.authors))),
        title=title,
        title_supplied=title_supplied,
        title_en=title_en,
        title_en_supplied=title_en_supplied,
        container=container,
        container_en=_said(source.publisher_en)[0],
        via=_said(source.via)[0],
        issued=_issued(source.date, source.year, bool(source.year_inferred_from)),
        url=copy.url,
        archive=copy.archive,
        archive_name=copy.name,
        captured=copy.captured,
        sha256=source.sha256,
        language=_language(edition),
        address=str(address) if address is not None and address.section is not None else "",
        locator=_locator(edition, address),
    )


def day_of_access(reference: Reference, today: date) -> date:
    """The day on which the page was seen where it is cited as being: when it was captured, for a copy of our own; today
    for one that stands in a public archive, and where it is not known."""
    if reference.url and not reference.archive and reference.captured_on is not None:
        return reference.captured_on
    return today


def _line(text: str) -> str:
    return " ".join(visible(text).split())


def _said(text: str) -> tuple[str, bool]:
    """The words without our brackets, and whether all of them are ours."""
    line = _line(text)
    whole = OURS.fullmatch(line)
    return (whole[1], True) if whole else (line, False)


def _newspaper(name: str) -> bool:
    return bool(NEWSPAPER.search(name))


def _issued(said: str, year: int | None, inferred: bool) -> Issued:
    words, ours = _said(said)
    if ours or inferred:
        return Issued(year=year, said="" if year is not None else words, inferred=True)
    match = ISO.match(words)
    if match is None:
        return Issued(year=year, said=words)
    when, month, day = (None if part is None else int(part) for part in match.groups())
    try:
        date(when or 1, month or 1, day or 1)
    except ValueError:  # the thirtieth of February: as it is said
        return Issued(year=year, said=words)
    return Issued(when, month, day)


class _Copy(NamedTuple):
    """The page, the copy of it in an archive of the web, the archive, and when the copy was made."""

    url: str
    archive: str
    name: str
    captured: str


def _copy(url: str, captured: str, tool: str) -> _Copy:
    """Where an archive has the copy: the address says it, or time and tool do."""
    spelt = ARCHIVED.match(url)
    if spelt is not None:
        try:
            time = datetime.strptime(spelt[2], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return _Copy(url, "", "", captured)
        host = spelt[1].lower()
        name = "Wayback Machine" if host == "web.archive.org" else visible(host)
        return _Copy(url[spelt.end() :], url, name, time.isoformat().replace("+00:00", "Z"))
    archive = _archive(url, captured) if tool.startswith("Wayback Machine") else ""
    return _Copy(url, archive, "Wayback Machine" if archive else "", captured)


def _archive(url: str, captured: str) -> str:
    """Where the Wayback Machine has the copy, as far as url and time say it."""
    try:
        time = datetime.fromisoformat(captured)
    except ValueError:
        return ""
    if not url.lower().startswith(("http://", "https://")):
        return ""
    if len(captured) <= 10:
        return f"{WAYBACK}{time:%Y%m%d}/{url}"
    return f"{WAYBACK}{time.astimezone(UTC) if time.tzinfo else time:%Y%m%d%H%M%S}/{url}"


def _language(edition: Edition) -> str:
    """The language that most of the text is in, told by its script; Latin letters alone do not tell it."""
    restored, simplified = (_beginning(edition, reading) for reading in ("restored", "simplified"))
    if len(KANA.findall(restored)) * 10 > len(restored):
        return "ja"
    if len(HANGUL.findall(restored)) * 3 > len(restored):
        return "ko"
    han = len(HAN.findall(restored))
    if han * 2 < len(LATIN.findall(restored)) or not han:
        return ""
    changed = sum(a != b for a, b in zip(restored, simplified, strict=False))
    return "zh-Hant" if changed > han * TRADITIONAL else "zh-Hans"


def _beginning(edition: Edition, reading: Literal["restored", "simplified"]) -> str:
    made = ""
    for paragraph in edition.readings.get(reading, edition.readings["restored"]):
        made += paragraph[: LOOKED_AT - len(made)]
        if len(made) >= LOOKED_AT:
            break
    return made


def _locator(edition: Edition, address: Address | None) -> Locator | None:
    if address is None or address.section is None:
        return None
    section = edition.section(address.section)
    label, _ = _said(section.short_label)
    return Locator(label, not section.has_heading, address.paragraph)
