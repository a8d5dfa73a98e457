"""Whether 他 or 她 can mean a person: by what the person is called, else by the last character of the name."""

from __future__ import annotations

import re
from functools import lru_cache

from lishu_tui.figures.folding import any_of, simple, words
from lishu_tui.figures.people import is_name


@lru_cache(maxsize=1)
def _told() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str], frozenset[str]]:
    man, woman = (re.compile(any_of(words("genders.txt", kind))) for kind in ("man", "woman"))
    his, hers = (frozenset("".join(words("genders.txt", kind))) for kind in ("his", "hers"))
    return man, woman, his, hers


@lru_cache(maxsize=4096)
def may_be(pronoun: str, name: str, role: str) -> bool:
    """Whether nothing says that a pronoun (他, 她 or any other) means somebody else than who is called so."""
    if pronoun not in ("他", "她"):
        return True
    man, woman, his, hers = _told()
    name, role = simple(name), simple(role)
    for words_of in (name[1:], role):
        a, b = man.search(words_of) is not None, woman.search(words_of) is not None
        if a != b:
            return a == (pronoun == "他")
    if not 2 <= len(name) <= 3 or not is_name(name):
        return True
    return name[-1] not in (hers if pronoun == "他" else his)
