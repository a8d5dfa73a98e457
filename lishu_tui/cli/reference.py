"""The table of commands in the README and the reference in docs/commands.md, made from the commands themselves."""

from __future__ import annotations

import click

from lishu_tui.cli.program import PROG, program


def _cell(text: str) -> str:
    """Text within a Markdown table."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _section(command: click.Command, context: click.Context) -> list[str]:
    """A command's usage, help and options."""
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    lines = [f"## `{usage}`", ""]
    for paragraph in (command.help or "").split("\n\n"):
        text = " ".join(paragraph.split())
        name, colon, example = text.partition("Example: ")
        lines += [f"Example: `{example}`" if colon and not name else _prose(text), ""]
    records = (p.get_help_record(context) for p in command.params)  # without --help, which all have
    rows = [record for record in records if record is not None and record[1]]
    if rows:
        lines += ["| option | what |", "|---|---|"]
        lines += [f"| `{_code(option)}` | {_cell(what)} |" for option, what in rows]
        lines.append("")
    if command.epilog:
        lines += [_prose(" ".join(command.epilog.split())), ""]
    return lines


def _prose(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*")


def _code(text: str) -> str:
    """Code within a Markdown table: a bar would end the cell."""
    return text.replace("|", "\\|")


def _commands() -> list[tuple[str, click.Command, click.Context]]:
    context = click.Context(program, info_name=PROG)
    commands: list[tuple[str, click.Command, click.Context]] = [(f"{PROG} [ADDRESS | FILE]", program, context)]
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command is not None
        _add(commands, name, command, context)
    return commands


def command_table() -> str:
    """All commands, a line each, as a table in Markdown."""
    lines = ["| command | what |", "|---|---|"]
    for title, command, _ in _commands():
        lines.append(f"| `{_code(title)}` | {_cell(command.get_short_help_str(200))} |")
    return "\n".join(lines) + "\n"


def reference() -> str:
    """All commands, their options and helps as Markdown, a section a command. The same on every machine: nothing of it
    depends on the terminal or the settings."""
    lines: list[str] = []
    for _, command, context in _commands():
        lines += _section(command, context)
    return "\n".join(lines).rstrip("\n") + "\n"


def _add(
    commands: list[tuple[str, click.Command, click.Context]], name: str, command: click.Command, parent: click.Context
) -> None:
    """The command, or the commands of which it is a group."""
    context = click.Context(command, info_name=name, parent=parent)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            _add(commands, inner, found, context)
        return
    pieces = [piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]"]
    commands.append((" ".join([context.command_path, *pieces]), command, context))
