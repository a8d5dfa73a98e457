"""What the formats say in the same words: of an emendation, of a figure, of where the text comes from."""

from __future__ import annotations

from collections.abc import Iterator

from lishu_tui.edition import Edition, Statistic
from lishu_tui.edition.model import Emendation
from lishu_tui.export.apparatus import CERTAINTY_SIGNS
from lishu_tui.export.documents.work import Work, program
from lishu_tui.export.figures import amount, chinese

NOTHING = "(nothing)"


def lemma(emendation: Emendation) -> str:
    """What stands, a bracket, what stood."""
    return f"{emendation.stands or NOTHING} ] {emendation.stood or NOTHING}"


def certainty(e: Emendation) -> str:
    """How sure it is, with its sign, the number of those it was chosen among and the one that came next."""
    sure = f"{CERTAINTY_SIGNS[e.certainty]} {e.certainty}"
    if e.candidates > 1:
        sure += f" among {e.candidates}"
        if e.runner_up is not None:
            sure += f", next {e.runner_up}" + (f" {e.margin:g} nats behind" if e.margin is not None else "")
    return sure


def evidence(e: Emendation) -> str:
    """Class, bytes and reason, and the doubt where there is one."""
    doubt = "" if e.consistent else "Damaged again, the line is not the captured one."
    return ". ".join(part.rstrip(".") for part in (e.kind, e.bytes or "", e.reason, doubt) if part) + "."


def figure(statistic: Statistic) -> tuple[str, str, str]:
    """The amount with the sign of its bound, what is counted in English, and in Chinese."""
    return amount(statistic), statistic.label_en, chinese(statistic)


def sources(work: Work) -> Iterator[tuple[str, str]]:
    """Where the text comes from, as (what, value): only what is known, and what we have supplied."""
    edition = work.edition
    source, came = edition.source, edition.provenance
    address = work.options.address
    yield "address", edition.id if address is None else str(address)
    for what, value in (
        ("title", source.title), ("title in English", source.title_en), ("authors", "、".join(source.authors)),
        ("place", source.place), ("date", source.date), ("year inferred from", source.year_inferred_from),
        ("publisher", source.publisher), ("publisher in English", source.publisher_en),
        ("by way of", source.via), ("url", came.url if came is not None else ""),
        ("captured", came.captured if came is not None else ""), ("captured by", came.tool if came is not None else ""),
        ("format", came.format if came is not None else ""),
        ("sha256 of the capture", source.sha256), ("bytes", str(source.bytes) if source.bytes else ""),
        ("encoding", source.encoding), ("damage", source.damage_en or source.damage),
        ("emendations", str(len(edition.emendations)) if edition.emendations else ""),
        ("rights", source.rights), ("rights in English", source.rights_en), ("translation", source.translation),
    ):  # fmt: skip
        if value:
            yield what, value
    for item in source.supplied:
        yield "supplied by the editors of this edition", item
    if came is not None:
        for dropped in came.dropped:
            yield (
                "not in the text",
                f"{dropped.what}: {dropped.characters} characters ({dropped.rule}): {dropped.sample}",
            )
        for remark in came.remarks:
            yield "remark", remark
    yield "made by", program()


def rules(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """The rules of the restoration as (change or words, class, reason with the number of places)."""
    for rule in edition.rules:
        change = f"{' '.join(rule.stands)} ] {' '.join(rule.stood)}" if rule.stood else rule.stands
        count = f" {rule.count} place{'' if rule.count == 1 else 's'}." if rule.stood else ""
        yield change, rule.kind, rule.reason + count
