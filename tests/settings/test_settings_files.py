"""What a reader keeps on disk may be missing, damaged, newer or unwritable: one line each, and never a half state."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui import settings
from lishu_tui.edition import LishuError
from lishu_tui.settings import Config, Place, State, load_config, load_state, log_fault, save_state

FULL = State(
    measure=36,
    theme="paper",
    contents=False,
    searches=("梨樹", "zhanzheng"),
    places={"lishu": Place(paragraph=3, character=45, reading="simplified", english="beneath")},
)


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A home of the test's own."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "LISHU_TUI_CONFIG"):
        monkeypatch.delenv(name, raising=False)


def complaint(call: Callable[[], object], path: Path) -> str:
    """The one line that `call` gives about `path`."""
    with pytest.raises(LishuError) as caught:
        call()
    line = str(caught.value)
    assert line.startswith(f"{path}: ")
    assert "; expected " in line
    assert len(line.splitlines()) == 1
    return line


def said(call: Callable[[], object]) -> str:
    """What `call` complains of, nothing where it succeeds; any other error is the test's failure."""
    try:
        call()
    except LishuError as error:
        return str(error)
    return ""


# ── settings ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_a_file_the_settings_are_the_defaults(tmp_path: Path) -> None:
    assert load_config(tmp_path / "config.toml") == Config() == load_config()


def test_settings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        'theme = "ink"\nmeasure = 30\nenglish = "beside"\nreading = "capture"\n'
        '[keys]\n"search.open" = "ctrl+f"\n"app.quit" = ["q", "Q"]\n',
        encoding="utf-8",
    )
    keys = {"search.open": "ctrl+f", "app.quit": ["q", "Q"]}
    assert load_config(path) == Config(theme="ink", measure=30, english="beside", reading="capture", keys=keys)


@pytest.mark.parametrize(
    ("text", "wrong", "expected"),
    [
        ("measure = 9", "measure: is out of range", "int >= 10"),
        ("measure = 81", "measure: is out of range", "int <= 80"),
        ('measure = "wide"', "measure: is str", "int"),
        ("theme = 1", "theme: is int", "str"),
        ('english = "under"', "english: Invalid enum value 'under'", "one of beneath, beside, off"),
        ('reading = "english"', "reading: Invalid enum value 'english'", "one of capture, restored, simplified"),
        ("keys = 1", "keys: is int", "object"),
        ('[keys]\n"app.quit" = "q"\n"search.open" = 1', "keys.search.open: is int", "str"),
        ("colour = 1", "has an unknown key 'colour'", "a table with theme, measure, english, reading, keys"),
        ("measure", "end of document: is not TOML", "valid TOML"),
        ('a = "\x1b]0;x\x07"', "is not TOML", "valid TOML"),
        ("a = " + "[" * 100_000, "nests too deeply", "valid TOML"),
    ],
    ids=lambda text: text[:24],
)
def test_a_wrong_setting_is_told_in_one_line(tmp_path: Path, text: str, wrong: str, expected: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    line = complaint(lambda: load_config(path), path)
    assert wrong in line
    assert expected in line.partition("; expected ")[2]
    assert "\x1b" not in line


def test_settings_that_are_not_utf8_or_cannot_be_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'theme = "\xc0\xef"')
    assert "byte 9: is not UTF-8" in complaint(lambda: load_config(path), path)
    assert "cannot be read (Is a directory)" in complaint(lambda: load_config(tmp_path), tmp_path)
    beneath = path / "config.toml"
    assert "cannot be read (Not a directory)" in complaint(lambda: load_config(beneath), beneath)


@given(st.binary(max_size=60))
def test_any_bytes_are_settings_or_one_line(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "config.toml"
    path.write_bytes(data)
    assert len(said(lambda: load_config(path)).splitlines()) <= 1


# ── places on disk ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "place"), [("XDG_CONFIG_HOME", settings.config_file), ("XDG_STATE_HOME", settings.state_file)]
)
def test_an_absolute_xdg_folder_is_used_and_a_relative_one_ignored(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, place: Callable[[], Path]
) -> None:
    usual = place()
    assert usual.is_relative_to(tmp_path / "home")
    monkeypatch.setenv(name, str(tmp_path / "xdg"))
    assert place().parent == tmp_path / "xdg" / "lishu-tui"
    for relative in ("relative/folder", ".", ""):
        monkeypatch.setenv(name, relative)
        assert place() == usual
        assert os.environ[name] == relative


def test_without_home_the_places_are_still_absolute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    assert settings.config_file().is_absolute()
    assert settings.state_file().is_absolute()


def test_where_nothing_says_where_home_is_one_line_does(monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    def unknown(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    line = "XDG_STATE_HOME: no home folder is known; expected an absolute HOME or XDG_STATE_HOME"
    assert said(load_state) == said(lambda: save_state(FULL)) == line
    assert said(load_config) == line.replace("STATE", "CONFIG")
    assert log_fault(fault("x")) is None


def test_the_settings_file_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LISHU_TUI_CONFIG", str(tmp_path / "mine.toml"))
    assert settings.config_file() == tmp_path / "mine.toml"
    monkeypatch.setenv("LISHU_TUI_CONFIG", "")
    assert settings.config_file().name == "config.toml"


# ── the state ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_state_is_read_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "state.json"
    assert load_state(path) == State()
    save_state(FULL, path)
    assert load_state(path) == FULL
    save_state(FULL)
    assert load_state() == FULL
    assert [p.name for p in path.parent.iterdir()] == ["state.json"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b"\xff\xfe",
        b'{"places": 1}',
        b'{"places": {"lishu": {}}}',
        b'{"places": {"lishu": {"paragraph": -1, "character": 0}}}',
        b'{"places": {"lishu": {"paragraph": 0, "character": "x"}}}',
        b'{"places": {"lishu": {"paragraph": 0, "character": 0, "reading": "english"}}}',
        b'{"measure": 0}',
        b'{"measure": 1000000}',
        b'{"searches": "x"}',
        b'{"contents": 1}',
        b'{"version": null}',
        b'{"version": [1]}',
        b'{"version": "one"}',
        b'{"version": 1.5e300}',
        b'{"version": -1e999}',
        b"[" * 100_000,
        b'{"version": ' + b"[" * 100_000,
        b'{"\x1b]0;x\x07": 1',
    ],
    ids=lambda data: ascii(data[:24]),
)
def test_a_damaged_state_is_told_in_one_line_and_left_as_it_is(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(data)
    line = complaint(lambda: load_state(path), path)
    assert "is damaged" in line or "version: " in line
    assert not set("\x1b\x07") & set(line)
    assert path.read_bytes() == data


@given(st.binary(max_size=60))
def test_any_bytes_are_a_state_or_one_line(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "state.json"
    path.write_bytes(data)
    assert len(said(lambda: load_state(path)).splitlines()) <= 1


def test_the_state_of_a_newer_version_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text('{"version": 2, "measure": "something new"}', encoding="utf-8")
    assert "version: 2; expected 1: made by a newer lishu-tui" in complaint(lambda: load_state(path), path)


def test_a_place_that_cannot_be_written_is_told_with_the_code_for_it(tmp_path: Path) -> None:
    file = tmp_path / "a-file"
    file.write_text("x", encoding="utf-8")
    for path in (file / "state.json", file / "deeper" / "state.json"):
        with pytest.raises(LishuError) as caught:
            save_state(FULL, path)
        assert caught.value.exit_code == 74
        assert f"{path}: cannot be written (" in str(caught.value)
    assert file.read_text(encoding="utf-8") == "x"
    with pytest.raises(LishuError):
        save_state(FULL, tmp_path)  # a folder where the file should be
    assert [p.name for p in tmp_path.iterdir()] == ["a-file"]


@pytest.mark.parametrize(("room", "step"), [(Path, "write_bytes"), (os, "fsync"), (os, "replace")])
def test_a_save_that_fails_leaves_the_old_state_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, room: object, step: str
) -> None:
    path = tmp_path / "state.json"
    save_state(FULL, path)
    before = path.read_bytes()

    def fails(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(room, step, fails)
    with pytest.raises(LishuError, match="No space left on device") as caught:
        save_state(State(), path)
    assert caught.value.exit_code == 74
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["state.json"]


def test_half_a_character_in_a_search_does_not_cost_the_state(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    save_state(State(searches=("梨\ud83d樹", "\x1b[31m")), path)
    assert load_state(path).searches == ("梨\ufffd樹", "␛[31m")


# ── the log of our own faults ───────────────────────────────────────────────────────────────────────────────────────


def fault(words: str) -> Exception:
    secret = "".join(reversed("梨樹縣的秘密"))
    try:
        _ = {secret: 1}, int("") if len(secret) else 0
    except ValueError as error:
        try:
            raise RuntimeError(words) from error
        except RuntimeError as second:
            return second
    raise AssertionError


def test_a_fault_is_logged_with_its_calls_and_causes_but_no_values(monkeypatch: pytest.MonkeyPatch) -> None:
    path = log_fault(fault("first"))
    assert path == settings.state_file().parent / "faults.log"
    assert log_fault(fault("second")) == path
    text = path.read_text(encoding="utf-8")
    assert text.index("RuntimeError: first") < text.index("RuntimeError: second")
    assert text.count("ValueError: ") == 2
    assert "in fault" in text
    assert "密秘的縣樹梨" not in text


def test_what_a_fault_says_is_made_safe_before_it_is_logged() -> None:
    path = log_fault(fault("\x1b]52;c;x\x07 \u202e \ud83d\nsecond line"))
    assert path is not None
    text = path.read_bytes().decode()
    assert not set("\x1b\x07\u202e") & set(text)
    assert "␛]52;c;x␇ � �\nsecond line" in text


def test_without_a_place_for_the_log_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "a-file"))
    assert log_fault(fault("x")) is None
