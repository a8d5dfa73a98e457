"""Every reader of formats, the decoder and what is made of it, given whatever: documents or one line, nothing else."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

from hypothesis import strategies as st

from lishu_tui.edition import LishuError
from lishu_tui.edition.safe import UNSAFE
from lishu_tui.library.decoding import BOMS, decode
from lishu_tui.library.formats import read_bytes
from lishu_tui.library.making import edition_of
from lishu_tui.library.pages import read_page
from lishu_tui.library.walking import walk
from tests.fuzz.running import fuzz
from tests.fuzz.strategies import SCRAPS, hurt, texts
from tests.library import wrappers
from tests.library.wrappers import WRAPPERS, sorted_out, watched
from tests.sound import check

NAMES = st.sampled_from([*WRAPPERS, "a.txt", "a.md", "a", "a.htm", "a.bin", "x\x1b]0;y\x07\u202e.html", "-rf %s\n.txt"])
TAGS = """
<p> </p> <div> </div> <article> <h1> </h1> <h9> <td> <tr> <table> </table> <li> <br> <a\thref='javascript:x'> </a>
<script> </script> <style> <title> </title> <meta> <iframe> <!-- --> <![CDATA[ ]]> <?php ?> <math> <svg> <select>
<option> <frameset> <body> </body> <head> <html> <form> <b\thidden> </b> <span> </span> <template> <noscript>
"""
HTML = st.lists(st.sampled_from([*re.split("[ \n]+", TAGS.strip()), *SCRAPS]), max_size=40).map("".join)


def inner(page: bytes, wrapper: str) -> bytes:
    """Some bytes in the place of the page in a wrapper that is otherwise sound."""
    text = page.decode("utf-8", "replace")
    made: dict[str, Callable[[], bytes]] = {
        "a.html": lambda: page,
        "a.mhtml": lambda: wrappers.mhtml(page, encoding="base64"),
        "a.warc": lambda: wrappers.warc(page),
        "a.warc.gz": lambda: wrappers.warc(page, packed=True),
        "one.warc.gz": lambda: gzip.compress(wrappers.warc(page)),
        "a.wacz": lambda: wrappers.wacz({"data.warc.gz": wrappers.warc(page, packed=True)}),
        "a.epub": lambda: wrappers.book({"1.xhtml": text}),
    }
    return made[wrapper]()


def members(part: bytes, which: str) -> bytes:
    """A book in which one of the parts that lead to the others is this."""
    return wrappers.book(change={which: part})


SOUND = {name: make() for name, make in WRAPPERS.items()}
PARTS = {
    "META-INF/container.xml": wrappers.CONTAINER.encode(),
    "OEBPS/content.opf": wrappers.opf([("c0", "1.xhtml", "")], ["c0"]).encode(),
    "OEBPS/1.xhtml": wrappers.chapter(wrappers.body()).encode(),
}


def read(data: bytes, name: str) -> None:
    """What must be so whatever the bytes are."""
    with watched() as seen:
        documents, errors, notices = sorted_out(read_bytes(data, name))
    assert not [one for one in seen if one[0] != "read" or "data/" not in one[1]], seen
    assert not any(UNSAFE.search(line) for line in errors + notices)
    assert documents or errors or notices, "silence"
    for document in documents[:3]:
        try:
            made = edition_of(document)
        except LishuError as error:
            assert len(str(error).splitlines()) == 1  # noqa: PT017
        else:
            check(made)
            assert made.capture == document.data


@fuzz(
    st.sampled_from(sorted(SOUND)).flatmap(lambda name: st.tuples(hurt(st.just(SOUND[name])), NAMES | st.just(name))),
    examples=60,
)
def test_a_wrapper_that_is_hurt(case: tuple[bytes, str]) -> None:
    read(*case)


@fuzz(
    hurt(st.just(wrappers.page()) | HTML.map(lambda text: text.encode("utf-8", "replace"))),
    st.sampled_from(sorted(SOUND)),
    examples=60,
)
def test_a_page_that_is_hurt_in_a_wrapper_that_is_not(page: bytes, wrapper: str) -> None:
    read(inner(page, wrapper), wrapper)


@fuzz(
    st.sampled_from(sorted(PARTS)).flatmap(lambda name: st.tuples(hurt(st.just(PARTS[name])), st.just(name))),
    examples=60,
)
def test_a_book_whose_parts_are_hurt(case: tuple[bytes, str]) -> None:
    read(members(*case), "a.epub")


@fuzz(hurt(texts().map(lambda text: text.encode("utf-8", "surrogatepass"))), NAMES, examples=60)
def test_a_text_that_is_hurt(data: bytes, name: str) -> None:
    read(data, name)


@fuzz(
    hurt(
        st.sampled_from(("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "hz", "shift_jis", "euc_kr")).flatmap(
            lambda codec: texts().map(lambda text: text.encode(codec, "replace"))
        )
    )
    | st.binary(max_size=300),
    examples=200,
)
def test_any_bytes_decode_to_text_that_can_be_written_and_nothing_is_lost(data: bytes) -> None:
    found = decode(data)
    assert found.text.encode("utf-8").decode() == found.text
    assert found.text.count("\ufffd") >= found.replaced
    if found.replaced or found.encoding not in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        return
    # What is decoded without a loss is what the bytes were.
    mark = next((m for m, encoding in BOMS if encoding == found.encoding and data.startswith(m)), b"")
    if found.encoding == "gb18030" and ("€" in found.text or "\ufffd" in found.text):
        return  # which Windows has in one byte
    assert mark * (found.found_by == "bom") + found.text.encode(found.encoding) == data


@fuzz(HTML, examples=80)
def test_any_page_is_read_or_refused(page: str) -> None:
    try:
        captured = read_page(page.encode("utf-8", "surrogatepass"), "a.html")
    except LishuError as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017
    else:
        assert all(block.text.strip() and "\n" not in block.text for block in captured.blocks)


def test_the_fixtures_themselves_are_read() -> None:
    for name, data in SOUND.items():
        read(data, name)
        documents, _, _ = sorted_out(read_bytes(data, name))
        assert documents, name
    assert list(walk([])) == []
