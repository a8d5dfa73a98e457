"""What `verify` looks at in a document of the library, which has no files of its own."""

from __future__ import annotations

import hashlib

from lishu_tui.cli.checks import Check, Finding, Report, unexplained
from lishu_tui.edition import Edition
from lishu_tui.library.store.soundness import unsound
from lishu_tui.restore.damage import Model, damage


def verify_stored(edition: Edition) -> Report:
    """Everything that can be checked of a document by itself. That it is what was stored, the library has checked when
    it was read."""
    given, captured = _forward(edition)
    checks = (_capture(edition), _replay(edition), _damage(edition, given, captured))
    found = tuple(finding for check in checks for finding in check.found)
    return Report(edition.id, checks, found, len(captured), unexplained(given, captured))


def _capture(edition: Edition) -> Check:
    has, said = hashlib.sha256(edition.capture).hexdigest(), edition.source.sha256
    found = () if has == said else (_finding(edition, "capture", f"has sha256 {has}", said),)
    return Check("capture", f"{len(edition.capture)} bytes have the sha256 that was taken of them", found)


def _replay(edition: Edition) -> Check:
    fault = unsound(edition)
    found = (_finding(edition, "apparatus", fault, "what leads from the capture to the text"),) if fault else ()
    says = (
        f"{len(edition.paragraphs)} paragraphs, {len(edition.emendations)} emendations: capture to restored, and back"
    )
    return Check("replay", says, found)


def _forward(edition: Edition) -> tuple[str, str]:
    """What the damage run forward over the restored reading gives, and the capture reading."""
    stored = edition.damage
    model = Model((), "", "") if stored is None else Model(stored.glosses, stored.cuts, stored.folds)
    restored, captured = ("\n".join(edition.readings[name]) for name in ("restored", "capture"))
    return damage(restored, model) if stored is not None else restored, captured


def _damage(edition: Edition, given: str, captured: str) -> Check:
    says = "run forward over the restored reading, the damage gives the capture"
    if given == captured:
        return Check("damage", says, ())
    lines = zip(given.split("\n"), captured.split("\n"), strict=False)
    at = next((n for n, (a, b) in enumerate(lines) if a != b), 0)
    place = edition.paragraphs[min(at, len(edition.paragraphs) - 1)]
    where = f"{edition.id}/{place.section}/{place.number}"
    return Check("damage", says, (Finding(where, "capture", "", "is not what the damage gives", "the same line"),))


def _finding(edition: Edition, file: str, wrong: str, expected: str) -> Finding:
    return Finding(edition.id, file, "", wrong, expected)
