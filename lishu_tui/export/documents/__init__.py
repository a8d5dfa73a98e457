"""A document taken away as plain text, Markdown, a page for the browser, TEI or JSON.

The same document with the same options gives the same bytes: nothing of the day, the machine or the person is in them.
Whatever stands in a text, a title or a name is text in all of them, never markup.
"""

from __future__ import annotations

from collections.abc import Iterator

from lishu_tui.edition import Edition
from lishu_tui.export.documents.options import ENDINGS, FORMATS, English, Form, Noted, Options

__all__ = ["ENDINGS", "FORMATS", "English", "Form", "Noted", "Options", "export", "suggested_name"]


def export(edition: Edition, form: Form, options: Options | None = None) -> Iterator[str]:
    """The file, piece by piece, to be written as UTF-8. Raises LishuError, at once, for an address that leads nowhere
    and for a reading that the document has not."""
    from lishu_tui.export.documents.work import Work

    work = Work(edition, form, options if options is not None else Options())
    if form == "txt":
        from lishu_tui.export.documents.plain import plain

        return plain(work)
    if form == "md":
        from lishu_tui.export.documents.markdown import markdown

        return markdown(work)
    if form == "html":
        from lishu_tui.export.documents.page import page

        return page(work)
    if form == "tei":
        from lishu_tui.export.documents.tei import tei

        return tei(work)
    from lishu_tui.export.documents.data import data

    return data(work)


def suggested_name(edition: Edition, form: Form) -> str:
    """A name for the file: the id of the document and what such files end in."""
    return edition.id + ENDINGS[form]
