"""What `verify` looks at. Each check goes over all of the edition and knows nothing of the one before it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from lishu_tui.cli import sums
from lishu_tui.edition import Address, Edition, LishuError, Span, load_edition
from lishu_tui.edition.records import EditionFile, EmendationsFile
from lishu_tui.edition.toml import from_toml
from lishu_tui.export.apparatus import rule_places
from lishu_tui.restore import records as r
from lishu_tui.restore.damage import Model, damage

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SHOWN = 12
"""Characters that are shown of what stands and of what was expected."""
PLACE = re.compile(r'"([a-z0-9-]+/[0-9]{1,6}:[0-9]{1,7}-[0-9]{1,7})"')


class Finding(NamedTuple):
    """Something that is not as it should be. `address` is the place in the text that it is about; the document where it
    is about no one place."""

    address: str
    file: str
    place: str
    wrong: str
    expected: str

    def __str__(self) -> str:
        return str(LishuError(f"{self.address}: {self.file}", self.place, self.wrong, self.expected))


class Check(NamedTuple):
    """`says` what was looked at, and how much of it."""

    name: str
    says: str
    found: tuple[Finding, ...]


class Report(NamedTuple):
    """`characters` are those of the capture, `unexplained` those that the damage run forward does not give. `found` is
    all that was found: first what is laid to a file that was changed, and of that first what is about one place."""

    document: str
    checks: tuple[Check, ...]
    found: tuple[Finding, ...]
    characters: int
    unexplained: int


def verify(folder: Traversable) -> Report:
    """Everything that can be checked of the edition in `folder`. Raises OSError where the folder cannot be read."""
    return _Verifier(folder).report()


class _Verifier:
    def __init__(self, folder: Traversable) -> None:
        self.name = f"data/{folder.name}"
        files = (file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
        self.files = {file.name: file.read_bytes() for file in files}
        stored = self.files.pop(sums.FILE, b"").decode(errors="replace")
        self.changed = tuple(sums.changed(self.files, stored))
        self.lines = {change.file: change.line for change in self.changed}
        self.record = self.known()
        self.document = self.record.id if self.record is not None else folder.name
        self.edition: Edition | None = None
        self.wrong: LishuError | None = None
        try:
            self.edition = load_edition(folder)
        except LishuError as error:
            self.wrong = error

    def report(self) -> Report:
        given, captured = self.damaged_again()
        checks = [self.capture_check(), self.loader_check()]
        if self.edition is not None:
            edition = self.edition
            checks += [self.replay_check(edition), self.simplified_check(edition), self.spans_check(edition)]
        checks += [self.forward_check(given, captured), self.files_check()]
        found = sorted((f for check in checks for f in check.found), key=self.weight)
        return Report(self.document, tuple(checks), tuple(found), len(captured), unexplained(given, captured))

    def weight(self, found: Finding) -> tuple[bool, bool]:
        return found.file.rpartition("/")[2] not in self.lines, found.address == self.document

    # ── where ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def known(self) -> EditionFile | None:
        """What edition.toml says, if it can be read."""
        try:
            return from_toml(self.files.get("edition.toml", b""), EditionFile, "")
        except LishuError:
            return None

    def paragraph(self, line: int) -> str:
        """The address of the paragraph that is line `line` of the text, from 1."""
        for section in self.record.section if self.record is not None else ():
            first, last = section.lines
            if first <= line <= last:
                return str(Address(self.document, section.id, line - first + (0 if section.heading else 1)))
        return self.document

    def address(self, file: str, line: int | None) -> str:
        """The address that line `line` of a file is about: its own paragraph, or the one that its entry names."""
        if line is None:
            return self.document
        if file in ("capture.txt", "restored.txt", "simplified.txt", "english.txt"):
            return self.paragraph(line)
        lines = self.files.get(file, b"").decode(errors="replace").split("\n")
        if not file.endswith(".toml") or line > len(lines):
            return self.document
        if file == "emendations.toml" and (number := re.match(r'([0-9]{1,6}) = "', lines[line - 1])):
            return self.paragraph(int(number[1]))
        first = max((n + 1 for n in range(line - 1) if not lines[n]), default=0)
        entry = "\n".join(lines[first : lines.index("", line - 1) if "" in lines[line - 1 :] else len(lines)])
        if place := PLACE.search(lines[line - 1]) or PLACE.search(entry):
            return f"{self.document}/{place[1]}"
        number = re.search(r"^line = ([0-9]{1,6})$", entry, re.MULTILINE)
        return self.paragraph(int(number[1])) if number else self.document

    def found(self, file: str, line: int | None, place: str, wrong: str, expected: str) -> Finding:
        return Finding(self.address(file, line), f"{self.name}/{file}", place, wrong, expected)

    # ── what ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def files_check(self) -> Check:
        found = [self.found(c.file, c.line, f"line {c.line}" if c.line else "", *c[2:]) for c in self.changed]
        return Check("files", f"{len(self.files)} files have the sha256 that {sums.FILE} has of them", tuple(found))

    def capture_check(self) -> Check:
        """The digest of the capture; that of its file among the sums is another."""
        data = self.files.get("capture.txt", b"")
        says, found = f"{len(data)} bytes have the sha256 that edition.toml has of them", []
        has = hashlib.sha256(data).hexdigest()
        if self.record is not None and has != self.record.source.sha256:
            found.append(self.found("capture.txt", None, "", f"has sha256 {has}", self.record.source.sha256))
        return Check("capture", says, tuple(found))

    def loader_check(self) -> Check:
        """The loader's own: the form of every file, and what the files say of each other."""
        says = "every file has its form, and what one says of another is so"
        if self.wrong is None:
            return Check("loading", says, ())
        file = self.wrong.file.rpartition("/")[2]
        numbered = re.match(r"line ([0-9]{1,6})\b", self.wrong.place)
        if numbered and file.endswith(".txt"):
            line: int | None = int(numbered[1])
        else:  # of the capture the damage run forward can say more
            line = None if file == "capture.txt" else self.lines.get(file)
        found = self.found(file, line, self.wrong.place, self.wrong.wrong, self.wrong.expected)
        return Check("loading", says, (found,))

    def replay_check(self, edition: Edition) -> Check:
        """The apparatus turns the capture into the restored reading and back, paragraph by paragraph."""
        file, found = "emendations.toml", []
        changes: list[list[r.Emendation]] = [[] for _ in edition.paragraphs]
        for e in edition.emendations:
            changes[e.span.paragraph].append(
                r.Emendation(e.start, e.end, e.span.start, e.span.end, e.stood, e.stands, e.kind, e.certainty)
            )
        places: list[dict[int, list[int]]] = [{} for _ in edition.paragraphs]
        for number, rule in enumerate(edition.rules):
            at = [*rule_places(edition, rule)] if rule.stood else []
            if len(at) != rule.count:
                found.append(self.found(file, None, f"rule {number + 1}", f"{rule.count} places", f"{len(at)}"))
            for span, captured in at:
                places[span.paragraph].setdefault(number, []).append(captured)
        for index, (mine, at_rules) in enumerate(zip(changes, places, strict=True)):
            mine.sort(key=lambda e: (e.start, e.restored_start))
            rules = [
                r.Rule(edition.rules[n].kind, edition.rules[n].stood, edition.rules[n].stands, "", tuple(at))
                for n, at in at_rules.items()
            ]
            capture, restored = edition.text(index, "capture"), edition.text(index)
            runs: tuple[tuple[str, Callable[[], str], str], ...] = (
                ("restored.txt", lambda c=capture, m=mine, s=rules: r.apply(c, m, s), restored),  # type: ignore[misc]
                ("capture.txt", lambda t=restored, m=mine, s=rules: r.unapply(t, m, s), capture),  # type: ignore[misc]
            )
            for name, run, stands in runs:
                try:
                    made = run()
                except LishuError as error:
                    found.append(self.found(name, index + 1, error.place, error.wrong, error.expected))
                    continue
                if made != stands:
                    found.append(self.differs(name, index + 1, made, stands, "as the apparatus makes it"))
        says = f"{len(changes)} paragraphs, {len(edition.emendations)} emendations: capture to restored, and back"
        return Check("replay", says, tuple(found))

    def simplified_check(self, edition: Edition) -> Check:
        """Each character of the simplified reading is a form of the restored one's."""
        from lishu_tui.restore.language import scripts

        plain, found, count = scripts().simplified, [], 0
        for index in range(len(edition.paragraphs)):
            for at, (a, b) in enumerate(zip(edition.text(index), edition.text(index, "simplified"), strict=True)):
                count += 1
                if plain.get(a, a) != plain.get(b, b):
                    address = str(edition.address(Span(index, at, at + 1)))
                    file, place = f"{self.name}/simplified.txt", f"line {index + 1}, character {at}"
                    found.append(Finding(address, file, place, repr(b), f"{plain.get(a, a)!r}, for {a!r}"))
        return Check("simplified", f"{count} characters are forms of those of the restored reading", tuple(found))

    def spans_check(self, edition: Edition) -> Check:
        """Where a figure, a name or a quotation is said to stand, it stands."""
        found = []
        said: list[tuple[str, str, Span, tuple[str, ...]]]
        said = [("statistics.toml", s.id, s.span, (s.quote,)) for s in edition.statistics]
        for name in edition.names:
            said += [("names.toml", name.id, span, (name.name, *name.aliases)) for span in name.places]
            said += [("names.toml", name.id, q.span, (q.quote,)) for q in name.said]
        for file, who, span, words in said:
            if edition.quote(span) not in words:
                address = str(edition.address(span))
                wrong, expected = f"{edition.quote(span)!r} stands there", " or ".join(map(repr, words))
                found.append(Finding(address, f"{self.name}/{file}", repr(who), wrong, expected))
        figures, named = len(edition.statistics), len(said) - len(edition.statistics)
        says = f"{figures} figures, {named} places of names and quotations stand where they are said to"
        return Check("spans", says, tuple(found))

    def damaged_again(self) -> tuple[str, str]:
        """What the damage run forward over the restored reading gives, and the capture, as far as they can be read."""
        if self.edition is not None:
            stored = self.edition.damage
            model = Model((), "", "") if stored is None else Model(stored.glosses, stored.cuts, stored.folds)
        else:
            model = self.model()
        restored = self.files.get("restored.txt", b"").decode(errors="replace").removesuffix("\n")
        return damage(restored, model), self.files.get("capture.txt", b"").decode(errors="replace")

    def model(self) -> Model:
        """The model as its file has it, where the edition as a whole cannot be loaded."""
        try:
            record = from_toml(self.files.get("emendations.toml", b""), EmendationsFile, "").damage
        except LishuError:
            record = None
        if record is None:
            return Model((), "", "")
        return Model(tuple((g[:1], g[1:]) for g in record.glosses.split()), record.cuts, record.folds)

    def forward_check(self, given: str, captured: str) -> Check:
        """The damage run forward over the whole restored reading gives the capture, to the character. What does not
        come out is laid to the file that is not as it was."""
        says = "run forward over the restored reading, the damage gives the capture"
        found = []
        files = ("capture.txt", "restored.txt", "emendations.toml")
        blamed = next((file for file in files if file in self.lines), "restored.txt")
        for line, (a, b) in enumerate(zip_longest(given.split("\n"), captured.split("\n"), fillvalue=""), 1):
            if a == b:
                continue
            if blamed == "capture.txt":
                found.append(self.differs(blamed, line, a, b, "as the damage run forward gives it"))
            else:
                at = _same(a, b)
                wrong = f"the damage run forward gives {a[at : at + SHOWN]!r}"
                expected = f"{b[at : at + SHOWN]!r}, as was captured"
                place = f"line {line}, character {at} of the capture"
                found.append(Finding(self.paragraph(line), f"{self.name}/{blamed}", place, wrong, expected))
        return Check("damage", says, tuple(found))

    def differs(self, file: str, line: int, made: str, stands: str, why: str) -> Finding:
        at = _same(made, stands)
        wrong, expected = repr(stands[at : at + SHOWN]), f"{made[at : at + SHOWN]!r}, {why}"
        return self.found(file, line, f"line {line}, character {at}", wrong, expected)


def _same(a: str, b: str) -> int:
    """How many characters two texts begin with alike."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def unexplained(given: str, captured: str) -> int:
    """How many characters of the capture are not among what the damage gives, in order."""
    if given == captured:
        return 0
    return sum(_missing(a, b) for a, b in _lines(given, captured))


def _lines(given: str, captured: str) -> Iterator[tuple[str, str]]:
    return zip_longest(given.splitlines(keepends=True), captured.splitlines(keepends=True), fillvalue="")


def _missing(a: str, b: str) -> int:
    if a == b:
        return 0
    same = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return len(b) - sum(block.size for block in same)
