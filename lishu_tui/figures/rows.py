"""People whom nothing before them names but how they stand there: in a row, behind an age, with a title, brackets or
the end of a clause behind them, where authors are named."""

from __future__ import annotations

import re
from functools import lru_cache

from lishu_tui.figures.folding import any_of, simple, words
from lishu_tui.figures.people import DOTS, END, HAN, NEVER, Person, is_name, name_at, people_in, tables


def all_people_in(text: str) -> list[Person]:
    """The people whom a paragraph (canonical, see `folding.simple`) names, in order."""
    found = people_in(text)
    taken = bytearray(len(text))
    for p in found:
        taken[p.start : p.end] = b"\1" * (p.end - p.start)
    found += _listed(text, taken)
    found += _of_age(text, taken)
    found += _called(text, taken)
    found += _byline(text, taken)
    found += _titled(text, taken)
    found += _bracketed(text, taken)
    found += _alone(text, taken)
    return sorted(found)


def _take(found: list[Person], taken: bytearray, start: int, end: int, rule: str) -> None:
    if not any(taken[start:end]):
        found.append(Person(start, end, None, rule))
        taken[start:end] = b"\1" * (end - start)


@lru_cache(maxsize=1)
def _titled_pattern() -> re.Pattern[str]:
    t = tables()
    titles = [w for w in words("offices.txt", "title") if len(w) > 1 and not w.startswith("姓")]
    sure, given = "".join(sorted(t.sure)), "".join(sorted(t.given))
    courtesy = simple("先生|女士|小姐|医师|教授|老师|医生|博士|院士|律师")
    return re.compile(f"[{sure}](?:[{given}]{{2}}(?={any_of(titles)})|(?<![{HAN}].)[{given}](?={courtesy}))")


def _titled(text: str, taken: bytearray) -> list[Person]:
    """Who is named with a title behind the whole name, at the head of a clause or behind where he works or what he is:
    乳房外科|李育嘉醫師."""
    t = tables()
    found: list[Person] = []
    for match in _titled_pattern().finditer(text):
        start, end = match.span()
        head = text[max(0, start - 8) : start]
        begins = not head or head[-1] in _WORKS or not "\u3400" <= head[-1] <= "\u9fff"
        if (begins or t.office_end.match(head[::-1]) is not None) and is_name(match[0]) and match[0] not in _places():
            _take(found, taken, start, end, "titled")
    return found


_WORKS = frozenset(simple("科室部局院所系处班校厂司社的和与及由"))
"""What a place of work ends in, and words of grammar before a name."""


_PSEUDONYM = re.compile("[（(](?:化名|音译|音|假名|艺名|笔名)[，,）)]")
_IN_LATIN = re.compile(
    "[（(](?!San |Los |Las |New |Saint |St |Fort |Port |Lake |Mount |The )"
    "[A-Z][A-Za-zÀ-ÿ.'’-]*(?: [A-Z][A-Za-zÀ-ÿ.'’-]*){1,3}[，,）)]"
)


def _bracketed(text: str, taken: bytearray) -> list[Person]:
    """Who is said in brackets to be called otherwise, 小軍（化名）, or how the name is written elsewhere, as in
    麥克恩里（Julie McEnery）: there only what is made up of sounds, or is a whole name, is a person."""
    t = tables()
    found: list[Person] = []
    for match in _PSEUDONYM.finditer(text) if "（" in text or "(" in text else ():
        end = match.start()
        length = (
            2 if text[end - 2 : end - 1] in _FAMILIAR else next((n for n in (3, 2) if is_name(text[end - n : end])), 0)
        )
        if length and end >= length:
            _take(found, taken, end - length, end, "brackets")
    for match in _IN_LATIN.finditer(text) if "（" in text or "(" in text else ():
        end = start = match.start()
        while start > 0 and end - start < 10 and (text[start - 1] in t.inner or text[start - 1] in DOTS):
            start -= 1
        office = next(
            (n for n in range(end - 2, start - 1, -1) if t.office_end.match(text[max(0, n - 6) : n][::-1])), None
        )
        start = start if office is None else office  # 主席|奧茲
        if end - start < 2:
            start = end - 3
            if start < 0 or not is_name(text[start:end]) or any(c not in t.given for c in text[start + 1 : end]):
                continue
        if text[start:end] not in _places() and text[start] not in DOTS:
            _take(found, taken, start, end, "brackets")
    return found


_FAMILIAR = ("小", "阿", "老")


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(words("places.txt"))


@lru_cache(maxsize=1)
def _alone_pattern() -> re.Pattern[str]:
    t = tables()
    given = "".join(sorted(t.given - NEVER))
    return re.compile(
        f"[{''.join(sorted(t.sure))}](?:(?<![{HAN}《].)|(?<=的.))[{given}]{{2}}(?!都)(?={t.after.pattern}|[^{HAN}·A-Za-z》]|$)"
    )


_WRITES = re.compile(simple("[）)]?[/／]|[）)] ?(?:报道|报导|摄|综合)"))


def _alone(text: str, taken: bytearray) -> list[Person]:
    """A whole name at the head of a clause or after 的, with a mark behind it or a word before which names end:
    丁聖儒|貢獻14分."""
    t = tables()
    found: list[Person] = []
    for match in _alone_pattern().finditer(text):
        if is_name(match[0]) and match[0] not in _places() and t.title.fullmatch(match[0], 1) is None:
            if match[0][1] == match[0][2] and text[match.end() : match.end() + 1] in ("的", "地"):
                continue  # 黃澄澄的
            _take(found, taken, *match.span(), "byline" if _WRITES.match(text, match.end()) else "alone")
    return found


_BYLINE = re.compile(
    f"(?:记者|通讯员|作者|编辑|撰文|文/|文／|摄影|摄|图/|图／|责编|责任编辑)[:：/／ \u3000]{{0,3}}"
    f"([{HAN}]{{2,4}}(?:[ \u3000、，,]{{1,3}}[{HAN}]{{2,4}}){{0,5}})"
)


_TAGGED = re.compile(f"([{HAN}]{{2,3}})(?=[\\[（(]微博[\\]）)])")
"""What a news site links to somebody's own page."""


_PARENTHESIS = re.compile(f"[（(]([{HAN}]{{2,4}}(?:[ \u3000、]{{1,3}}[{HAN}]{{2,4}}){{0,4}})[）)]")


_AGENCY = re.compile(
    simple("[讯电][ \u3000]{0,2}[（(]") + f"([{HAN}]{{2,4}}(?:[ \u3000、，]{{1,3}}[{HAN}]{{2,4}}){{0,4}})[）)]"
)
"""Who is named in brackets behind the line of an agency: 中新網8月4日電 （羅晶 彭彬）."""


_PIECE = re.compile(f"[{HAN}]+")


@lru_cache(maxsize=1)
def _list_pattern() -> re.Pattern[str]:
    t = tables()
    name = f"(?:{any_of(t.compound)}|[{''.join(sorted(t.sure | t.weak))}])[{HAN}]{{1,2}}"
    return re.compile(
        f"(?:(?<![{HAN}])|(?<=[与和及]))(?:{name}、){{2,}}{name}(?=等|[{HAN}]?[人位名]|[，,。；：:、（）()]|$)"
    )


def _listed(text: str, taken: bytearray) -> list[Person]:
    """Three and more people in a row, without a word of what they are: 丁磊、張朝陽、周鴻禕等人."""
    found: list[Person] = []
    for match in _list_pattern().finditer(text) if text.count("、") > 1 else ():
        start = match.start() - 4
        first = text[start : start + 3] if start >= 0 and text[start + 3] == "、" else ""
        if is_name(first) and all(c in tables().given for c in first[1:]):  # 坐擁|王夢潔、梅笑寒、…
            _take(found, taken, start, start + 3, "list")
        for piece in _PIECE.finditer(text, *match.span()):
            a, b = piece.span()
            if not any(taken[a:b]) and is_name(text[a:b]):
                found.append(Person(a, b, None, "list"))
                taken[a:b] = b"\1" * (b - a)
    return found


_AGE = re.compile(simple("岁(?:高龄)?的?"))


def _of_age(text: str, taken: bytearray) -> list[Person]:
    """Who is named behind an age: 29歲的梁穎儀."""
    found = []
    for match in _AGE.finditer(text):
        at = match.end()
        length = name_at(text, at) if text[at : at + 1] in tables().sure and not taken[at] else 0
        if not length and (nick := _NICKNAME.match(text, at)) is not None and not taken[at] and _ends(text, nick.end()):
            length = nick.end() - at  # 11岁的小瑜
        if length:
            found.append(Person(at, at + length, None, "age"))
            taken[at : at + length] = b"\1" * length
    return found


_NICKNAME = re.compile(f"[小阿](?![{simple('孩学朋男女伙姑婴童弟妹兄组队儿狗猫将个说')}])[{HAN}]")


def _ends(text: str, at: int) -> bool:
    return (
        END.match(text, at) is not None or tables().after.match(text, at) is not None or text[at + 1 : at + 2] == "完"
    )


_CALLINGS = re.compile(simple("[商贩农工员师手锋投委长主客民者匠友警揆督]"))
"""What words for callings end in; those that are words of their own are in offices.txt."""


def _called(text: str, taken: bytearray) -> list[Person]:
    """Who is named behind any word for a calling, and is nothing but a name there: 來自鄰省的客商|陶建設."""
    t = tables()
    found: list[Person] = []
    for match in _CALLINGS.finditer(text):
        at = match.end()
        if text[at : at + 1] not in t.sure or taken[at] or text[at - 1 : at + 1] in t.cut:
            continue
        length = name_at(text, at)
        name = text[at : at + length]
        ends = END.match(text, at + length) is not None or t.after.match(text, at + length) is not None
        if not ends or not is_name(name) or any(c in NEVER for c in name[1:]):
            continue
        if length == 3 and sum(c not in t.given for c in name[1:]) < 2 and name not in _places():
            _take(found, taken, at, at + length, "office")
    return found


def _byline(text: str, taken: bytearray) -> list[Person]:
    """Who wrote it: names after 記者 or alone in brackets at the end of the text."""
    found = []
    places = [(m.start(1), m.end(1)) for m in _BYLINE.finditer(text)]
    tail = len(text) - 60
    places += [m.span(1) for m in _AGENCY.finditer(text, 0, 60)]
    places += [
        (m.start(1), m.end(1)) for m in _PARENTHESIS.finditer(text, max(tail, 0)) if m.end() == len(text.rstrip())
    ]
    for match in _TAGGED.finditer(text) if "微博" in text else ():
        start = next((n for n in (match.start(1), match.end(1) - 2) if is_name(text[n : match.end(1)])), None)
        if start is not None and not any(taken[start : match.end(1)]):
            found.append(Person(start, match.end(1), None, "list"))
            taken[start : match.end(1)] = b"\1" * (match.end(1) - start)
    for start, end in places:
        for piece in _PIECE.finditer(text, start, end):
            a, b = piece.span()
            if any(taken[a:b]):
                continue
            if is_name(text[a:b]):
                found.append(Person(a, b, None, "byline"))
                taken[a:b] = b"\1" * (b - a)
    return found
