"""`completion` and `config`: what a well-mannered program says about itself."""

from __future__ import annotations

import click

from lishu_tui.cli import output
from lishu_tui.cli.program import PROG, Command, Group, program

SHELLS = ("bash", "zsh", "fish")


@click.command(cls=Command)
@click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the completion script for a shell.

    SHELL is bash, zsh or fish; have it read by the shell when that starts.

    Example: eval "$(lishu-tui completion bash)"
    """
    from click.shell_completion import ShellComplete, get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    script = ShellComplete.source(kind(program, {}, PROG, "_LISHU_TUI_COMPLETE"))  # kind's own would start a shell
    output.write(script.strip("\n") + "\n")


@click.group(cls=Group)
def config() -> None:
    """Say where the settings are.

    Example: lishu-tui config path
    """


@config.command("path")
def path() -> None:
    """Print the path of the settings file, whether or not it exists.

    Example: lishu-tui config path
    """
    from lishu_tui.settings import config_file

    output.write_lines([str(config_file())])
