"""How long something takes, as far as that can be told on a machine that others use as well."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def least(work: Callable[[], object], times: int = 5) -> float:
    """Seconds of the processor that the quickest of some runs takes. What others do, and what the tests before have
    left for the collector, only ever adds to it."""
    found = []
    for _ in range(times):
        gc.disable()
        try:
            start = time.process_time()
            work()
            found.append(time.process_time() - start)
        finally:
            gc.enable()
    return min(found)
