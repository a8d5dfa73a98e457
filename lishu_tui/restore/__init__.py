"""A damaged capture made readable again, with the evidence for every change and the damage run forward as its test."""

from lishu_tui.restore.damage import Model, damage
from lishu_tui.restore.records import CLASSES, Emendation, Restoration, Rule, Uncured, apply, rows, unapply
from lishu_tui.restore.restorer import restore

__all__ = [
    "CLASSES",
    "Emendation",
    "Model",
    "Restoration",
    "Rule",
    "Uncured",
    "apply",
    "damage",
    "restore",
    "rows",
    "unapply",
]
