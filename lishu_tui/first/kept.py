"""What of the settings and of the last session the first screen depends on. Whatever is unusual about either is for the
reader to deal with, and to tell of: here it only means that nothing is painted."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lishu_tui.edition.readable import Reading
    from lishu_tui.typeset.kinds import English

APP = "lishu-tui"
MEASURES = range(10, 81)
"""As settings.Measure has it."""
READINGS = ("restored", "simplified")
"""Those in which a place is the same as in the restored one."""
ENGLISH = ("off", "beneath", "beside")


class Unusual(Exception):
    """Not for us."""


class Kept:
    """How the reader will open."""

    def __init__(self) -> None:
        self.theme = "ink"
        self.measure = 40
        self.contents = True
        self.reading: Reading = "restored"
        self.english: English = "off"
        self.paragraph = self.character = 0


def folder(kind: str, home: str) -> str:
    """What `settings.folder` says, where that can be known without asking platformdirs: on Linux. Raises Unusual."""
    environment = os.environ
    if sys.platform != "linux" or environment.get("ANDROID_DATA"):
        import platformdirs

        found = str(getattr(platformdirs, f"user_{kind.lower()}_dir")(APP, appauthor=False))
    else:
        named = environment.get(f"XDG_{kind}_HOME", "").strip()
        found = os.path.join(named or os.path.join(environment.get("HOME", ""), home), APP)
    if not os.path.isabs(found):
        raise Unusual(kind)
    return found


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except OSError:
        raise Unusual(path) from None


def _one_of(value: object, among: object) -> bool:
    return isinstance(value, str) and value in among  # type: ignore[operator]


def _number(value: object) -> bool:
    return type(value) is int and value >= 0


def kept(document: str) -> Kept:
    """How `document` will open. Raises Unusual."""
    found = Kept()
    config = os.environ.get("LISHU_TUI_CONFIG") or os.path.join(folder("CONFIG", ".config"), "config.toml")
    data = _read(config)
    if data is not None:
        _take_config(data, found)
    data = _read(os.path.join(folder("STATE", ".local/state"), "state.json"))
    if data is not None:
        _take_state(data, document, found)
    return found


def _take_config(data: bytes, found: Kept) -> None:
    import tomllib

    try:
        config = tomllib.loads(data.decode())
    except (ValueError, RecursionError):
        raise Unusual("config") from None
    measure = config.pop("measure", found.measure)
    theme, reading, english = (config.pop(name, getattr(found, name)) for name in ("theme", "reading", "english"))
    if config or not isinstance(theme, str) or type(measure) is not int or measure not in MEASURES:
        raise Unusual("config")  # keys among them, which change what the line at the foot says
    _take_view(reading, english, found)
    found.theme, found.measure = theme, measure


def _take_view(reading: object, english: object, found: Kept) -> None:
    if not _one_of(reading, READINGS) or not _one_of(english, ENGLISH):
        raise Unusual("view")
    found.reading, found.english = reading, english  # type: ignore[assignment]


def _take_state(data: bytes, document: str, found: Kept) -> None:
    import json

    try:
        state = json.loads(data)
    except (ValueError, RecursionError):
        raise Unusual("state") from None
    if not isinstance(state, dict):
        raise Unusual("state")
    version, measure, theme = state.get("version", 1), state.get("measure"), state.get("theme")
    contents, places, searches = state.get("contents", True), state.get("places", {}), state.get("searches", [])
    if (
        version != 1
        or not (measure is None or (type(measure) is int and measure in MEASURES))
        or not (theme is None or isinstance(theme, str))
        or not isinstance(contents, bool)
        or not isinstance(searches, list)
        or not all(isinstance(query, str) for query in searches)
        or not isinstance(places, dict)
        or not all(map(_is_place, places.values()))
    ):
        raise Unusual("state")
    found.measure = measure or found.measure
    found.theme = theme or found.theme
    found.contents = contents
    place = places.get(document)
    if place is not None:
        found.paragraph, found.character = place["paragraph"], place["character"]
        _take_view(place.get("reading", "restored"), place.get("english", "off"), found)


def _is_place(place: object) -> bool:
    return (
        isinstance(place, dict)
        and _number(place.get("paragraph"))
        and _number(place.get("character"))
        and _one_of(place.get("reading", "restored"), (*READINGS, "capture"))
        and _one_of(place.get("english", "off"), ENGLISH)
    )
