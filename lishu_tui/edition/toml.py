"""TOML made into a shape, or one line that says where it is wrong and what was expected. All our TOML is read here."""

from __future__ import annotations

import re
import tomllib
from typing import Any, TypeVar

import msgspec

from lishu_tui.edition.errors import LishuError

T = TypeVar("T")


def from_toml(data: bytes, shape: type[T], file: str) -> T:
    """The bytes of `file` as a `shape` (a msgspec Struct). Raises LishuError, naming `file` and the place in it."""
    try:
        document = tomllib.loads(data.decode())
    except UnicodeDecodeError as error:
        raise LishuError(file, f"byte {error.start}", "is not UTF-8", "UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        wrong, _, place = str(error).rpartition(" (at ")
        raise LishuError(file, place.removesuffix(")"), f"is not TOML: {wrong}", "valid TOML") from None
    except (RecursionError, ValueError):
        raise LishuError(file, "", "nests too deeply or has too long a number", "valid TOML") from None
    try:
        return msgspec.convert(document, shape)
    except msgspec.ValidationError as error:
        place, wrong, expected = _told(str(error), shape)
        raise LishuError(file, _with_key(document, shape, place), wrong, expected) from None


def _with_key(document: dict[str, Any], shape: type, place: str) -> str:
    """`place` with the key that msgspec leaves out, writing `keys[...]`, where a table may have any keys."""
    table, free, rest = place.partition("[...]")
    for key, value in document[table].items() if free else ():
        try:
            msgspec.convert({**document, table: {key: value}}, shape)
        except msgspec.ValidationError:
            return f"{table}.{key}{rest}"
    return place


def _told(message: str, shape: type) -> tuple[str, str, str]:
    """The place, what is wrong and what was expected, from what msgspec says."""
    wrong, _, at = message.partition(" - at ")
    place = at.strip("`").removeprefix("$").removeprefix(".")
    if found := re.fullmatch(r"Expected (.+?)(?:, got (.+))?", wrong.replace("`", "")):
        return place, f"is {found[2]}" if found[2] else "is out of range", found[1]
    if found := re.fullmatch(r"Object missing required field `(.+)`", wrong):
        return f"{place}.{found[1]}".removeprefix("."), "is missing", _expected(shape, f"{place}.{found[1]}")
    if found := re.fullmatch(r"Object contains unknown field `(.+)`", wrong):
        return place, f"has an unknown key {found[1]!r}", _expected(shape, place)
    return place, wrong, _expected(shape, place)


def _expected(shape: type, place: str) -> str:
    """What may stand at `place`: the keys of a table, the words of a choice, a kind of value."""
    import msgspec.inspect as i

    kind = _inner(i.type_info(shape))
    for name in re.findall(r"\w*[a-z_]\w*", place):
        fields = kind.fields if isinstance(kind, i.StructType) else ()
        kind = _inner(next((f.type for f in fields if f.encode_name == name), i.AnyType()))
    if isinstance(kind, i.StructType):
        return "a table with " + ", ".join(f.encode_name for f in kind.fields)
    if isinstance(kind, i.LiteralType):
        return "one of " + ", ".join(map(str, kind.values))
    return {i.StrType: "a string", i.IntType: "an integer"}.get(type(kind), "a value")


def _inner(kind: msgspec.inspect.Type) -> msgspec.inspect.Type:
    """A kind of value without what holds several of it or allows for none."""
    import msgspec.inspect as i

    while True:
        if isinstance(kind, (i.VarTupleType, i.ListType)):
            kind = kind.item_type
        elif isinstance(kind, i.DictType):
            kind = kind.value_type
        elif isinstance(kind, i.UnionType):
            kind = next(t for t in kind.types if not isinstance(t, i.NoneType))
        else:
            return kind
