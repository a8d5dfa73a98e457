"""A document to a file: the format, the readings, what goes along, how much of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lishu_tui.edition import Address, Edition, LishuError
from lishu_tui.export.documents import ENDINGS, FORMATS, Options, export, suggested_name
from lishu_tui.export.documents.options import Noted
from lishu_tui.tui import marking
from lishu_tui.tui.screens.exporting import FILE, Field, WritingScreen

READINGS = (("restored", "restored 復原"), ("simplified", "simplified 简体"), ("capture", "as captured 原件"))
ALL = ((), "all three, to switch")
ENGLISH = ((None, "to switch on"), ("off", "off"), ("beneath", "beneath"), ("beside", "beside"), ("only", "only"))
PARTS = {
    "apparatus": "what was changed from the capture, with the evidence",
    "statistics": "the figures as reported, each with its sentence",
    "names": "people, places, bodies and media",
    "notes": "your marks and notes on this document",
}
YES_NO = ((True, "yes"), (False, "no"))


class ExportScreen(WritingScreen):
    """`passage` is where one is: an address of a paragraph or, where `chosen`, of the selection."""

    def __init__(self, edition: Edition, passage: Address, *, chosen: bool) -> None:
        super().__init__()
        self.edition, self.passage, self.passage_chosen = edition, passage, chosen

    def what(self) -> str:
        return self.edition.source.title or self.edition.id

    @property
    def form(self) -> Any:
        return self.value("format")

    def fields(self) -> list[Field]:
        form = self.chosen.get("format", self.usual("format"))
        fields = [Field("format", "format", tuple((name, name) for name in FORMATS)), self.extent()]
        if form != "json":  # which has it all
            readings = tuple(one for one in READINGS if self.edition.has(one[0]))  # type: ignore[arg-type]
            values = (ALL, *readings) if form == "html" else readings
            fields.append(
                Field("readings", "reading", tuple(((v,) if isinstance(v, str) else v, t) for v, t in values))
            )
            if self.edition.has("english"):
                fields.append(Field("english", "English", ENGLISH if form == "html" else ENGLISH[1:]))
            fields += [Field(part, part, YES_NO) for part in PARTS if part != "notes"]
        return [*fields, Field("notes", "notes", YES_NO)]

    def extent(self) -> Field:
        """How much of it: the document, the section, the paragraph or the selection."""
        passage = self.passage
        section = Address(passage.document, passage.section)
        values: list[tuple[Address | None, str]] = [(None, "the document")]
        if len(self.edition.sections) > 1:
            values.append((section, "this section"))
        values.append((passage, "the selection" if passage.start is not None else "this paragraph"))
        return Field("extent", "how much", tuple(values))

    def usual(self, key: str) -> Any:
        form = self.chosen.get("format", "html")
        return {
            "format": "html",
            "extent": self.passage if self.passage_chosen and self.passage.start is not None else None,
            "readings": () if form == "html" else ("restored",),
            "english": None if form == "html" else "off",
            "notes": False,
        }.get(key, form == "html")

    def suggested(self) -> str:
        name, extent = suggested_name(self.edition, self.form), self.value("extent")
        if extent is None:
            return name
        part = "-".join(str(piece) for piece in extent[1:] if piece is not None)
        return f"{self.edition.id}-{part}{ENDINGS[self.form]}"

    def endings(self) -> dict[str, str]:
        return {str(form): ENDINGS[form] for form in FORMATS}

    def about(self, key: str) -> str:
        if key == "format":
            return f"{self.form}: {FORMATS[self.form]}."
        if key == "extent":
            return f"{self.value('extent') or self.edition.id}"
        if key == FILE:
            return "e changes the name; its end says the format."
        return f"{key}: {PARTS[key]}." if key in PARTS else ""

    def work(self) -> Callable[[], tuple[Iterable[str | bytes], str]]:
        form, edition, asked = self.form, self.edition, {key: self.value(key) for key in (*PARTS, "english")}
        readings, extent = self.value("readings") or (), self.value("extent")

        def make() -> tuple[Iterable[str | bytes], str]:
            notes, lost = notes_of(edition) if asked["notes"] else ((), 0)
            remark = f"{lost} note{'s' * (lost != 1)} left out: the text does not have their words any more" * bool(
                lost
            )
            options = Options(
                readings=readings,
                english=asked["english"],
                apparatus=bool(asked["apparatus"]),
                statistics=bool(asked["statistics"]),
                names=bool(asked["names"]),
                notes=notes,
                address=extent,
            )
            return export(edition, form, options), remark

        return make


def notes_of(edition: Edition) -> tuple[tuple[Noted, ...], int]:
    """The notes on a document, and how many of them have lost their place. Raises LishuError."""
    from lishu_tui.export.documents.noted import notes_on

    if not marking.there_are_any():
        return (), 0
    none: tuple[tuple[Noted, ...], int] = ((), 0)
    try:
        return marking.read(lambda notes: notes_on(notes.library, edition), none)
    except LishuError as error:
        raise LishuError("notes", "", f"cannot be read ({error})", "an export without them") from None
