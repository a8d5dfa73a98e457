"""Documents of our own for a library under test."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lishu_tui.edition import Edition
from lishu_tui.library.captured import About, Block, Captured
from lishu_tui.library.making import edition_of
from lishu_tui.library.store import Library

ARTICLES = """
鄉下的早晨|2019-04-02|四平日報
    雞叫了三遍，村裡的燈一盞一盞亮起來。
    老人說，今年的雨水好，麻雀也多。
我縣召開春耕備耕工作會議|2019-03-11|梨樹縣人民政府
    會議要求各鄉鎮抓好春耕備耕工作。
    黑土地保護是一件大事。
关于做好疫情防控工作的通知|2020-02-05|吉林日报
    各村要做好疫情防控工作，做到早发现、早报告。
    疫情就是命令，防控就是责任。
志願者的冬天|2020-02-20|四平日報
    三百名志願者走上街頭，在卡點值守。
    志願者王先生說：我們守的是自己的家。
黑土地上的新農民|2021-06-18|農民日報
    合作社的社員今年種了八百公頃玉米。
    玉米長得很高，黑土地又厚又軟。
县医院新楼启用|2021-11-30|梨樹縣人民政府
    新楼有病床三百张，医护人员五百余人。
    院长说，疫情防控期间积累的经验都用上了。
鐵路小站|1998-10-07|
    小站每天只停兩趟車。
    站長在月台上種滿了向日葵。
一座县城的二十年|2022-01-15|南方周末
    县城的变化要从一条路说起。
    路修好了，年轻人却走了。
玉米价格走势与农户增收问题研究：以吉林省梨树县为例的一项长期跟踪调查报告（上）|2018-09-01|農業經濟研究
    本文根据连续六年的调查。
    价格波动对小农户的影响大于合作社。
口罩廠連夜開工|2020-02-09|新華社
    工人連夜趕製口罩，每天出廠十萬隻。
    疫情當前，沒有人喊累。
老街的鐘錶匠|2016-05-21|城市晚報
    他修了四十年鐘錶。
    時間在這裡走得慢一些。
二人轉進了大劇院|2017-12-24|文化時報
    臺下坐滿了從鄉下趕來的人。
    一開嗓，滿堂喝采。
"""
"""Title, date and publisher, and beneath them the paragraphs."""


def made(title: str, date: str = "", source: str = "", paragraphs: Iterable[str] = (), *, url: str = "") -> Edition:
    """An edition as an import makes it."""
    paragraphs = list(paragraphs) or [f"{title}。"]
    blocks = tuple(Block(text=text) for text in paragraphs)
    about = About(title=title, date=date, publisher=source, url=url)
    data = "\n".join([title, date, source, *paragraphs]).encode("utf-8", "replace")
    return edition_of(Captured(name="a.html", data=data, format="html", blocks=blocks, about=about))


def articles() -> list[Edition]:
    """The articles above as editions."""
    found: list[tuple[list[str], list[str]]] = []
    for line in ARTICLES.strip().splitlines():
        if line.startswith(" "):
            found[-1][1].append(line.strip())
        else:
            found.append((line.split("|"), []))
    return [made(*head, paragraphs) for head, paragraphs in found]


def filled(path: Path, editions: Iterable[Edition] | None = None) -> list[str]:
    """A library at `path` with these documents, or with the articles above; their ids."""
    editions = articles() if editions is None else editions
    with Library.open(path, write=True) as library, library.importing():
        return [library.add(edition)[0] for edition in editions]
