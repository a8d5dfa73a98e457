"""What is known of a document beside its page: from the file round it, or from the program that kept it."""

from __future__ import annotations

import msgspec

from lishu_tui.library.captured import About, Captured


def better(captured: Captured, about: About | None) -> Captured:
    """The document with what is known better put in, field by field."""
    return captured if about is None else msgspec.structs.replace(captured, about=_over(about, captured.about))


def otherwise(captured: Captured, about: About) -> Captured:
    """The document with what it does not say itself filled in."""
    return msgspec.structs.replace(captured, about=_over(captured.about, about))


def remarked(captured: Captured, *remarks: str) -> Captured:
    said = tuple(remark for remark in remarks if remark)
    return msgspec.structs.replace(captured, remarks=captured.remarks + said) if said else captured


def _over(first: About, second: About) -> About:
    """What the first says, and where it says nothing, the second."""
    return About(**{f: getattr(first, f) or getattr(second, f) for f in About.__struct_fields__})
