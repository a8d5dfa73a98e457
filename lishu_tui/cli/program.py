"""The command line as one click program: its commands by name, each imported when it is called."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from lishu_tui.cli import output
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.cli.outcome import outcome

PROG = "lishu-tui"
LIBRARY = "LISHU_TUI_LIBRARY"

COMMANDS: dict[str, tuple[str, str]] = {
    "show": ("show", "Print the text."),
    "toc": ("about", "Print the contents."),
    "search": ("search", "Find words in all documents."),
    "kwic": ("search", "Print every hit of a search as a line of a concordance."),
    "stats": ("stats", "Print the figures that the text reports."),
    "names": ("about", "Print the people, places, bodies and media that the text names."),
    "quotes": ("quotes", "Print who says what: the words between the quotation marks, with the speaker."),
    "source": ("about", "Print where the text comes from, whose it is and what was emended."),
    "cite": ("cite", "Cite a document, or a passage of it."),
    "resolve": ("resolve", "Find again what was taken away: an address, or words."),
    "notes": ("notes", "List, add and remove notes; export and import them."),
    "export": ("export", "Write a document into a file to take away."),
    "apparatus": ("apparatus", "Print the critical apparatus: what was changed, why, and how sure that is."),
    "verify": ("verify", "Check that the stored text is what it says that it is."),
    "restore": ("restore", "Restore a damaged capture."),
    "import": ("importing", "Take captured pages into the library."),
    "list": ("library", "List the documents of the library."),
    "remove": ("library", "Take documents out of the library."),
    "check": ("library", "Check the library and all documents in it."),
    "export-library": ("library", "Write the whole library into one file, for moving house."),
    "import-library": ("library", "Take the documents of another library's file into this one."),
    "completion": ("manners", "Print the completion script for a shell."),
    "config": ("manners", "Say where the settings are."),
    "doctor": ("doctor", "Say what matters for a report of a fault."),
}
"""Command → module of this folder and one-line help, so that `--help` need not import them; a test compares."""


def _show_help(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        output.write(context.get_help() + "\n")
        context.exit()


def _help_option() -> click.Option:
    # click's own prints past our output, and so could not say in one line that the disk is full.
    return click.Option(
        ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help,
        help="Show this message and exit.",
    )  # fmt: skip


class Command(click.Command):
    """A command of ours: help is printed as all output is."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        if self._help_option is None:
            self._help_option = _help_option()
        return self._help_option


class Group(Command, click.Group):
    """A group of our commands; called by itself it says what is missing."""

    command_class = Command

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings.setdefault("no_args_is_help", False)
        super().__init__(*args, **settings)


class Interrupted(Exception):
    """Ctrl+C while a command ran."""


class Program(Group):
    """Commands by name from `COMMANDS`; a first word that names none is an address or a file, for the reader."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"lishu_tui.cli.{COMMANDS[cmd_name][0]}")
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(module, name, None) or getattr(module, f"{name}_")  # import_, list_
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in COMMANDS or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from lishu_tui.cli.read import read

        return "read", read, args

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Commands and, as the reader's, addresses and files."""
        found = super().shell_complete(ctx, incomplete)
        if not incomplete:
            return found
        from lishu_tui.cli.files import complete_files
        from lishu_tui.cli.types import ADDRESS

        argument = click.Argument(["address"])
        return [*found, *ADDRESS.shell_complete(ctx, argument, incomplete), *complete_files(ctx, argument, incomplete)]

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:  # of which click would make two lines
            raise Interrupted from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def version() -> str:
    """The version that is installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed(PROG)
    except PackageNotFoundError:  # run from a checkout by its path
        return "(not installed)"


def _use_library(context: click.Context, _: click.Parameter, path: str | None) -> None:
    """For as long as the program runs the environment names it, for whoever asks where the library is."""
    if path is None or context.resilient_parsing:
        return
    before = os.environ.get(LIBRARY)

    def back() -> None:
        if before is None:
            del os.environ[LIBRARY]
        else:
            os.environ[LIBRARY] = before

    context.call_on_close(back)
    os.environ[LIBRARY] = path


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        output.write(f"{PROG} {version()}\n")
        context.exit()


def _print_keys(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from lishu_tui.tui.keys import print_keys

        output.write_rows(line.split("\t") for line in print_keys().rstrip("\n").split("\n"))
        context.exit()


@click.command(
    cls=Program,
    invoke_without_command=True,
    subcommand_metavar="[ADDRESS | FILE | COMMAND [ARGUMENTS]]",
    epilog="Exit status: 0 all is well, 1 nothing was found or a check failed, 2 the command line or the data is "
    "wrong, 70 a fault of lishu-tui, 74 reading or writing failed.",
)
@click.option(
    "--library", metavar="PATH", is_eager=True, expose_value=False, callback=_use_library,
    help="Use the library at PATH, not the one in the data folder (or in LISHU_TUI_LIBRARY).",
)  # fmt: skip
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version."
)
@click.option(
    "--print-keys", is_flag=True, is_eager=True, expose_value=False, callback=_print_keys,
    help="Print the reader's keys by name, as the settings file spells them.",
)  # fmt: skip
@click.pass_context
def program(context: click.Context) -> int:
    """Read archived pages in a terminal, or print what is asked of them.

    Without a command the reader opens, at ADDRESS, or where you left off, or on FILE, a captured page of your own,
    which is restored if it is damaged, and not stored (that is for import); where stdin or stdout is no terminal the
    text is printed instead. An ADDRESS is DOC, DOC/SECTION, DOC/SECTION/PARAGRAPH or DOC/SECTION/PARAGRAPH:START-END,
    characters counted in the restored reading; DOC is lishu, the bundled article, or a document of the library. A file
    with the name of a command or a document is opened as ./lishu.

    Example: lishu-tui lishu/party-leadership/3
    """
    if context.invoked_subcommand is None:
        from lishu_tui.cli.reader import open_reader

        return open_reader(None)
    return ExitCode.OK


def run(args: Sequence[str] | None = None) -> int:
    """Run one command line (that of the process where None); the exit code, see `outcome`."""
    return outcome(lambda: _run(args))


def _run(args: Sequence[str] | None) -> int:
    try:
        return int(program.main(args, prog_name=PROG, standalone_mode=False) or ExitCode.OK)
    except click.ClickException as error:
        output.complain(" ".join(error.format_message().split()))
        return error.exit_code
    except (Interrupted, click.Abort):
        raise KeyboardInterrupt from None
