"""What becomes of a command: its exit code, and one line on stderr where something is wrong."""

from __future__ import annotations

from collections.abc import Callable

from lishu_tui.cli import output
from lishu_tui.cli.exit_codes import ExitCode


def outcome(command: Callable[[], int]) -> int:
    """Run `command`; its exit code. Nothing is raised: an error is one line on stderr."""
    output.prepare()
    try:
        return command()
    except output.PipeClosed:
        return ExitCode.PIPE
    except KeyboardInterrupt:
        output.complain("interrupted")
        return ExitCode.INTERRUPT
    except OSError as error:
        where = f"{error.filename}: " if isinstance(error.filename, str) else ""
        output.complain(f"{where}{error.strerror or type(error).__name__}")
        return ExitCode.IO
    except Exception as error:
        from lishu_tui.edition import LishuError

        if isinstance(error, LishuError):
            output.complain(str(error))
            return error.exit_code
        output.complain(_fault(error))
        return ExitCode.FAULT


def _fault(error: Exception) -> str:
    try:
        from lishu_tui.settings import fault

        return fault(error)
    except Exception:  # what tells of faults has one itself
        return f"a fault of lishu-tui: {type(error).__name__}; no log could be written"
