"""The README says what is so: its made parts, its commands, its settings, its exit codes."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from lishu_tui.cli import program
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.edition import Address, load_edition
from lishu_tui.settings import load_config
from lishu_tui.tui.keys import remapped

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_made_parts_are_as_the_program_makes_them(reference: ModuleType) -> None:
    for file in reference.PARTS:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert reference.written(file, text) == text, "run python scripts/reference.py"


def test_a_drift_is_said_and_a_missing_place_too(reference: ModuleType) -> None:
    drifted = README.replace("Move down one line.", "Move down two lines.")
    assert drifted != README
    assert reference.written("README.md", drifted) == README
    with pytest.raises(ValueError, match=r"made: keys .* stands 0 times"):
        reference.written("README.md", README.replace("<!-- made: keys -->", ""))


def test_the_reference_does_not_depend_on_the_machine() -> None:
    code = "from lishu_tui.cli.reference import reference; import sys; sys.stdout.buffer.write(reference().encode())"
    made = {
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, check=True).stdout
        for env in ({"COLUMNS": "40", "LC_ALL": "C"}, {"COLUMNS": "300", "LANG": "C.UTF-8", "HOME": "/elsewhere"})
    }
    assert len(made) == 1
    assert made.pop().decode().strip() in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_two_commands_do_all_the_set_up() -> None:
    """One line each, from nothing but a Python; `.ci/run` runs the second."""
    install, test = (block.strip() for block in blocks("sh")[:2])
    for line in (install, test):
        assert "\n" not in line
        assert line.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert install.endswith(" && .venv/bin/lishu-tui")
    assert test.endswith(" && .venv/bin/pytest -n 4")
    assert len(re.findall(r"^python3 -m venv \.venv && .*/pytest -n 4$", README, re.MULTILINE)) == 1


def test_the_commands_shown_work(capsys: pytest.CaptureFixture[str]) -> None:
    shown = [line for block in blocks("sh")[2:] for line in block.splitlines()]
    assert shown
    for line in shown:
        words = shlex.split(line.partition(" | ")[0], comments=True)
        assert words.pop(0) == "lishu-tui"
        assert program.run(words) == ExitCode.OK, line
        assert capsys.readouterr().out, line


def test_the_settings_shown_are_settings(tmp_path: Path) -> None:
    (text,) = blocks("toml")
    assert set(tomllib.loads(text)) == {"theme", "measure", "english", "reading", "keys"}
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    config = load_config(file)
    assert remapped(config, str(file))["open.statistics"] == ("s", "f12")


def test_every_exit_code_is_in_the_table() -> None:
    table = README.partition("### Exit codes")[2].partition("\n## ")[0]
    codes = {int(n) for cell in re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE) for n in cell.split(",")}
    assert codes == {*map(int, ExitCode), 129, 131, 143}


def test_the_addresses_shown_lead_somewhere() -> None:
    edition = load_edition()
    shown = set(re.findall(r"`(lishu(?:/[^`\s]*)?)`", README))
    assert len(shown) > 3
    for text in shown:
        assert list(edition.resolve(Address.parse(text))), text


def test_what_is_linked_is_there() -> None:
    linked = [target for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]
    assert len(linked) > 5
    assert [target for target in linked if not (ROOT / target).exists()] == []


def test_every_test_that_the_table_of_faults_names_is_there() -> None:
    named, file = [], ""
    for path, name in re.findall(r"`([\w/]*\.py)?::(\w+)`", (ROOT / "tests" / "README.md").read_text(encoding="utf-8")):
        file = path or file
        named.append((file, name))
    assert len(named) > 20
    for file, name in named:
        assert re.search(rf"^(?:async )?def {name}\(", (ROOT / "tests" / file).read_text("utf-8"), re.MULTILINE), name
