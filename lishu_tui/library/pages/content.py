"""Which lines of a page are its text, and for all the others what they are."""

from __future__ import annotations

import re
from itertools import accumulate

from lishu_tui.library.pages import furniture
from lishu_tui.library.pages.walking import Box, Line, Walk

MARKS = re.compile(r"[，。！？；,!?;]|\.(?=\s|$)")
SENTENCE_END = re.compile("[。！？!?…；][”’」』）)】]*$|[.;][\"')]*$")
MOSTLY = {"comments": 0.8, "related links": 0.6, "hidden": 0.5, "references": 0.4, "footer": 0.4, "side bar": 0.4}
"""An element with so much of the prose of the page is not what its name says; 0.2 where the table has nothing."""
LINK_LEAST = 8
"""What a line that is a link speaks against its element at least."""
LOOK, END = 300, 12
"""How far into a line, and before its end, words are looked for."""
PROSE_LEAST = 30
"""How wide a line with marks must be to be prose: 15 characters of Chinese."""
PROSE_WITHOUT_MARKS = 90
LONG = 40
"""How wide a line without marks must be to speak for its element at all: some write verses, some no marks."""
PROSE_MOST = 800
MORE = 1.25
"""An element named as the text's that has so many times the prose of one in it is the text, links in it or no."""
RUN_SHARE = 0.6
"""An element with less than this share of what the best lines in a row have does not hold the text."""
BUTTON_LONG = 16
FIRST = 4
"""Among so many lines at the beginning a by-line may stand behind a caption."""
SHORT = 80
"""How wide a line may be to be a by-line or a note of the page."""
TEXT_LEAST = 60
"""A text that is less wide than this is not told from the page by its prose."""
CUT_SHARE = 0.5
"""Behind a heading such as 相关阅读 the text is over if less than this share of the prose stands there."""
COMMENTS_SHARE = 0.95
"""The same behind a heading such as 网友评论: there may be more of it than of the text."""
POINTS = re.compile(r"[\s·・•|｜]")
RUN = 3
"""So many lines of nothing but links in a row are a list of related pages."""


class Content:
    """The lines of the text, and for each line of the page that is not what it is and by which rule."""

    def __init__(self, walk: Walk) -> None:
        self.lines, self.boxes = walk.lines, walk.boxes
        self.dropped: dict[int, tuple[str, str]] = {}
        self.rule = ""
        self.remarks: list[str] = []
        self.values = [value(line) for line in self.lines]
        self._furniture(walk)
        self._replies()
        self._mass = [0, *accumulate(max(self._value(i), 0) for i in range(len(self.lines)))]
        self.box = self._choose()
        if self.box is None:
            self.text = [i for i in range(len(self.lines)) if i not in self.dropped]
            if not self.text:
                self.dropped = {i: why for i, why in self.dropped.items() if why[0] == "not shown"}
                self.text = [i for i in range(len(self.lines)) if i not in self.dropped]
            self.rule = "all text that is no furniture"
            self.remarks.append("No article could be told from the page: all its text that is no navigation is here.")
        else:
            self.text = [i for i in range(self.box.first, self.box.last) if i not in self.dropped]

    def finish(self, title: int | None) -> None:
        """Trims the text, given the line that is its title, and says of every other line what it is."""
        if self.box is not None:
            self._before(title)
            self._trim(title)
        if title is not None:
            self.dropped.pop(title, None)
        taken = set(self.text)
        first, last = (self.text[0], self.text[-1]) if self.text else (0, -1)
        for i in range(len(self.lines)):
            if i not in taken and i not in self.dropped and i != title:
                self.dropped[i] = self._beside(i, first, last)

    # --- marks ------------------------------------------------------------------------------------------------------

    def _furniture(self, walk: Walk) -> None:
        """Drops the lines of elements that are furniture and do not hold most of the prose."""
        prose = [0, *accumulate(max(v, 0) for v in self.values)]
        all_of_it = prose[-1]
        real = []
        for mark in walk.marks:
            share = (prose[mark.last] - prose[mark.first]) / all_of_it if all_of_it else 0.0
            real.append(mark.sure or share < MOSTLY.get(mark.what, 0.2))
        why: list[tuple[str, str] | None] = []
        for mark, is_real in zip(walk.marks, real, strict=True):
            above = why[mark.parent] if mark.parent >= 0 else None
            why.append(above or ((mark.what, mark.rule) if is_real else None))
        for i, line in enumerate(self.lines):
            if line.mark >= 0 and (reason := why[line.mark]) is not None:
                self.dropped[i] = reason

    def _replies(self) -> None:
        """Of the posts of a forum the first is the text."""
        end, found = 0, False
        for box in self.boxes:
            if not box.post or box.first < end:  # not a post, or one within a post
                continue
            end = box.last
            if found:
                for i in range(box.first, box.last):
                    self.dropped.setdefault(i, ("comments", "a later post"))
            found = found or any(i not in self.dropped for i in range(box.first, box.last))

    # --- the element that holds the text -----------------------------------------------------------------------------

    def _value(self, i: int) -> int:
        return -6 if i in self.dropped else self.values[i]

    def _choose(self) -> Box | None:
        sums = [0, *accumulate(self._value(i) for i in range(len(self.lines)))]
        best, most = None, 0.0
        for box in self.boxes:
            score = (sums[box.last] - sums[box.first]) * box.bonus
            if score > most or (best is not None and score == most and _within(box, best)):
                best, most = box, score
        if best is None or most < TEXT_LEAST:
            return self._by_name()
        # A short text with many links in it is more than the paragraph of it that has none.
        for box in self.boxes:
            if box.bonus >= furniture.STRONG_BONUS and _within(best, box) and sums[box.last] > sums[box.first] \
                    and self._prose(box) > self._prose(best) * MORE:  # fmt: skip
                best = box
        # A wrapper may count more by its name than the element in it that has all of the text.
        inside = True
        while inside:
            inside = False
            have = self._prose(best)
            for box in self.boxes:
                if _within(box, best) and box.last - box.first < best.last - best.first and self._prose(box) >= have:
                    best, inside = box, True
        run = self._best_run()
        has, could = sums[best.last] - sums[best.first], sums[run.last] - sums[run.first]
        if has < could * RUN_SHARE and not _within(run, best):
            self.rule = "the lines in a row with most prose and fewest links"
            return run
        self.rule = "most prose and fewest links"
        if best.bonus > 1 and best.words:
            self.rule += f", named {best.words.strip()}"
        return best

    def _best_run(self) -> Box:
        """The lines in a row, of whatever elements, that have most prose and fewest links: where a page is so marked up
        that no element holds the text and little else."""
        best = Box(0, 0, 1.0, "", False)
        most = total = first = 0
        for i in range(len(self.lines)):
            total += self._value(i)
            if total <= 0:
                total, first = 0, i + 1
            elif total > most:
                most, best.first, best.last = total, first, i + 1
        return best

    def _prose(self, box: Box) -> int:
        return self._mass[box.last] - self._mass[box.first]

    def _by_name(self) -> Box | None:
        """Where there is little prose: the element named as the one that holds the text, if it holds any."""
        named = [box for box in self.boxes if box.bonus >= furniture.SEMANTIC_BONUS
                 and any(i not in self.dropped and self.lines[i].links * 2 < len(self.lines[i].text)
                         for i in range(box.first, box.last))]  # fmt: skip
        if not named:
            return None
        best = max(named, key=lambda box: (box.bonus, box.first))
        self.rule = f"named {best.words or 'article'}"
        return best

    # --- its ends ---------------------------------------------------------------------------------------------------

    def _before(self, title: int | None) -> None:
        """Prose between the title and the element that holds the text belongs to it: a summary in front."""
        if title is None or not self.text or title >= self.text[0]:
            return
        above = [i for i in range(title + 1, self.text[0]) if i not in self.dropped]
        start = next((n for n, i in enumerate(above) if self.values[i] > 0 and not self._is_note(i)), len(above))
        # What stands behind prose and is not a link is a caption or a heading within it.
        self.text[:0] = [i for i in above[start:] if self.values[i] > -LINK_LEAST and not self._is_note(i)]

    def _trim(self, title: int | None) -> None:
        lines, text = self.lines, self.text
        if title is not None and title in text:
            at = text.index(title)
            for i in text[:at]:
                self.dropped[i] = ("navigation", "before the title")
            del text[: at + 1]
        self._cut()
        self._lists()
        self._front(title)
        for i in reversed(text):
            if (why := self._is_back(i)) is not None:
                self.dropped[i] = why
            elif self.values[i] > 0 or lines[i].kind != "text":
                break
        for i in list(text):
            line = lines[i].text
            if width(line) <= SHORT and furniture.EDITORS.search(line):
                self.dropped[i] = ("editors' note", "names the site's editors or the title elsewhere")
            elif len(line) <= BUTTON_LONG and (furniture.BUTTON.search(line) or furniture.SYMBOLS.search(line)):
                self.dropped[i] = ("tools", "a button")
        for i in text[:FIRST]:
            if furniture.BYLINE_ALONE.search(lines[i].text):
                self.dropped.setdefault(i, ("by-line", "says who reports"))
        self.text = [i for i in text if i not in self.dropped]

    def _cut(self) -> None:
        text = self.text
        have = [0, *accumulate(max(self.values[i], 0) for i in text)]
        for at, i in enumerate(text):
            line = self.lines[i]
            if not have[at] or len(line.text) > 30:
                continue
            left = (have[-1] - have[at]) / have[-1]
            words = POINTS.sub("", line.text)
            comments = furniture.COMMENTS.search(words) is not None and left < COMMENTS_SHARE
            if comments or (left < CUT_SHARE and furniture.CUT.search(words)):
                for after in text[at:]:
                    self.dropped[after] = ("comments" if comments else "related links", f"behind {line.text[:20]}")
                del text[at:]
                return

    def _lists(self) -> None:
        """Runs of lines that are nothing but links."""
        text, lines = self.text, self.lines
        if self.box is None or furniture.LINKS_ARE_TEXT.search(self.box.words):
            return
        # Of an element that a publisher names as the text's, a list with prose behind it is part of the text.
        named = self.box.bonus >= furniture.STRONG_BONUS
        last = max((n for n, i in enumerate(text) if self.values[i] > 0 and lines[i].kind == "text"), default=-1)
        keep: list[int] = []
        at = 0
        while at < len(text):
            end = at
            while end < len(text) and self.values[text[end]] < 0 and is_link(lines[text[end]]):
                end += 1
            if end - at >= RUN and not (named and at < last):
                for i in text[at:end]:
                    self.dropped[i] = ("related links", f"{RUN} or more links in a row")
            else:
                keep += text[at : max(end, at + 1)]
            at = max(end, at + 1)
        text[:] = keep

    def _front(self, title: int | None) -> None:
        """Drops by-lines before the first prose, also behind a caption, and the title where it stands once more."""
        again = "" if title is None else "".join(self.lines[title].text.split())
        for n, i in enumerate(self.text):
            line = self.lines[i]
            if self._is_front(i):
                self.dropped[i] = ("by-line", "between title and text")
            elif n < FIRST and "".join(line.text.split()) == again:
                self.dropped[i] = ("by-line", "the title once more")
            elif n >= FIRST or (self.values[i] >= PROSE_LEAST and line.kind != "heading"):
                break

    def _is_note(self, i: int) -> bool:
        text = self.lines[i].text[:LOOK]
        return bool(furniture.LEGAL.search(text) or (width(text) <= SHORT and furniture.BYLINE.search(text)))

    def _is_front(self, i: int) -> bool:
        line = self.lines[i]
        text = line.text[:LOOK]
        if line.kind == "row" and len(furniture.BYLINE.findall(text)) < 3:
            return False
        if furniture.NEUTRAL.search(text):
            return True
        if width(line.text) <= 2 * SHORT and (furniture.PLACE.search(text) or furniture.LEGAL.search(text)):
            return True
        if is_link(line) and self.values[i] < 0:
            return True
        if SENTENCE_END.search(text[-END:]) or width(text) > 2 * SHORT:
            return False
        said = len(furniture.BYLINE.findall(text))
        return said > 2 or (width(text) <= SHORT and bool(said or furniture.TAIL.search(text)))

    def _is_back(self, i: int) -> tuple[str, str] | None:
        line = self.lines[i]
        text = line.text[:LOOK]
        if line.kind == "row":
            return None
        if furniture.EDITORS.search(text) and width(text) <= 2 * SHORT:
            return "editors' note", "names the site's editors"
        if furniture.LEGAL.search(text):
            return "footer", "terms of the site"
        if furniture.NEUTRAL.search(text):
            return "tools", "no word in it"
        if is_link(line) and self.values[i] < 0:
            return "related links", "nothing but a link, at the end"
        if (
            width(text) <= 2 * SHORT
            and not (SENTENCE_END.search(text[-END:]) and self.values[i] > 0)
            and (furniture.TAIL.search(text) or furniture.CUT.search(text))
        ):
            return "tools", "words of the page, at the end"
        return None

    def _beside(self, i: int, first: int, last: int) -> tuple[str, str]:
        line = self.lines[i]
        if furniture.PLACE.search(line.text[:LOOK]):
            return "navigation", "says where the page is"
        if furniture.LEGAL.search(line.text[:LOOK]):
            return "footer", "terms of the site"
        if is_link(line):
            return "links", "outside the text"
        if i < first:
            return "before the text", "outside the element that holds the text"
        return ("after the text" if i > last else "within the text"), "outside the element that holds the text"


def _within(box: Box, other: Box) -> bool:
    return other.first <= box.first and box.last <= other.last


def width(text: str) -> int:
    """How wide a text is: a character beyond ASCII counts two."""
    return 2 * len(text) if not text.isascii() else len(text)


def is_link(line: Line) -> bool:
    return line.links * 2 > len("".join(line.text.split()))


def value(line: Line) -> int:
    """How much a line speaks for the element that it is in: prose for it, links and short pieces against it."""
    text = line.text[:LOOK]
    wide = width(line.text)
    if is_link(line):
        return -(LINK_LEAST + min(wide, 60) // 2)
    if line.kind == "row":
        return min(wide, 200) // 3
    if line.kind == "heading":
        return 2
    if furniture.LEGAL.search(text) or (
        wide <= SHORT and (furniture.TAIL.search(text) or furniture.PLACE.search(text))
    ):
        return -10
    marks = MARKS.search(line.text) is not None
    if wide >= PROSE_WITHOUT_MARKS or (marks and wide >= PROSE_LEAST):
        prose = min(wide, PROSE_MOST)
        return prose - 2 * min(line.links, prose // 2)
    if marks and wide >= PROSE_LEAST // 2 and SENTENCE_END.search(line.text[-END:]):
        return wide
    return wide // 3 if wide >= LONG else -3
