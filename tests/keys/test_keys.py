"""Commands and their keys come from one place; a remapping that cannot be is told in one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.edition import LishuError
from lishu_tui.settings import Config
from lishu_tui.tui.commands import (
    COMMANDS,
    LIBRARY,
    READER,
    RESULTS,
    WHERE,
    Command,
    command_named,
    commands_for,
)
from lishu_tui.tui.keys import is_key, markdown_table, print_keys, remapped, rows, shown

DESIGNED = {  # the table of the design, for what there is so far
    "move.line-down": {"j", "down"},
    "move.line-up": {"k", "up"},
    "move.page-down": {"pagedown", "space"},
    "move.page-up": {"pageup", "b"},
    "move.half-down": {"ctrl+d"},
    "move.half-up": {"ctrl+u"},
    "move.top": {"home", "g"},
    "move.bottom": {"end", "G"},
    "move.previous-paragraph": {"{"},
    "move.next-paragraph": {"}"},
    "section.previous": {"["},
    "section.next": {"]"},
    **{f"section.{n}": {str(n)} for n in range(7)},
    "search.open": {"/"},
    "search.next": {"n"},
    "search.previous": {"N"},
    "search.clear": {"escape"},
    "search.occurrences": {"o"},
    "open.statistics": {"s"},
    "open.names": {"p"},
    "open.library": {"l"},
    "search.library": {"L"},
    "library.filter": {"/"},
    "library.import": {"i"},
    "library.remove": {"d", "delete"},
    "library.close": {"q"},
    "library.step-back": {"escape"},
    "view.reading": {"t"},
    "view.english": {"e"},
    "view.wider": {"+"},
    "view.narrower": {"-"},
    "move.back": {"ctrl+o"},
    "copy.selection": {"y"},
    "note.add": {"m"},
    "note.list": {"'"},
    "take.cite": {"c"},
    "take.export": {"x"},
    "app.help": {"?"},
    "app.palette": {"ctrl+p"},
    "app.suspend": {"ctrl+z"},
    "app.quit": {"q"},
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_a_command_has_a_name_a_title_keys_and_one_sentence_of_help(command: type[Command]) -> None:
    assert command.title
    assert command.group
    assert command.keys
    assert command.help().endswith(".")
    assert command.help() != Command.help()
    assert set(command.where) <= set(WHERE)
    assert command.where
    assert all(map(is_key, command.keys + command.aliases))
    assert command.action().isidentifier()


def test_names_are_unique_and_lead_to_their_command() -> None:
    assert len({c.name for c in COMMANDS}) == len({c.action() for c in COMMANDS}) == len(COMMANDS)
    assert all(command_named(c.name) is c for c in COMMANDS)
    assert command_named("no.such") is None


@pytest.mark.parametrize("name", DESIGNED)
def test_the_keys_are_those_of_the_design(name: str) -> None:
    command = command_named(name)
    assert command is not None
    assert set(command.keys) >= DESIGNED[name]


@pytest.mark.parametrize("where", WHERE)
def test_no_key_means_two_things_in_one_place(where: str) -> None:
    keys = [key for command in commands_for(where) for key in command.keys + command.aliases]
    assert sorted(keys) == sorted(set(keys))


def test_what_an_input_method_sends_does_what_the_key_does() -> None:
    aliases = {alias: c.name for c in commands_for(READER) for alias in c.aliases}
    assert aliases["fullwidth_solidus"] == aliases["ideographic_comma"] == "search.open"  # ／ 、
    assert aliases["fullwidth_question_mark"] == "app.help"  # ？
    assert aliases["left_black_lenticular_bracket"] == "section.previous"  # 【
    assert aliases["right_black_lenticular_bracket"] == "section.next"  # 】
    for where, name in [(LIBRARY, "library.filter"), (RESULTS, "results.query")]:
        aliases = {alias: c.name for c in commands_for(where) for alias in c.aliases}
        assert aliases["fullwidth_solidus"] == aliases["ideographic_comma"] == name
        assert aliases["fullwidth_question_mark"] == "app.help"


KEYS = """a G ? + , 【 梨 f1 f12 pagedown space escape ctrl+d ctrl+shift+a alt+up shift+f4 ctrl+f3 ideographic_comma
fullwidth_solidus question_mark ctrl+question_mark fullwidth_hyphen_minus hyphen_minus"""
NO_KEYS = """ab f0 f25 ctrl+ shift+ +a ctrl+ctrl+a meta+a Ctrl+d PageDown ctrl-d ctrl+ab no_such_character a_ _a
IDEOGRAPHIC_COMMA Ideographic_Comma ctrl+\x1b 0\ud800"""


@pytest.mark.parametrize("key", [*KEYS.split(), "_"])
def test_what_names_a_key(key: str) -> None:
    assert is_key(key)


@pytest.mark.parametrize(
    "key",
    [*NO_KEYS.split(), "", " ", "\t", "\x1b", "\x7f", "\u202e", "\ud83d", "ctrl+ ", "x" * 99_999, "_" * 99],
    ids=lambda key: ascii(key[:20]),
)
def test_what_names_none(key: str) -> None:
    assert not is_key(key)


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_is_typed_is_a_key_or_none_and_can_be_shown(text: str) -> None:
    if is_key(text):
        assert shown(text).isprintable()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("j", "j"),
        ("pagedown", "PgDn"),
        ("ctrl+d", "Ctrl+d"),
        ("f3", "F3"),
        ("+", "+"),
        ("up", "↑"),
        ("shift+f4", "Shift+F4"),
    ],
)
def test_a_key_is_shown_as_a_person_writes_it(key: str, text: str) -> None:
    assert shown(key) == text


def test_keys_stay_as_they_are_without_settings() -> None:
    assert remapped(Config(), "config.toml") == {c.name: c.keys + c.aliases for c in COMMANDS}


def test_a_command_takes_the_keys_of_the_settings_in_place_of_its_own() -> None:
    keys = remapped(Config(keys={"view.reading": "X, ctrl+x", "app.help": [",", "h"], "open.names": []}), "config.toml")
    assert keys["view.reading"] == ("X", "ctrl+x")
    assert keys["app.help"] == (",", "h")
    assert keys["open.names"] == ()
    assert keys["view.english"] == ("e", "f8")


def test_two_commands_may_change_keys_with_each_other() -> None:
    keys = remapped(Config(keys={"view.reading": "e", "view.english": "t"}), "config.toml")
    assert (keys["view.reading"], keys["view.english"]) == (("e",), ("t",))


def test_one_key_may_serve_the_text_and_the_tables() -> None:
    assert remapped(Config(keys={"table.sort": "t"}), "config.toml")["table.sort"] == ("t",)


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ({"view.raeding": "x"}, "c.toml: keys: no command 'view.raeding'; expected a name that --print-keys lists"),
        ({"\x1b]0;x\x07": "x"}, "c.toml: keys: no command '\\x1b]0;x\\x07'; expected a name that --print-keys lists"),
        (
            {"view.reading": "hyper+x"},
            "c.toml: keys.view.reading: no key 'hyper+x'; expected a character, or a name like ctrl+d, f3, pagedown",
        ),
        (
            {"view.reading": ["X", ""]},
            "c.toml: keys.view.reading: no key ''; expected a character, or a name like ctrl+d, f3, pagedown",
        ),
        # The line names what the settings say, whichever of the two commands comes first.
        (
            {"move.line-down": "s"},
            "c.toml: keys.move.line-down: s is also the key of open.statistics; expected a key of its own",
        ),
        ({"app.quit": "s"}, "c.toml: keys.app.quit: s is also the key of open.statistics; expected a key of its own"),
        (
            {"view.reading": "X", "view.english": "X"},
            "c.toml: keys.view.english: X is also the key of view.reading; expected a key of its own",
        ),
        (
            {"view.reading": "fullwidth_solidus"},
            "c.toml: keys.view.reading: fullwidth_solidus is also the key of search.open; expected a key of its own",
        ),
    ],
)  # fmt: skip
def test_a_remapping_that_cannot_be_is_told_in_one_line(keys: dict[str, str | list[str]], line: str) -> None:
    with pytest.raises(LishuError) as caught:
        remapped(Config(keys=keys), "c.toml")
    assert str(caught.value) == line


def test_print_keys_lists_every_command_with_its_keys_and_help() -> None:
    lines = [line.split("\t") for line in print_keys().splitlines()]
    assert [name for name, _, _ in lines] == [c.name for c in COMMANDS]
    assert all(text and about.endswith(".") for _, text, about in lines)
    changed = print_keys(remapped(Config(keys={"view.reading": "X"}), "c.toml"))
    assert f"view.reading\tX\t{command_named('view.reading').help()}\n" in changed  # type: ignore[union-attr]


def test_aliases_are_kept_but_not_shown() -> None:
    for command, text in rows(remapped(Config(), "c.toml")):
        assert text == "  ".join(map(shown, command.keys))


def test_the_readme_table_lists_every_command_on_a_row_of_its_own() -> None:
    head, line, *body = markdown_table().splitlines()
    assert head.count("|") == line.count("|") == 5
    assert len(body) == len(COMMANDS)
    for row, command in zip(body, COMMANDS, strict=True):
        assert row.startswith("| `")
        assert row.endswith(f"| `{command.name}` |")
        assert command.help() in row
        assert all(f"`{shown(key)}`" in row for key in command.keys)
        assert row.count("|") == 5
