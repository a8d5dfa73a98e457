"""Open the reader on the bundled edition with a payload put into every field that is shown.

python -m tests.walks.hostile_edition PAYLOAD        PAYLOAD with \\U escapes for what a command line cannot hold
"""

from __future__ import annotations

import os
import sys

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from typing import Any

from msgspec.structs import replace

from lishu_tui.edition import load_edition
from lishu_tui.tui.app import LishuApp

PAYLOAD = sys.argv[1].encode("ascii").decode("unicode_escape")


def put(text: str | None) -> str:
    return f"{(text or '')[:2]}{PAYLOAD}{(text or '')[2:]}"


def put_into(record: Any, *fields: str) -> Any:
    return replace(record, **{field: put(getattr(record, field)) for field in fields})


edition = load_edition()
source = put_into(
    edition.source, "title", "title_en", "date", "rights_en", "damage", "damage_en", "encoding", "sha256",
    "year_inferred_from",
)  # fmt: skip
comparisons = tuple(
    replace(
        put_into(c, "label", "label_en"),
        columns=tuple((put(a), put(b)) for a, b in c.columns),
        rows=tuple((put(a), put(b), cells) for a, b, cells in c.rows),
    )
    for c in edition.comparisons
)
hostile = replace(
    edition,
    readings={name: tuple(map(put, lines)) for name, lines in edition.readings.items()},
    source=replace(source, supplied=tuple(map(put, source.supplied))),
    sections=tuple(put_into(s, "label", "label_en") for s in edition.sections),
    statistics=tuple(put_into(s, "label", "label_en", "quote", "unit", "counted") for s in edition.statistics),
    comparisons=comparisons,
    names=tuple(put_into(n, "name", "english", "office", "office_en") for n in edition.names),
    emendations=(),
)
app = LishuApp(hostile, notices=(f"notice {PAYLOAD}",))
app.run()
print("parting", repr(app.fault), file=sys.stderr)
