"""Keys: how they are written, remapped by name in the settings, and printed. Knows no Textual."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from itertools import product

from lishu_tui.edition import LishuError
from lishu_tui.settings import Config
from lishu_tui.tui.commands import COMMANDS, EVERYWHERE, Command, command_named

_SHOWN = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home",
    "end": "End", "space": "Space", "enter": "Enter", "escape": "Esc", "tab": "Tab", "backspace": "Backspace",
    "delete": "Delete", "insert": "Insert",
}  # fmt: skip
_NAMED = frozenset(_SHOWN) | {f"f{n}" for n in range(1, 25)}


def shown(key: str) -> str:
    """A key as a person writes it: `ctrl+d` → Ctrl+d, `pagedown` → PgDn."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    last = _SHOWN.get(last, last.upper() if last in _NAMED else last)
    return "+".join([*(m.capitalize() for m in modifiers), last])


def is_key(key: str) -> bool:
    """Whether `key` names a key: one printable character, a name such as `pagedown` or `f3`, either with ctrl+, alt+ or
    shift+ before it."""
    if len(key) == 1:
        return key.isprintable() and not key.isspace()
    *modifiers, last = key.split("+")
    if not all(m in ("ctrl", "alt", "shift") for m in modifiers) or len(set(modifiers)) != len(modifiers):
        return False
    single = len(last) == 1 and bool(modifiers) and last.isprintable() and not last.isspace()
    return last in _NAMED or single or _is_character_name(last)


def _is_character_name(name: str) -> bool:
    """Whether `name` is that of a character in Unicode, written as Textual does: small, `_` for spaces and hyphens."""
    parts = name.split("_")
    if not (name.isascii() and name.islower() and len(parts) <= 8):
        return False
    for joints in product(" -", repeat=len(parts) - 1):
        with suppress(KeyError):
            unicodedata.lookup("".join(map("".join, zip(parts, (*joints, ""), strict=True))))
            return True
    return False


def remapped(config: Config, file: str) -> dict[str, tuple[str, ...]]:
    """Each command's keys with the settings applied. Raises LishuError for an unknown name, a bad key or a clash."""
    keys = {command.name: command.keys + command.aliases for command in COMMANDS}
    for name, given in config.keys.items():
        if command_named(name) is None:
            raise LishuError(file, "keys", f"no command {name!r}", "a name that --print-keys lists")
        wanted = [k.strip() for k in given.split(",")] if isinstance(given, str) else given
        for key in wanted:
            if not is_key(key):
                raise LishuError(
                    file, f"keys.{name}", f"no key {key!r}", "a character, or a name like ctrl+d, f3, pagedown"
                )
        keys[name] = tuple(wanted)
    for n, a in enumerate(COMMANDS):
        for b in COMMANDS[n + 1 :]:
            both = set(keys[a.name]) & set(keys[b.name])
            if both and set(a.where) & set(b.where):
                # Name the one that the settings set: the other may have its keys from us.
                mine, other = (b, a) if b.name in config.keys else (a, b)
                wrong = f"{shown(min(both))} is also the key of {other.name}"
                raise LishuError(file, f"keys.{mine.name}", wrong, "a key of its own")
    return keys


def rows(keys: dict[str, tuple[str, ...]] | None = None) -> list[tuple[type[Command], str]]:
    """Every command with its keys as shown (aliases that an input method sends left out)."""
    found = []
    for command in COMMANDS:
        mine = command.keys if keys is None else tuple(k for k in keys[command.name] if k not in command.aliases)
        found.append((command, "  ".join(shown(k) for k in mine)))
    return found


def print_keys(keys: dict[str, tuple[str, ...]] | None = None) -> str:
    """All commands as lines of NAME, KEYS and help, parted by tabs; what `--print-keys` prints."""
    return "".join(f"{command.name}\t{text}\t{command.help()}\n" for command, text in rows(keys))


def markdown_table() -> str:
    """The key table of the README."""
    lines = ["| keys | what | where | name |", "|---|---|---|---|"]
    for command, text in rows():
        keys = " ".join(f"`{key}`" for key in text.split("  "))
        where = {"reader": "text", "table": "tables", "library": "library", "results": "library search"}
        where |= {"citing": "styles of citation", "selecting": "selecting", "marks": "marks", "exporting": "export"}
        places = "everywhere" if set(command.where) >= set(EVERYWHERE) else ", ".join(where[w] for w in command.where)
        lines.append(f"| {keys} | {command.help()} | {places} | `{command.name}` |")
    return "\n".join(lines) + "\n"
