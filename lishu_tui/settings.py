"""What a reader keeps on disk: settings, the place last read, and a log of our own faults.

Each is optional: a missing, damaged, newer or unwritable one costs a notice, never the session.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from lishu_tui.edition import LishuError, visible
from lishu_tui.edition.beside import beside
from lishu_tui.edition.toml import from_toml

APP = "lishu-tui"
STATE_VERSION = 1
Measure = Annotated[int, msgspec.Meta(ge=10, le=80)]
Natural = Annotated[int, msgspec.Meta(ge=0)]


def folder(kind: Literal["config", "state", "data"]) -> Path:
    """The folder that platformdirs names. A relative XDG path is ignored, as the XDG specification asks (not every
    platformdirs does). Raises LishuError where nothing says where home is."""
    import platformdirs

    name = f"XDG_{kind.upper()}_HOME"
    value = os.environ.get(name)
    relative = value is not None and not os.path.isabs(value)
    if relative:
        del os.environ[name]
    try:
        find = {
            "config": platformdirs.user_config_path,
            "state": platformdirs.user_state_path,
            "data": platformdirs.user_data_path,
        }
        path = find[kind](APP, appauthor=False)
    except RuntimeError:
        path = Path()
    finally:
        if relative and value is not None:
            os.environ[name] = value
    if not path.is_absolute():
        raise LishuError(name, "", "no home folder is known", f"an absolute HOME or {name}", exit_code=74)
    return path


def config_file() -> Path:
    """Where the settings are: `LISHU_TUI_CONFIG`, or `config.toml` in the settings folder of this system."""
    named = os.environ.get("LISHU_TUI_CONFIG")
    return Path(named) if named else folder("config") / "config.toml"


def library_file() -> Path:
    """Where the library is: `LISHU_TUI_LIBRARY`, or `library.db` in the data folder. Raises LishuError where nothing
    says where home is."""
    named = os.environ.get("LISHU_TUI_LIBRARY")
    return Path(named) if named else folder("data") / "library.db"


def state_file() -> Path:
    return folder("state") / "state.json"


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What config.toml may hold. `keys` maps a command's name to the keys that replace its own."""

    theme: str | None = None
    measure: Measure = 40
    english: Literal["off", "beneath", "beside"] = "off"
    reading: Literal["restored", "simplified", "capture"] = "restored"
    keys: dict[str, str | list[str]] = {}


def load_config(path: Path | None = None) -> Config:
    """The settings, the defaults where there is no file. Raises LishuError where the file is wrong."""
    path = path or config_file()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise LishuError(str(path), "", f"cannot be read ({error.strerror})", "a readable file") from None
    return from_toml(data, Config, str(path))


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a document was left: paragraph index and character of the restored reading at the top of the screen."""

    paragraph: Natural
    character: Natural
    reading: Literal["restored", "simplified", "capture"] = "restored"
    english: Literal["off", "beneath", "beside"] = "off"


class State(msgspec.Struct, frozen=True, kw_only=True):
    version: int = STATE_VERSION
    measure: Measure | None = None
    theme: str | None = None
    contents: bool = True
    searches: tuple[str, ...] = ()
    places: dict[str, Place] = {}


def load_state(path: Path | None = None) -> State:
    """The state, an empty one where there is none. Raises LishuError where it is damaged or from a newer version."""
    try:
        path = path or state_file()
        data = path.read_bytes()
        version = msgspec.json.decode(data, type=dict[str, msgspec.Raw]).get("version")
        if version is not None and int(msgspec.json.decode(version)) > STATE_VERSION:
            raise LishuError(
                str(path), "version", bytes(version).decode(), f"{STATE_VERSION}: made by a newer lishu-tui"
            )
        return msgspec.json.decode(data, type=State)
    except FileNotFoundError:
        return State()
    except OSError as error:
        raise LishuError(str(path), "", f"cannot be read ({error.strerror})", "a readable file") from None
    except (msgspec.MsgspecError, RecursionError, TypeError, ValueError, OverflowError) as error:
        raise LishuError(str(path), "", f"is damaged ({error})", "the state as lishu-tui writes it") from None


def save_state(state: State, path: Path | None = None) -> None:
    """Write the state beside and rename it. Raises LishuError (exit code 74) where it cannot be kept."""
    path = path or state_file()
    # What a person typed may hold half a character, which no file can.
    state = msgspec.structs.replace(state, searches=tuple(map(visible, state.searches)))
    data = msgspec.json.format(msgspec.json.encode(state)) + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        wrong = f"cannot be written ({error.strerror})"
        raise LishuError(str(path), "", wrong, "a folder that can be written", exit_code=74) from None
    beside(path, lambda temporary: Path(temporary).write_bytes(data))


def log_fault(error: BaseException) -> Path | None:
    """Append a fault of ours to the log: the calls that led to it and what the error says, made safe to show, without
    the values of variables. None where there is no place for it."""
    import traceback
    from datetime import datetime

    try:
        path = folder("state") / "faults.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = "".join(traceback.format_exception(error)).split("\n")
        stamp = datetime.now().astimezone().isoformat(timespec="seconds")
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write("\n".join([f"{stamp} {sys.version.split()[0]}", *map(visible, lines), ""]))
    except (OSError, LishuError):
        return None
    return path


def fault(error: BaseException) -> str:
    """What is said of a fault of ours, in one line, once it is in the log: not what it says itself, for that may quote
    the text."""
    path = log_fault(error)
    where = "no log could be written" if path is None else f"the particulars are in {path}"
    return f"a fault of lishu-tui: {type(error).__name__}; {where}"
