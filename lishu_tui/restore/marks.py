"""What marks of punctuation may stand beside each other, and which are still open: small costs, in nats."""

from __future__ import annotations

PAIRED = {"“": "”", "‘": "’", "《": "》", "（": "）", "【": "】", "「": "」", "『": "』", "〈": "〉", "(": ")"}
CLOSERS = {closer: opener for opener, closer in PAIRED.items()} | {")": "（"}
STOPS, OPENS = "，、。；：！？", "“‘《（〈【「『"
UNOPENED = 4.0  # a closing mark that nothing opened
REOPENED = 4.0  # a mark opened again
UNCLOSED = 6.0  # a mark left open at the end of the line
UNENDED = 4.0  # a line that ends in a comma or an opening mark
BARE = 1.5  # a line of sentences that ends without a mark
CLASH = 6.0  # a mark after a mark that does not go before it
SINGLE = 2.0  # half of a dash or of dots, each end


def follow(opened: str, character: str) -> tuple[str, float]:
    """The open marks after one more character, and what is wrong with it."""
    if character in PAIRED:
        opener = "（" if character == "(" else character
        return (opened, REOPENED) if opener in opened else (opened + opener, 0.0)
    if character in CLOSERS:
        opener = CLOSERS[character]
        if opened.endswith(opener):
            return opened[:-1], 0.0
        at = opened.rfind(opener)
        return (opened, UNOPENED) if at < 0 else (opened[:at], UNCLOSED * (len(opened) - 1 - at))
    return opened, 0.0


def clash(before: str, mark: str) -> float:
    """What is wrong with a mark after the character before it."""
    if mark in "》〉" and before in STOPS:
        return CLASH
    if (
        mark in STOPS
        and (before in STOPS or before in OPENS or before == "　")
        and not (before in "！？" and mark in "！？")
    ):
        return CLASH
    if mark == before and mark in "！？，":
        return CLASH / 2
    if mark == "?" and before in STOPS:
        return CLASH
    if mark == "　" and before not in ("", "　"):
        return CLASH
    for doubled in "—…":
        if (before == doubled) != (mark == doubled):
            return SINGLE
    if mark in "％℃·＋" and not before.isdigit():
        return CLASH
    return 0.0


def balance(opened: str, rest: str) -> float:
    """What is wrong with the marks from here to the end of the line."""
    wrong = 0.0
    for character in rest:
        opened, price = follow(opened, character)
        wrong += price
    return wrong + UNCLOSED * len(opened)
