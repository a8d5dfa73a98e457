"""A document as Markdown, read by a reader of Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from lishu_tui.export.documents import Options
from lishu_tui.export.documents.markdown import block, inline
from lishu_tui.export.documents.work import safe
from tests.export.exported import ANY, EDITION, EVERYTHING, HOSTILE, PIECES, hostile, written

READER = MarkdownIt("gfm-like", {"linkify": True, "html": True})
READER.linkify.set({"fuzzy_link": False})  # type: ignore[union-attr]  # which takes 人民網.com for a link, as GitHub does not
PLAIN = {"paragraph", "heading", "text", "inline", "table", "thead", "tbody", "tr", "th", "td", "bullet_list",
         "list_item", "blockquote", "softbreak", "em"}  # fmt: skip


def kinds(tokens: list[Token]) -> set[str]:
    found = {re.sub("_(open|close)$", "", token.type) for token in tokens}
    return found.union(*(kinds(token.children or []) for token in tokens))


def words(tokens: list[Token]) -> str:
    return "".join(token.content if not token.children else words(token.children) for token in tokens)


@given(
    st.one_of(
        st.sampled_from(HOSTILE), PIECES.map("".join), ANY, st.text("-+*#=`~_<>[]()!|\\:@ .1a/\n&;$^\"'wW", max_size=12)
    )
)
def test_any_text_reads_back_as_itself(text: str) -> None:
    tokens = READER.parse(block(inline(text)))
    assert kinds(tokens) <= {"paragraph", "inline", "text"}
    assert words(tokens) == safe(text)


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize("english", ["beneath", "beside", "only"])
def test_whatever_stands_in_a_document_is_text(payload: str, english: str) -> None:
    made = written("md", Options(english=english, apparatus=True, statistics=True, names=True), hostile(payload))  # type: ignore[arg-type]
    made = re.sub(r"(?m)^\[\^\d+\]: |\[\^\d+\]", "", made)  # footnotes are not of this reader's Markdown
    tokens = READER.parse(made)
    assert kinds(tokens) <= PLAIN
    assert made.count("\n# ") == 0
    assert len([t for t in tokens if t.type == "table_open"]) == 4 + (7 if english == "beside" else 0) - 1


def test_headings_paragraphs_and_english() -> None:
    made = written("md", Options(english="beneath"))
    assert made.startswith(f"# {EDITION.source.title}\n")
    section = EDITION.sections[1]
    assert f"\n## {EDITION.heading(section)}\n" in made
    for i in EDITION.body(section):
        assert f"\n{EDITION.text(i)}\n\n> {EDITION.text(i, 'english')}\n" in made
    beside = written("md", Options(english="beside"))
    assert f"| {EDITION.text(0)} | {EDITION.text(0, 'english')} |\n" in beside


def test_the_apparatus_is_in_footnotes_behind_their_places() -> None:
    made = written("md", EVERYTHING)
    assert "## 旗幟引領 黨員沖鋒在前勇擔[^1]當[^2]\n" in made
    assert "的試[^3]金石[^4]和[^5]磨刀[^6]石[^7]" in made
    assert re.search(r"\n\[\^1\]: 擔 \\\] \?lián\)\. \? chosen among 13, next 據", made)
    marks, notes = re.findall(r"\[\^(\d+)\](?!:)", made), re.findall(r"(?m)^\[\^(\d+)\]:", made)
    assert marks == notes == [str(n) for n in range(1, 9)]
    captured = written("md", Options(readings=("capture",), apparatus=True))
    assert "勇?lián)[^1]?dāng)[^2]" in captured
