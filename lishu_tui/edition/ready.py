"""The bundled document as it was when it was last found to be sound, for whoever only reads it.

Checking an edition, and the libraries that do it, take several times as long as all that a plain question needs. So
what the loader made of the folder is kept beside it, with a sum of every file that it was made of: while they are the
same, what is kept is what the loader would make. Where one is not, there is nothing ready, and the loader tells why.
"""

from __future__ import annotations

import json
import os
from types import SimpleNamespace
from typing import Any
from zlib import crc32

from lishu_tui.edition.places import BUNDLED, data_folder
from lishu_tui.edition.readable import Readable, Reading, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from lishu_tui.edition.model import Edition

FILE = "ready.json"
OF = ("capture.txt", "edition.toml", "emendations.toml", "english.txt", "names.toml", "restored.txt", "simplified.txt",
      "statistics.toml")  # fmt: skip
"""The files that the loader reads."""
READY: tuple[Reading, ...] = ("restored", "simplified", "english")
"""The readings that are; places of the capture take the apparatus, which is not."""


class Ready(Readable):
    """See `Readable`. Of the source it has what `written` names; there is no capture, and there are no emendations."""

    def __init__(self, kept: dict[str, Any], texts: Mapping[str, bytes]) -> None:
        self.id: str = kept["id"]
        self.source: Any = SimpleNamespace(**kept["source"])
        self.readings: Any = {name: tuple(texts[f"{name}.txt"].decode().split("\n")[:-1]) for name in READY}
        self.sections: Any = [SimpleNamespace(**section) for section in kept["sections"]]
        self.paragraphs: Any = [
            SimpleNamespace(index=index, section=s.id, number=index - s.first + (not s.has_heading))
            for s in self.sections
            for index in range(s.first, s.last)
        ]
        self.statistics: Any = [SimpleNamespace(**s | {"span": Span(*s["span"])}) for s in kept["statistics"]]
        self.statistics_complete: bool = kept["statistics_complete"]
        self.emendations: Any = ()


def ready() -> Ready | None:
    """The bundled document, None where it is not known to be what the loader would make."""
    folder = data_folder()
    if folder is None:
        return None
    try:
        files = {name: _read(os.path.join(folder, BUNDLED, name)) for name in (FILE, *OF)}
        kept = json.loads(files[FILE])
        if kept["of"] != {name: crc32(files[name]) for name in OF}:
            return None
        return Ready(kept, files)
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def written(edition: Edition, files: Mapping[str, bytes]) -> str:
    """What ready.json holds of the edition that was loaded of these files."""
    from msgspec import to_builtins

    source = edition.source
    kept = {
        "of": {name: crc32(files[name]) for name in OF},
        "id": edition.id,
        "source": {"title": source.title, "year": source.year, "publisher": source.publisher},
        "sections": to_builtins(edition.sections),
        "statistics": to_builtins(edition.statistics),
        "statistics_complete": edition.statistics_complete,
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n"
