"""Make the tables that search folds and reads by: data/tables/fold.txt and data/tables/pinyin.txt.

    python scripts/build_tables.py            write them
    python scripts/build_tables.py --check    say which differ from what this script would write; exit 1 if any does

fold.txt joins OpenCC's character dictionaries with Unicode's compatibility and case mappings; pinyin.txt is counted
from pypinyin's dictionaries. Both name the versions they were made with. data/tables/README.md says what the rules are.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "data" / "tables"

# Marks made alike; the first of each line is what they become. One class for every quotation mark, because 「」 and
# “”, 『』 and ‘’ are the same marks in two conventions and a capture may nest them either way. 、 stays apart from ，.
MARKS = (
    "\"'“”„‟‘’‚‛「」『』﹁﹂﹃﹄〝〞〟«»‹›′″`´",
    ",，﹐︐",
    "、﹑︑､",
    ".。．﹒︒｡",
    ":：﹕︓︰∶",
    ";；﹔︔",
    "?？﹖︖",
    "!！﹗︕",
    "-‐‑‒–—―─−﹘﹣－",
    "…⋯︙",
    "·•・･‧∙⋅●",
    "~～〜∼",
    "(（﹙︵⟮",
    ")）﹚︶⟯",
    "[［〔【〖〘〚﹝﹇︹︻︗",
    "]］〕】〗〙〛﹞﹈︺︼︘",
    "{｛﹛︷",
    "}｝﹜︸",
    "<〈《＜⟨⟪﹤︿︽",
    ">〉》＞⟩⟫﹥﹀︾",
    "〇○◯",
    " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000",
)

# Where Unicode's own mapping to one character is a matter of width, of presentation or of a duplicate code point.
COMPATIBLE = (
    range(0x2E80, 0x2FE0),  # radicals
    range(0xF900, 0xFB00),  # CJK compatibility ideographs
    range(0xFE10, 0xFE70),  # vertical and small forms
    range(0xFF01, 0xFFEF),  # full-width and half-width forms
    range(0x2F800, 0x2FA20),  # CJK compatibility ideographs, supplement
)
CASED = (range(0x41, 0x0590), range(0x1E00, 0x2000), range(0x2160, 0x2180), range(0xFF21, 0xFF5B))

# OpenCC lists these traditional forms for the sake of a few words (里 for 哩 “mile”, 坐位 for 座位 …). Both are
# everyday characters with meanings of their own in both scripts: making them alike would light the wrong words.
KEPT_APART = {"里哩", "呆待", "坯坏", "周賙", "具俱", "坐座", "链鍊", "戚鏚"}

# Forms that old prints and pages have and OpenCC's dictionaries lack, from the First List of Variant Characters
# (第一批异体字整理表, 1955). Those since readmitted for names (喆 堃 淼 邨 …) are not joined, as in OpenCC.
VARIANTS = (
    "亁乾 囯國 囻國 畧略 脇脅 砲炮 痲麻 厰廠 塲場 徧遍 彊強 窰窯 窻窗 覩睹 譌訛 賸剩 躱躲 軆體 輭軟 辤辭 吿告 咊和 "
    "坵丘 垜垛 壻婿 姙妊 媮偷 寃冤 帋紙 廸迪 徃往 怱匆 搾榨 昬昏 晳晰 暎映 朶朵 枏楠 栢柏 桮杯 椶棕 槀槁 欵款 湼涅 "
    "炤照 煖暖 犂犁 玅妙 艸草 蕋蕊 蜋螂 裠裙 鞌鞍 騐驗 皷鼓"
)

# A reading in use that phrases do not show, because it is grammar: 地 behind an adverb.
PARTICLES = {"地": "de"}


class Classes:
    """Characters joined into classes of those that are to be alike (union-find)."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, c: str) -> str:
        while (p := self.parent.setdefault(c, c)) != c:
            self.parent[c] = self.parent[p]
            c = p
        return c

    def join(self, a: str, b: str) -> None:
        if len(a) == len(b) == 1:
            self.parent[self.find(a)] = self.find(b)

    def groups(self) -> Iterator[set[str]]:
        groups: dict[str, set[str]] = defaultdict(set)
        for c in self.parent:
            groups[self.find(c)].add(c)
        return (group for group in groups.values() if len(group) > 1)


def within(c: str, charset: str) -> bool:
    try:
        return len(c.encode(charset)) > 0
    except UnicodeError:
        return False


def opencc_dictionary(name: str) -> dict[str, list[str]]:
    """One of OpenCC's dictionaries, by its own tool: characters to what they may become, the usual one first."""
    import opencc

    home = Path(opencc.__file__).parent / "clib"
    tool = next((home / "bin").glob("opencc_dict*"))
    source = home / "share" / "opencc" / f"{name}.ocd2"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "dictionary.txt"
        subprocess.run([tool, "-i", source, "-o", out, "-f", "ocd2", "-t", "text"], check=True, capture_output=True)
        rows = (line.split("\t") for line in out.read_text(encoding="utf-8").split("\n") if line)
        return {a: b.split(" ") for a, b in rows}


def join_scripts(classes: Classes) -> tuple[set[str], set[str]]:
    """Join what OpenCC says is one character in two scripts; give the simplified and the traditional ones."""
    simplified, traditional = set[str](), set[str]()
    # The extension first: where both dictionaries have a character, TSCharacters has the form in use.
    for source in ("TSCharactersExt", "TSCharacters"):
        for t, targets in opencc_dictionary(source).items():
            classes.join(t, targets[0])
            if t != targets[0]:
                traditional.add(t)
    for s, targets in opencc_dictionary("STCharacters").items():
        simplified.add(s)
        for t in targets:
            if s + t not in KEPT_APART:
                classes.join(t, s)
    for source in ("TWVariantsRev", "HKVariantsRev"):
        for local, standard in opencc_dictionary(source).items():
            classes.join(local, standard[0])
            traditional.add(local)
    for new, olds in opencc_dictionary("JPShinjitaiCharacters").items():
        old = next((o for o in olds if o != new), new)
        # 芸 is 藝 in Japan and a plant in China: join only where one of the two is no character of Chinese in use.
        if not all(within(c, "gb2312") or within(c, "big5") for c in (new, old)):
            classes.join(new, old)
            traditional.add(new)
    for pair in VARIANTS.split():
        variant, usual = pair[0], pair[1]
        classes.join(variant, usual)
        traditional.add(variant)
    return simplified, traditional


def fold_classes() -> dict[str, list[str]]:
    """What each canonical character stands for."""
    classes = Classes()
    simplified, traditional = join_scripts(classes)
    for block in COMPATIBLE:
        for code in block:
            classes.join(chr(code), unicodedata.normalize("NFKC", chr(code)))
    for block in CASED:
        for c in map(chr, block):
            if unicodedata.category(c)[0] in "LN":  # not U+0345, a mark that case-folds to a letter
                classes.join(c, c.casefold())
    first = {marks[0] for marks in MARKS}
    for marks in MARKS:
        for mark in marks:
            classes.join(mark, marks[0])

    def rank(c: str) -> tuple[bool, ...]:
        """The canonical form: a mark put first above; else lower case, compatible with nothing, simplified, common."""
        return (
            c not in first,
            c.casefold() != c,
            unicodedata.normalize("NFKC", c) != c,
            not within(c, "gb2312"),
            not (within(c, "gb2312") and c.encode("gb2312") < b"\xd8"),  # level 1: the commonest 3,755
            c in traditional,
            c not in simplified,
        )

    table = {}
    for group in classes.groups():
        canonical = min(group, key=lambda c: (rank(c), c))
        table[canonical] = sorted(group - {canonical})
    return table


def written(canonical: str, other: str) -> str:
    """A pair as the file has it: as it stands, or \\UXXXXXXXX twice where one cannot be seen or an editor's NFC would
    change it."""
    pair = canonical + other
    plain = pair.isprintable() and " " not in pair and "\\" not in pair and unicodedata.is_normalized("NFC", pair)
    return pair if plain else "".join(f"\\U{ord(c):08x}" for c in pair)


def fold_file() -> str:
    table = fold_classes()
    pairs = sum(map(len, table.values()))
    lines = [
        "# What search makes alike, a pair a line: a canonical character and one that becomes it.",
        f"# Made by scripts/build_tables.py from OpenCC {version('opencc')} and unicodedata; rules in README.md.",
        f"# {len(table)} canonical characters, {pairs} pairs. Do not edit: change the script.",
    ]
    made = [written(canonical, other) for canonical, others in sorted(table.items()) for other in others]
    lines += sorted(made, key=lambda line: line.startswith("\\"))
    return "\n".join(lines) + "\n"


def toneless(syllable: str) -> str:
    """`lǜ` → `lv`: letters a–z with v for ü, without tone; empty where no vowel is left (ng, hm, ḿ)."""
    letters = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v").replace("U\u0308", "v")
    letters = "".join(c for c in letters.lower() if "a" <= c <= "z")
    return letters if set(letters) & set("aeiouv") else ""


def readings() -> dict[str, list[str]]:
    """The readings in use of every character, toneless, the default one first.

    In use is the default reading of pypinyin, and every other that its phrase dictionary attests in 3 phrases, or in 2
    if these are at least 2% of the character's occurrences there. The phrases are written in the simplified script, so
    a traditional character also has the readings of its simplified form: all where the two correspond one to one, else
    those that pypinyin lists for it.
    """
    from opencc import OpenCC
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    attested: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, syllables in PHRASES_DICT.items():
        for c, syllable in zip(phrase, syllables, strict=False):
            attested[c][toneless(syllable[0])] += 1
    listed = {
        chr(code): list(dict.fromkeys(filter(None, map(toneless, text.split(",")))))
        for code, text in PINYIN_DICT.items()
        if 0x3400 <= code <= 0x9FFF or code == 0x3007  # Han of the basic plane, without compatibility and private use
    }

    def in_use(c: str) -> list[str]:
        total = attested[c].total()
        return [r for r, n in attested[c].most_common() if r and (n >= 3 or (n == 2 and n >= 0.02 * total))]

    simplify, complicate = OpenCC("t2s").convert, OpenCC("s2t").convert
    result = {}
    for c, known in listed.items():
        if known:
            short = simplify(c)
            paired = complicate(short) == c and not set(known).isdisjoint(in_use(short))
            both = [*known[:1], *in_use(c), *(r for r in in_use(short) if paired or r in known)]
            both += filter(None, [PARTICLES.get(c)])
            result[c] = list(dict.fromkeys(both))
    return result


def pinyin_file() -> str:
    syllables: dict[str, list[str]] = defaultdict(list)
    for c, known in readings().items():
        for syllable in known:
            syllables[syllable].append(c)
    lines = [
        "# Who is read how: a syllable without tone (v for ü), a tab, the characters so read, both scripts.",
        f"# Made by scripts/build_tables.py from pypinyin {version('pypinyin')} and OpenCC {version('opencc')};"
        " rules in README.md.",
        f"# {len(syllables)} syllables, {sum(map(len, syllables.values()))} readings. Do not edit: change the script.",
    ]
    lines += [f"{syllable}\t{''.join(sorted(chars))}" for syllable, chars in sorted(syllables.items())]
    return "\n".join(lines) + "\n"


def build() -> dict[Path, str]:
    """What each table should hold."""
    return {TABLES / "fold.txt": fold_file(), TABLES / "pinyin.txt": pinyin_file()}


def main() -> int:
    stale = 0
    for path, text in build().items():
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_bytes().decode() != text:
            print(f"{path.relative_to(ROOT)} differs from what {Path(__file__).name} writes", file=sys.stderr)
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
