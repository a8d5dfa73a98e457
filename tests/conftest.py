"""For all tests: no example has to be quick, for the machines are shared."""

from __future__ import annotations

try:
    from hypothesis import settings
except ImportError:  # the smoke tests, beside the installed wheel, do without
    pass
else:
    settings.register_profile("shared", deadline=None)
    settings.load_profile("shared")
