"""Documents to export in tests: the bundled one, hostile ones, and any that hypothesis thinks of."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from lishu_tui.edition import Edition, Span, load_edition
from lishu_tui.export.documents import Form, Noted, Options, export
from tests.shelves import made

EDITION = load_edition()
EVERYTHING = Options(
    english="beneath",
    apparatus=True,
    statistics=True,
    names=True,
    notes=(Noted(Span(3, 0, 10), "疫情就是命令？", ("a", "標")), Noted(Span(28, 2, 6), "")),
)
HOSTILE = (
    "</p></script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- -- --><![CDATA[x]]>]]>&amp;&#60;",
    "[a](javascript:alert(1)) ![b](x) <javascript:alert(1)> [c]: javascript:x",
    "`code` **b** _i_ ~~s~~ # h | a | b |\\",
    '" \' onmouseover="x" &quot;',
    "\x1b]52;c;eA==\x07\x9b31m\x00\x08\u202e\u2066\ufeff\U000e0041",
    "\ud83d\ufffe\uffff\U0001ffff",
    "=cmd|' /C calc'!A0",
    "   - 1. x    ",
    "[/b][red][@click=app.quit()][",
)
ANY = st.text(st.characters(exclude_categories=()), max_size=30)
PIECES = st.lists(
    st.one_of(st.sampled_from(HOSTILE), ANY, st.sampled_from(["疫情防控", "500余人", "張三說：“好。”"])),
    min_size=1,
    max_size=4,
)
TEXTS = st.lists(PIECES.map("".join).filter(lambda text: text.strip()), min_size=1, max_size=4)


def hostile(payload: str) -> Edition:
    """The bundled edition with a payload wherever there is text on which no place depends, and at each paragraph's
    end."""
    edition = EDITION

    def put(text: str | None) -> str:
        return (text or "") + payload

    source = replace(
        edition.source,
        **{
            name: put(getattr(edition.source, name))
            for name in edition.source.__struct_fields__
            if isinstance(getattr(edition.source, name), str)
        },
        supplied=(payload,),
        authors=(payload, "金大慶"),
    )
    return replace(
        edition,
        source=source,
        readings={reading: tuple(map(put, texts)) for reading, texts in edition.readings.items()},
        sections=tuple(replace(s, label=put(s.label), label_en=put(s.label_en)) for s in edition.sections),
        statistics=tuple(
            replace(
                s,
                label=put(s.label),
                label_en=put(s.label_en),
                quote=put(s.quote),
                unit=put(s.unit),
                counted=put(s.counted),
            )
            for s in edition.statistics
        ),
        comparisons=tuple(
            replace(c, label=put(c.label), columns=tuple((put(a), put(b)) for a, b in c.columns))
            for c in edition.comparisons
        ),
        names=tuple(
            replace(n, name=put(n.name), english=put(n.english), office=put(n.office), aliases=(payload,))
            for n in edition.names
        ),
        emendations=tuple(
            replace(e, stood=put(e.stood), reason=put(e.reason), bytes=put(e.bytes), runner_up=put(e.runner_up))
            for e in edition.emendations
        ),
        rules=tuple(replace(r, reason=put(r.reason), kind=put(r.kind)) for r in edition.rules),
    )


def of(title: str, texts: list[str]) -> Edition:
    """A document as an import makes it."""
    return made(title or "無題", "2020-02-03", "四平日報", texts, url="https://example.org/a?b=1&c=2")


def written(form: Form, options: Options = EVERYTHING, edition: Edition = EDITION) -> str:
    if not edition.has("english") and options.english is not None:
        options = replace(options, english=None)
    return "".join(export(edition, form, options))
