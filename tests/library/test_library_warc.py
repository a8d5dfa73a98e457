"""Web archives: which records are documents, what is said of digests, and what of lengths and gzip that lie."""

from __future__ import annotations

import base64
import gzip
import hashlib
import sys
import time
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lishu_tui.library.captured import Captured, Read
from lishu_tui.library.containers import digests, frames
from lishu_tui.library.containers.bodies import undo
from lishu_tui.library.containers.frames import Frame, Frames, Unpacked
from lishu_tui.library.formats import read_bytes
from lishu_tui.library.limits import RECORD_LIMIT
from tests.library.wrappers import (
    DATE,
    PARAGRAPHS,
    TEXTS,
    URL,
    chunked,
    http,
    page,
    raw_record,
    record,
    sorted_out,
    texts,
    warc,
)

OTHERS = [f"http://news.example.cn/{n}.html" for n in range(3)]
PAGES = [page(f"第{n}篇。") for n in range(3)]


def three(*, packed: bool = False) -> bytes:
    return b"".join(record(data, url, packed=packed) for data, url in zip(PAGES, OTHERS, strict=True))


def read(data: bytes, name: str = "a.warc") -> tuple[list[Captured], list[str], list[str]]:
    return sorted_out(read_bytes(data, name))


def urls(documents: list[Captured]) -> list[str]:
    return [document.about.url for document in documents]


# ── what is a document ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("packed", [False, True])
def test_each_page_that_was_served_is_a_document(packed: bool) -> None:
    data = b"".join([
        warc(packed=packed),
        record(b"\x89PNG", "http://a.cn/a.png", kind="image/png", packed=packed),
        record(page("沒有。"), "http://a.cn/404", status="404 Not Found", packed=packed),
        record(b"", "http://a.cn/moved", status="301 Moved", headers=[("Location", "/")], packed=packed),
        record("第一行文字。\n第二行文字。".encode(), "http://a.cn/a.txt", kind="text/plain", packed=packed),
        record(page("資源。"), "http://a.cn/resource", kind="text/html", type="resource", packed=packed),
        record(page("未說。"), "http://a.cn/unsaid", kind="", packed=packed),
        record(b"{}", "http://a.cn/json", kind="application/json", packed=packed),
    ])  # fmt: skip
    documents, errors, notices = read(data)
    assert (errors, notices) == ([], [])
    assert urls(documents) == [URL, "http://a.cn/a.txt", "http://a.cn/resource", "http://a.cn/unsaid"]
    assert [document.format for document in documents] == ["warc"] * 4
    assert documents[0].about.captured == DATE
    assert documents[0].about.tool == "a crawler 1.0"
    assert documents[0].came_from == "a.warc: record 2"
    assert documents[0].data == page()
    assert documents[0].encoding.declared[0] == "HTTP header: utf-8"
    assert texts(documents[1]) == ("第一行文字。", "第二行文字。")
    assert documents[1].plain


def test_the_charset_of_the_server_is_used() -> None:
    data = page().decode().replace('<meta charset="utf-8"/>', "").encode("gb18030")
    (document,), _, _ = read(record(data, kind="text/html; charset=gb2312"))
    assert texts(document) == TEXTS


def test_an_archive_without_pages_says_so() -> None:
    documents, errors, notices = read(record(b"x", "http://a.cn/a.png", kind="image/png"))
    assert (documents, notices) == ([], [])
    assert errors == [
        "a.warc: holds no page (1 record, none of them a page or a text that was served);"
        " expected at least one response of HTML or plain text with status 200"
    ]


@pytest.mark.parametrize(
    "url",
    ["metadata://gnu.org/software/wget/warc/wget_arguments.txt", "urn:text:http://a.cn/", "urn:pageinfo:http://a.cn/",
     "http://a.cn/robots.txt"],
)  # fmt: skip
def test_what_a_crawler_notes_for_itself_is_no_document(url: str) -> None:
    kind = "response" if url.startswith("http") else "resource"
    documents, errors, notices = read(warc() + record(b"some text of it", url, kind="text/plain", type=kind))
    assert (urls(documents), errors, notices) == ([URL], [], [])


def test_a_page_that_cannot_be_read_does_not_keep_the_next_from_it() -> None:
    documents, errors, _ = read(record(b"<p></p>", OTHERS[0]) + record(PAGES[1], OTHERS[1]))
    assert urls(documents) == OTHERS[1:2]
    assert len(errors) == 1
    assert OTHERS[0] in errors[0]
    assert "record 1" in errors[0]


def test_what_is_not_a_web_archive_is_one_line() -> None:
    for data in (b"", b"WARC/", b"WARC/1.0", b"WARC/1.0\r\n\r\n", gzip.compress(b"WARC/"), b"\x1f\x8b"):
        documents, errors, notices = read(data)
        assert documents == []
        assert errors + notices


def test_escapes_in_an_address_reach_no_message() -> None:
    evil = "http://a.cn/\x1b]52;c;eA==\x07\u202e\x85"
    _, errors, _ = read(record(b"<p></p>", evil))
    _, _, notices = read(raw_record(http(page()), url=evil, length="7"))
    assert len(errors) == len(notices) == 1
    assert not {"\x1b", "\x07", "\u202e", "\x85"} & {*errors[0], *notices[0]}


# ── cut off ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("packed", [False, True])
def test_of_an_archive_that_is_cut_off_the_whole_records_are_read(packed: bool) -> None:
    data = three(packed=packed)
    last = len(data) - len(record(PAGES[2], OTHERS[2], packed=packed))
    for end in {last + 1, last + 30, (last + len(data)) // 2, len(data) - 40}:
        documents, errors, notices = read(data[:end])
        assert (urls(documents), errors) == (OTHERS[:2], [])
        assert len(notices) == 1
        assert "the last is incomplete" in notices[0]
        assert notices[0].startswith("3 records" if end > last + 30 else ("2 records", "3 records"))


@pytest.mark.parametrize("packed", [False, True])
def test_of_an_archive_whose_last_four_bytes_are_missing_nothing_is_lost_and_it_is_said(packed: bool) -> None:
    documents, errors, notices = read(three(packed=packed)[:-4])
    assert (urls(documents), errors) == (OTHERS, [])
    assert len(notices) == 1
    assert notices[0].startswith("3 records, the last is incomplete")


def test_no_cut_goes_unnoticed() -> None:
    for packed in (False, True):
        data = three(packed=packed)
        ends = [0]
        for body, url in zip(PAGES, OTHERS, strict=True):
            ends.append(ends[-1] + len(record(body, url, packed=packed)))
        for end in range(1, len(data), 7):
            if end not in ends:
                _, errors, notices = read(data[:end])
                assert any("incomplete" in line for line in notices) or errors, (packed, end)


# ── gzip ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_gzip_for_all_is_read_and_said() -> None:
    documents, errors, notices = read(gzip.compress(three()), "a.warc.gz")
    assert (urls(documents), errors) == (OTHERS, [])
    assert notices == ["3 records in a single gzip, not one each: read by unpacking all of it."]


def test_what_is_behind_a_broken_gzip_is_read() -> None:
    parts = [record(body, url, packed=True) for body, url in zip(PAGES, OTHERS, strict=True)]
    broken = bytearray(parts[1])
    broken[40:80] = bytes(40)
    documents, errors, notices = read(parts[0] + bytes(broken) + parts[2])
    assert (urls(documents), errors) == ([OTHERS[0], OTHERS[2]], [])
    assert any("broken" in line for line in notices)


def test_blank_bytes_between_members_are_no_fault() -> None:
    documents, errors, notices = read(bytes(0).join([three(packed=True), bytes(512)]))
    assert (urls(documents), errors, notices) == (OTHERS, [], [])


@given(st.lists(st.binary(max_size=200), max_size=8), st.integers(1, 50))
def test_members_of_any_size_in_pieces_of_any_size_unpack(parts: list[bytes], size: int) -> None:
    data = b"".join(gzip.compress(part) for part in parts)
    unpacked = Unpacked(data[at : at + size] for at in range(0, len(data), size))
    assert b"".join(piece or b"!" for piece in unpacked if piece != b"") == b"".join(parts)
    assert (unpacked.members, unpacked.cut) == (len(parts), False)


# ── lengths ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "lie",
    ["10", "100000000", "99999999999", "-5", None, "0x20", "many", "1e3", "0", "9" * 30],
)
def test_a_length_that_lies_swallows_no_other_record(lie: str | None) -> None:
    blocks = [http(data) for data in PAGES]
    data = raw_record(blocks[0], url=OTHERS[0]) + raw_record(blocks[1], url=OTHERS[1], length=lie)
    data += raw_record(blocks[2], url=OTHERS[2])
    documents, errors, notices = read(data)
    assert (urls(documents), errors) == (OTHERS, [])
    assert texts(documents[1])[1].startswith("第1篇。")
    assert len(notices) == 1
    assert "record 2" in notices[0]
    assert f"{len(blocks[1]):,} stand there" in notices[0]
    assert any("stand there" in remark for remark in documents[1].remarks)


def test_a_length_that_reaches_to_the_end_of_another_record_is_noticed() -> None:
    one, two = raw_record(http(PAGES[0]), url=OTHERS[0], length="{}"), raw_record(http(PAGES[1]), url=OTHERS[1])
    length = len(http(PAGES[0])) + 4 + len(two) - 4
    documents, _, notices = read(one.replace(b"{}", str(length).encode()) + two)
    assert urls(documents) == OTHERS[:2]
    assert any("stand there" in line for line in notices)


def test_a_record_in_a_page_is_text_where_the_digest_says_so() -> None:
    block = http(page() + b"<!--\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n-->")
    digest = "sha1:" + base64.b32encode(hashlib.sha1(block).digest()).decode()
    documents, errors, notices = read(raw_record(block, more=f"WARC-Block-Digest: {digest}\r\n"))
    assert (len(documents), errors, notices) == (1, [], [])


def test_bytes_of_no_record_are_counted() -> None:
    one, two = raw_record(http(PAGES[0]), url=OTHERS[0]), raw_record(http(PAGES[1]), url=OTHERS[1])
    documents, errors, notices = read(one + b"rubbish\r\nand more" + b"\r\n\r\n" + two)
    assert (urls(documents), errors) == (OTHERS[:2], [])
    assert notices == ["record 1: Behind it 17 bytes belong to no record."]


def test_a_record_beyond_the_limit_is_one_line_and_the_next_is_read() -> None:
    large = http(b"<p>" + b"x" * RECORD_LIMIT)
    documents, errors, notices = read(raw_record(large, url=OTHERS[0]) + raw_record(http(PAGES[1]), url=OTHERS[1]))
    assert (urls(documents), notices) == (OTHERS[1:2], [])
    assert len(errors) == 1
    assert "larger than 32 MiB" in errors[0]
    film = large.replace(b"text/html; charset=utf-8", b"video/mp4", 1)
    documents, errors, notices = read(raw_record(film, url=OTHERS[0]) + raw_record(http(PAGES[1]), url=OTHERS[1]))
    assert (urls(documents), errors, notices) == (OTHERS[1:2], [], [])


def test_a_thousand_faults_are_few_lines() -> None:
    _, _, notices = read(warc() + b"WARC/1.0\r\nx\r\n\r\nrubbish\r\n\r\n" * 1000)
    assert len(notices) < 30


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=6), st.integers(1, 64))
def test_records_of_any_bytes_come_out_as_they_went_in(blocks: list[bytes], size: int) -> None:
    data = b"".join(
        raw_record(block, more=f"WARC-Block-Digest: sha256:{hashlib.sha256(block).hexdigest()}\r\n") for block in blocks
    )
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    found = list(Frames(pieces))
    assert [frame.block for frame in found if isinstance(frame, Frame)] == blocks
    assert len(found) == len(blocks)


# ── digests ─────────────────────────────────────────────────────────────────────────────────────────────────────────

ALGORITHMS = ("md5", "sha1", "sha256", "sha512")
SPELLINGS: tuple[Callable[[bytes], str], ...] = (
    lambda d: base64.b32encode(d).decode(),
    lambda d: base64.b32encode(d).decode().lower().rstrip("="),
    lambda d: base64.b64encode(d).decode(),
    lambda d: base64.urlsafe_b64encode(d).decode().rstrip("="),
    bytes.hex,
    lambda d: d.hex().upper(),
)


@given(st.binary(max_size=50), st.sampled_from(ALGORITHMS), st.sampled_from(SPELLINGS))
def test_a_digest_is_verified_however_it_is_spelt(data: bytes, algorithm: str, spell: Callable[[bytes], str]) -> None:
    stated = f"{algorithm}:{spell(hashlib.new(algorithm, data).digest())}"
    assert digests.check(stated, data) == "verified"
    assert digests.check(stated, data + b"!") == "mismatch"


def test_what_is_no_digest_is_a_mismatch_and_an_unknown_algorithm_states_nothing() -> None:
    assert [digests.check(stated, b"") for stated in ("sha1:", "sha1:???", "sha1:" + "é" * 32)] == ["mismatch"] * 3
    assert [digests.check(stated, b"") for stated in (None, "", "x", "blake3:00", "shake_128:00")] == ["not stated"] * 5


@pytest.mark.parametrize(
    ("headers", "word"),
    [
        ("", "not stated"),
        ("WARC-Block-Digest: sha1:{block}\r\n", "verified"),
        ("WARC-Payload-Digest: sha1:{payload}\r\n", "verified"),
        ("WARC-Block-Digest: sha1:{block}\r\nWARC-Payload-Digest: sha1:{block}\r\n", "mismatch"),
        ("WARC-Block-Digest: sha1:{payload}\r\n", "mismatch"),
        ("WARC-Block-Digest: sha1:notadigest\r\n", "mismatch"),
        ("WARC-Block-Digest: whirlpool:{block}\r\n", "not stated in an algorithm that is known here (whirlpool)"),
    ],
)
def test_digests_are_one_of_three_words(headers: str, word: str) -> None:
    block = http(page())
    values = {
        name: base64.b32encode(hashlib.sha1(data).digest()).decode()
        for name, data in (("block", block), ("payload", page()))
    }
    (document,), errors, notices = read(raw_record(block, more=headers.format(**values)))
    assert f"The digest of the record: {word}." in document.remarks
    assert errors == []
    assert bool(notices) == (word == "mismatch")


def test_a_payload_may_be_digested_with_or_without_its_chunks() -> None:
    for counted in (page(), chunked(page())):
        digest = base64.b32encode(hashlib.sha1(counted).digest()).decode()
        block = http(chunked(page()), "Transfer-Encoding: chunked\r\n")
        (document,), _, notices = read(raw_record(block, more=f"WARC-Payload-Digest: sha1:{digest}\r\n"))
        assert (document.remarks, notices) == (("The digest of the record: verified.",), [])


# ── bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _brotli(data: bytes) -> bytes:
    return bytes(pytest.importorskip("brotli").compress(data))


def _zstd(data: bytes) -> bytes:
    return bytes(pytest.importorskip("zstandard").compress(data))


PACKERS = {
    "gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress,
    "br": _brotli, "zstd": _zstd, "identity": bytes,
}  # fmt: skip


@pytest.mark.parametrize("name", PACKERS)
@pytest.mark.parametrize("in_chunks", [False, True])
def test_what_was_done_to_a_body_on_its_way_is_undone(name: str, in_chunks: bool) -> None:
    data = PACKERS[name](page())
    headers = [("Content-Encoding", name)] + [("Transfer-Encoding", "chunked")] * in_chunks
    (document,), errors, notices = read(record(chunked(data) if in_chunks else data, headers=headers))
    assert (errors, notices, document.data, texts(document)) == ([], [], page(), TEXTS)


@pytest.mark.parametrize("name", [name for name in PACKERS if name != "identity"])
def test_a_body_that_was_undone_already_is_taken_as_it_stands(name: str) -> None:
    headers = [("Content-Encoding", name), ("Transfer-Encoding", "chunked")]
    (document,), errors, _ = read(record(page(), headers=headers))
    assert (errors, document.data) == ([], page())
    assert sum("as it stands" in remark for remark in document.remarks) == 2


@pytest.mark.parametrize("name", [name for name in PACKERS if name != "identity"])
def test_of_a_body_that_is_broken_inside_what_can_be_is_read_and_the_record_is_kept_raw(name: str) -> None:
    noise = "".join(f"<p>{hashlib.sha256(bytes([n])).hexdigest()}，第{n}段。</p>" for n in range(200))
    body = PACKERS[name](page().replace(b"</article>", noise.encode() + b"</article>"))
    documents, errors, _ = read(record(body[: len(body) * 3 // 4], headers=[("Content-Encoding", name)]))
    assert len(documents) + len(errors) == 1
    if documents:
        assert documents[0].data == body[: len(body) * 3 // 4]
        assert PARAGRAPHS[0] in texts(documents[0])
        assert any("cut off" in remark or "broken" in remark for remark in documents[0].remarks)
    else:
        assert "cut off" in errors[0] or "broken" in errors[0]


def test_chunks_that_break_off_are_said() -> None:
    whole = chunked(page())
    (document,), _, _ = read(record(whole[: len(whole) - 200], headers=[("Transfer-Encoding", "chunked")]))
    assert any("chunk" in remark for remark in document.remarks)
    assert document.data == whole[: len(whole) - 200]


def test_an_encoding_that_cannot_be_undone_here_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    body = _brotli(page())
    monkeypatch.setitem(sys.modules, "brotli", None)
    documents, errors, _ = read(record(body, headers=[("Content-Encoding", "br")]))
    assert documents == []
    assert "install lishu-tui[archives]" in errors[0]
    _, errors, _ = read(record(b"\0\1", headers=[("Content-Encoding", "lzma2")]))
    assert "lzma2" in errors[0]


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_grows_without_end_is_refused(name: str) -> None:
    body = PACKERS[name](bytes(RECORD_LIMIT + 1))
    documents, errors, _ = read(record(body, headers=[("Content-Encoding", name)]))
    assert documents == []
    assert "larger than 32 MiB" in errors[0]


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", ""]), st.booleans())
def test_no_body_makes_more_of_it_than_a_remark(data: bytes, content: str, in_chunks: bool) -> None:
    undo(data, "chunked" if in_chunks else "", content)


def test_fewer_bytes_than_the_server_announced_are_said() -> None:
    (document,), _, _ = read(record(page(), headers=[("Content-Length", "99999")]))
    assert any("announced 99,999 bytes" in remark for remark in document.remarks)


# ── revisits ────────────────────────────────────────────────────────────────────────────────────────────────────────

PROFILE = "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
DIGEST = "sha1:" + base64.b32encode(hashlib.sha1(PAGES[0]).digest()).decode()


@pytest.mark.parametrize(
    "refers",
    [
        f"WARC-Payload-Digest: {DIGEST}\r\n",
        f"WARC-Refers-To-Target-URI: {OTHERS[0]}\r\nWARC-Refers-To-Date: {DATE}\r\n",
        f"WARC-Refers-To-Target-URI: {OTHERS[0]}\r\n",
        "WARC-Refers-To: <urn:uuid:1>\r\n",
    ],
)
@pytest.mark.parametrize("before", [False, True])
def test_a_revisit_is_the_page_that_it_refers_to(refers: str, before: bool) -> None:
    revisit = raw_record(HEAD, type="revisit", url="http://a.cn/again", more=PROFILE + refers)
    original = record(PAGES[0], OTHERS[0], warc={"WARC-Record-ID": "<urn:uuid:1>"})
    documents, errors, notices = read(revisit + original if before else original + revisit)
    assert (urls(documents), errors, notices) == ([OTHERS[0], "http://a.cn/again"], [], [])
    assert documents[0].data == documents[1].data
    assert "as record" in documents[1].came_from


def test_a_revisit_whose_original_is_elsewhere_is_one_line() -> None:
    revisit = raw_record(
        HEAD, type="revisit", url="http://a.cn/again", more=f"{PROFILE}WARC-Payload-Digest: sha1:A\r\n"
    )
    documents, errors, _ = read(revisit)
    assert documents == []
    assert len(errors) == 1
    assert errors[0].startswith("a.warc: record 1, http://a.cn/again: repeats a page that is not in this file;")
    picture = raw_record(HEAD.replace(b"text/html; charset=utf-8", b"image/png"), type="revisit", more=PROFILE)
    documents, errors, _ = read(warc() + picture)
    assert (len(documents), errors) == (1, [])


def test_a_revisit_of_what_is_no_page_is_none() -> None:
    picture = record(b"\x89PNG", "http://a.cn/a.png", kind="image/png")
    revisit = raw_record(
        b"", type="revisit", url="http://a.cn/b.png", more=f"{PROFILE}WARC-Refers-To-Target-URI: http://a.cn/a.png\r\n"
    )
    documents, errors, notices = read(warc() + picture + revisit)
    assert (len(documents), errors, notices) == (1, [], [])


def test_a_page_that_was_sent_in_part_says_so() -> None:
    (document,), _, _ = read(record(page(), status="206 Partial Content"))
    assert "The server sent a part of it only (206)." in document.remarks


# ── time and memory ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_gzip_that_grows_without_end_is_held_in_pieces() -> None:
    """What is unpacked is taken as it comes, never whole."""
    bomb = gzip.compress(b"WARC/1.0\r\nContent-Length: 99999999\r\n\r\n" + bytes(RECORD_LIMIT + (8 << 20)))
    largest = max(len(piece or b"") for piece in Unpacked([bomb]))
    assert largest <= frames.CHUNK
    found: list[Read] = list(read_bytes(bomb, "a.warc.gz"))
    assert len(found) == 2


def test_lengths_that_all_pretend_to_be_long_take_no_time() -> None:
    """Each reaches to the end of the last record, which is where a record ends."""
    count, block = 10_000, http(b"x")
    size = len(raw_record(block, length="00000000", type="request", more="WARC-Block-Digest: sha1:x\r\n"))
    padding = raw_record(bytes(16 << 20), type="request")
    parts = []
    for n in range(count):
        length = f"{(count - n) * size + len(padding) - (size - len(block)):08}"
        parts.append(raw_record(block, length=length, type="request", more="WARC-Block-Digest: sha1:x\r\n"))
    start = time.perf_counter()
    _, errors, _ = read(b"".join([*parts, padding]))
    assert len(errors) == 1
    assert time.perf_counter() - start < 10


def test_gzip_that_breaks_everywhere_is_given_up() -> None:
    start = time.perf_counter()
    pieces = list(Unpacked([(b"\x1f\x8b\x08" + bytes(7) + b"\xff") * 5000] * 50))
    assert pieces == [None] * (frames.BREAKS + 1)
    assert time.perf_counter() - start < 10
