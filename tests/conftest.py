"""For all tests: no example has to be quick, for the machines are shared; programs that are started hear signals."""

from __future__ import annotations

import signal

try:
    from hypothesis import settings
except ImportError:  # the smoke tests, beside the installed wheel, do without
    pass
else:
    settings.register_profile("shared", deadline=None)
    settings.load_profile("shared")

for number in (signal.SIGINT, signal.SIGQUIT):
    # A shell that runs the tests in the background has both ignored, and whatever is started here would inherit that.
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
