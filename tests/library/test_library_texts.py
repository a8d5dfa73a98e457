"""Plain text and Markdown as captured documents."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lishu_tui.edition import LishuError
from lishu_tui.library.captured import Block, Encoding
from lishu_tui.library.texts import read_text


def test_every_line_of_a_text_is_a_block() -> None:
    found = read_text("甲\n\n 乙 \r\n# 丙".encode(), "x.txt", came_from="folder/x.txt")
    assert found.blocks == (Block("甲"), Block(""), Block(" 乙 \r"), Block("# 丙"))
    assert (found.plain, found.format, found.came_from) == (True, "txt", "folder/x.txt")
    assert found.encoding == Encoding()


def test_the_marks_of_headings_are_taken_off_and_it_is_said() -> None:
    text = "# 春天 #\r\n\r\n甲\n### 夏天\n```\n# 乙\n```\n#標簽\n#\n####### 丙"
    found = read_text(text.encode(), "x.MD")
    assert found.blocks == (
        Block("春天", "heading", 1), Block("甲"), Block("夏天", "heading", 3), Block("```"), Block("# 乙"),
        Block("```"), Block("#標簽"), Block("#"), Block("####### 丙"),
    )  # fmt: skip
    assert (found.plain, found.format) == (False, "md")
    assert found.rule.endswith("The # marks were taken off 2 headings.")
    assert read_text(text.encode(), "x.txt").plain
    assert read_text("甲\n乙".encode(), "x.md").plain


def test_what_the_file_declares_is_kept_beside_what_was_found() -> None:
    found = read_text("charset=big5\n春天來了，農民們都到地里去干活。".encode("gb18030"), "x")
    assert found.encoding == Encoding("gb18030", "judged", 0, ("file: big5",))
    found = read_text(b"\xff" + "春天來了".encode(), "x")
    assert (found.encoding.found, found.encoding.replaced) == ("utf-8", 1)


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\x00\x01" * 100])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(LishuError):
        read_text(data, "x.txt")


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), max_size=10))
def test_nothing_of_a_text_is_lost(lines: list[str]) -> None:
    text = "文：春天來了\n" + "\n".join(lines)
    for name in ("x.txt", "x.md"):
        found = read_text(text.encode(), name)
        kept = "\n".join(block.text for block in found.blocks)
        marks = sum(block.kind == "heading" for block in found.blocks)
        if not marks:
            assert kept == text
        assert [c for c in kept if not c.isspace() and c != "#"] == [c for c in text if not c.isspace() and c != "#"]
