"""The figures of whole documents: checked and found, and those of several lined up."""

from __future__ import annotations

import msgspec

from lishu_tui.edition import load_edition
from lishu_tui.figures.across import Document, across
from lishu_tui.figures.statistics import statistics
from lishu_tui.library.opening import edition_of
from lishu_tui.search.fold import fold

EDITION = load_edition()


def document(id: str, date: str, *lines: str, place: str = "") -> Document:
    edition = edition_of("\n".join(lines).encode(), f"{id}.txt")
    found = [(str(edition.address(s.span)), s) for s in statistics(edition)]
    return Document(id, id, date, place, "", found)


def test_the_listed_figures_stand_once_and_as_listed() -> None:
    assert EDITION.statistics_complete
    listed = tuple(sorted(EDITION.statistics, key=lambda s: s.span))
    assert statistics(EDITION) == listed
    # That the list has all of them, each of its kind, is what is found where it does not say so.
    assert statistics(msgspec.structs.replace(EDITION, statistics_complete=False)) == listed


def test_a_list_that_lacks_figures_is_filled_up() -> None:
    half = msgspec.structs.replace(EDITION, statistics=EDITION.statistics[::2], statistics_complete=False)
    found = statistics(half)
    assert [s.span for s in found] == sorted(s.span for s in EDITION.statistics)
    assert sum(s.origin == "checked" for s in found) == len(half.statistics)
    assert len({s.id for s in found}) == len(found)
    for s in found:
        assert half.quote(s.span) == s.quote
        assert s.origin == "checked" or s.label_en == ""


def test_what_documents_report_is_lined_up_by_date_in_either_script() -> None:
    rows = across(
        [
            document("c", "2022", "全县有志愿者5200名。"),
            document("a", "2020-02", "全縣志願者5000多人參加。"),
            document("none", "", "志愿者30人。"),
            document("b", "2021-03-05", "該縣有志愿者5000多人。", "鄉鎮21個。"),
        ],
        "志愿者",
        fold,
    )
    assert [(r.document.id, r.statistic.value, r.mark, r.difference) for r in rows] == [
        ("a", 5000, "first", None),
        ("b", 5000, "equal", 0),
        ("c", 5200, "changed", 200),
        ("none", 30, "changed", -5170),
    ]


def test_units_of_one_base_are_compared_and_others_are_not() -> None:
    rows = across(
        [
            document("a", "2019", "水稻产量达30万吨。"),
            document("b", "2020", "水稻产量为6.4亿斤。"),
            document("c", "2021", "水稻产量增长5%。"),
            document("d", "2022", "水稻产量达到32万吨。"),
        ],
        "水稻產量",
        fold,
    )
    assert [(r.statistic.unit, r.base, r.base_value, r.mark, r.difference) for r in rows] == [
        ("吨", "千克", 300_000_000, "first", None),
        ("斤", "千克", 320_000_000, "changed", 40_000_000),
        ("%", "%", 5, "apart", None),
        ("吨", "千克", 320_000_000, "equal", 0),
    ]


def test_places_stand_in_order_within_a_date() -> None:
    rows = across(
        [document("x", "2020", "学生20名。", place="四平"), document("y", "2020", "学生30名。", place="长春")], "学生"
    )
    assert [r.document.id for r in rows] == ["x", "y"]
    assert across([], "学生") == []
    assert across([document("x", "2020", "学生20名。")], " ") == []
