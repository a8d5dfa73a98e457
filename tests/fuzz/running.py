"""How long a target is thrown things at: a slice that is always the same, or for so many minutes, always others.

    @fuzz(st.binary(), examples=100)
    def test_any_bytes(data: bytes) -> None: ...

`pytest tests/fuzz --fuzz-minutes 10` takes that long in all, parted among the targets that run. What it finds is told
as hypothesis tells it, and tried again first the next time; it becomes a case in the folder of its room before it is
mended.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

seconds = 0.0
"""How long each target has; 0 is the slice."""

CALM = settings(deadline=None, report_multiple_bugs=False, suppress_health_check=list(HealthCheck), print_blob=True)


def repeated(once: Callable[[settings, int | None], None], examples: int, **more: Any) -> None:
    """The slice, or over and over with other seeds until the time is up."""
    if not seconds:
        once(settings(CALM, max_examples=examples, derandomize=True, database=None, **more), None)
        return
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        once(settings(CALM, max_examples=examples, **more), random.getrandbits(64))


def fuzz(
    *strategies: st.SearchStrategy[Any], examples: int = 100
) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """A test of whatever these strategies give."""

    def made(test: Callable[..., None]) -> Callable[[], None]:
        def run() -> None:
            def once(how: settings, number: int | None) -> None:
                found = how(given(*strategies)(test))
                (found if number is None else seed(number)(found))()

            repeated(once, examples)

        run.__name__, run.__doc__, run.__module__ = test.__name__, test.__doc__, test.__module__
        return run

    return made


def walk(machine: type[RuleBasedStateMachine], *, examples: int, steps: int) -> None:
    """Let a machine go its way."""

    def once(how: settings, number: int | None) -> None:
        if number is not None:
            machine._hypothesis_internal_use_seed = number  # type: ignore[attr-defined]
        run_state_machine_as_test(machine, settings=how)  # type: ignore[no-untyped-call]

    # Not made smaller: with a reader to be opened for every try, that takes minutes.
    repeated(once, examples, stateful_step_count=steps, phases=(Phase.explicit, Phase.reuse, Phase.generate))
