"""No text goes into a widget or a table as a plain str, which would be read as markup: it is made Content first."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TUI = Path(__file__).resolve().parents[2] / "lishu_tui" / "tui"
SINKS = {
    "Static",
    "Label",
    "Button",
    "Option",
    "Tab",
    "Collapsible",
    "Text",
    "add_row",
    "add_column",
    "update",
}
"""What reads a str as markup, and `Text`, which is to be made by `plain_text` only."""


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def is_bare(node: ast.expr) -> bool:
    """Whether an argument is a str as it stands: a literal with a letter in it, an f-string, a sum of such."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and any(c.isalnum() or c in "[]" for c in node.value)
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.BinOp) and (is_bare(node.left) or is_bare(node.right))
    )


def offences(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = name_of(node)
        if name in SINKS and node.args and is_bare(node.args[0]):
            found.append(f"line {node.lineno}: {name}")
        if name == "notify" and not any(k.arg == "markup" and ast.unparse(k.value) == "False" for k in node.keywords):
            found.append(f"line {node.lineno}: notify with markup")
    return found


@pytest.mark.parametrize("file", sorted(TUI.rglob("*.py")), ids=lambda path: path.relative_to(TUI).as_posix())
def test_no_bare_text_reaches_a_sink(file: Path) -> None:
    if file.name == "plain.py":  # the one way in
        return
    assert offences(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "Static('[b]x')",
        "Label(f'{x}')",
        "table.add_row('a' + x)",
        "self.notify(text)",
        "Static(f'{x}', id='a')",
        "Text('x')",
    ],
)
def test_the_check_sees_what_it_is_for(line: str) -> None:
    assert offences(line)
