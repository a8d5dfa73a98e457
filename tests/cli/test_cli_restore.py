"""`restore`, and a file of one's own in the reader: what comes out, what is said, and what is left alone."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest

from lishu_tui.cli import program
from lishu_tui.cli import restore as command
from lishu_tui.cli.exit_codes import ExitCode
from lishu_tui.edition import Edition, load_edition
from lishu_tui.restore import Model, Uncured, damage

EDITION = load_edition()
CAPTURE = EDITION.capture.decode()
RESTORED = "\n".join(EDITION.readings["restored"])
SIMPLIFIED = "\n".join(EDITION.readings["simplified"])
UNDAMAGED = {
    "empty": "",
    "a line end": "\n",
    "without a last line end": "人民群眾生命安全",
    "traditional": "梨樹縣主要領導親自掛帥（排兵布陣），靠前指揮。\n\n真的？真的！\n",
    "simplified": "同舟共济，守望相助。\n",
    "a lesson": "今天我們「學(xué)習漢語」，覺(jué)得很有意思，睡覺(jiào)也想着。\n",
    "Japanese": "戦略（せんりゃく）とは何か? わかりません。\n",
    "code": "if (a ? b : c) { print(\"&lt;\"); }\n\tx[0] = '(zhàn)';\n",
    "a table": "a\tb\tc\n1\t?\t3\n",
    "line ends of Windows": "一行\r\n兩行\r\n",
    "line ends of the old Mac": "一行\r兩行\r",
    "controls": "a\x1b[31mb\x07\x00\u202e\n",
}


class Form(msgspec.Struct, forbid_unknown_fields=True):
    pass


class Emendation(Form):
    start: int
    end: int
    restored_start: int
    restored_end: int
    stood: str
    stands: str
    class_: str = msgspec.field(name="class")
    certainty: Literal["certain", "named", "chosen"]
    candidates: int
    runner_up: str | None
    margin: float | None
    bytes: str | None
    reason: str
    consistent: bool


class Rule(Form):
    class_: str = msgspec.field(name="class")
    stood: str
    stands: str
    count: int
    reason: str
    places: list[int]


class Step(Form):
    class_: str = msgspec.field(name="class")
    emendations: list[Emendation]


class Left(Form):
    start: int
    end: int
    stood: str
    reason: str


class Restored(Form):
    text: str
    reading: Literal["restored", "simplified"]
    damaged: bool
    consistent: bool
    reason: str
    encoding: str
    found_by: Literal["bom", "declared", "judged"]
    undecodable: int
    steps: list[Step]
    glosses: list[tuple[str, str, int]]
    emendations: list[Emendation]
    rules: list[Rule]
    uncured: list[Left]


def applied(text: str, found: Restored) -> str:
    """The text after the steps, the rules and the emendations; written anew here, from what the JSON says alone."""
    for step in found.steps:
        text = replaced(text, [(e.start, e.end, e.stood, e.stands) for e in step.emendations])
    changes = [(e.start, e.end, e.stood, e.stands) for e in found.emendations]
    for rule in found.rules:
        assert rule.count == len(rule.places)
        changes += [(n, n + 1, text[n], rule.stands[rule.stood.index(text[n])]) for n in rule.places]
    return replaced(text, changes)


def replaced(text: str, changes: list[tuple[int, int, str, str]]) -> str:
    for start, end, stood, stands in sorted(changes, reverse=True):
        assert text[start:end] == stood
        text = text[:start] + stands + text[end:]
    return text


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def made(data: str | bytes, name: str = "page.txt") -> str:
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(path)

    return made


def answer(call: Any, *args: str) -> Restored:
    printed = call("restore", "--json", *args)
    assert (printed.code, printed.err) == (0, "")
    return msgspec.convert(json.loads(printed.out), Restored)


@pytest.mark.smoke
def test_the_bundled_capture_comes_out_as_the_restored_reading(run: Any, call: Any, file: Any) -> None:
    path = file(EDITION.capture)
    done = run("restore", path)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, RESTORED, b"")
    simplified = call("restore", path, "--reading", "simplified")
    different = {(a, b) for a, b in zip(simplified.out, SIMPLIFIED, strict=True) if a != b}
    assert different <= {("着", "著")}  # by character here, by phrase in the edition


@pytest.mark.smoke
def test_the_json_is_enough_to_make_the_text_of_the_capture(call: Any, file: Any) -> None:
    found = answer(call, file(EDITION.capture))
    assert (found.text, found.damaged, found.consistent) == (RESTORED, True, True)
    assert applied(CAPTURE, found) == found.text
    assert [e.stands for e in found.emendations] == [
        found.text[e.restored_start : e.restored_end] for e in found.emendations
    ]
    assert ("戰", "zhàn", 22) in found.glosses
    assert sum(count for _, _, count in found.glosses) <= len(found.emendations)
    assert {"punctuation", "left-standing"} == {rule.class_ for rule in found.rules}
    chosen = [e for e in found.emendations if e.certainty == "chosen"]
    assert chosen
    assert all(e.candidates > 1 and e.reason for e in chosen)


def test_a_page_of_another_kind_replays_too(call: Any, file: Any) -> None:
    text = "　　當前，防控工作進入關鍵時期；各級黨組織要發揮作用（見圖），當好先鋒。\n" * 3
    glosses = (
        ("當", "dāng"),
        ("進", "jìn"),
        ("關", "guān"),
        ("鍵", "jiàn"),
        ("級", "jí"),
        ("黨", "dǎng"),
        ("發", "fā"),
    )
    captured = damage(text, Model(glosses, "，；：（", "，；：（）"))
    assert captured != text
    found = answer(call, file(captured))
    assert found.damaged
    assert applied(captured, found) == found.text == text


@pytest.mark.parametrize("text", UNDAMAGED.values(), ids=UNDAMAGED)
def test_what_is_not_damaged_comes_out_byte_for_byte(run: Any, call: Any, file: Any, text: str) -> None:
    path = file(text)
    for env in ({}, {"LC_ALL": "C", "PYTHONIOENCODING": None}):
        done = run("restore", path, env=env)
        assert (done.returncode, done.stdout, done.stderr) == (0, text.encode(), b"")
    found = answer(call, path)
    assert (found.text, found.damaged, found.consistent, found.emendations, found.steps) == (text, False, True, [], [])


def test_stdin(run: Any) -> None:
    command_line = [sys.executable, "-m", "lishu_tui", "restore", "-"]
    done = subprocess.run(command_line, input=EDITION.capture, capture_output=True, timeout=20, check=False)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, RESTORED, b"")
    assert run("restore", "-").stdout == b""


def test_stdin_closed(is_one_line: Any) -> None:
    line = f"exec {sys.executable} -m lishu_tui restore - <&-"
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=20, check=False)
    assert (done.returncode, done.stdout, is_one_line(done.stderr)) == (ExitCode.USAGE, b"", True)


def test_a_pipe_is_a_file_too(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    line = f"cat {pipe.parent}/page > {pipe} & {sys.executable} -m lishu_tui restore {pipe}"
    (tmp_path / "page").write_bytes(EDITION.capture)
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=20, check=False)
    assert (done.returncode, done.stdout.decode()) == (0, RESTORED)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_file_in_another_encoding(call: Any, file: Any, encoding: str) -> None:
    text = UNDAMAGED["traditional"] * 4
    found = answer(call, file(text.encode(encoding)))
    assert (found.text, found.undecodable) == (text, 0)
    assert found.encoding.startswith(encoding.partition("-sig")[0])


def test_bytes_that_cannot_be_decoded_are_said(call: Any, file: Any, is_one_line: Any) -> None:
    path = file("人民群眾生命安全，全縣上下一心。".encode() * 4 + b"\xff\xfe?\n")
    printed = call("restore", path)
    assert printed.code == 0
    assert is_one_line(printed.err)
    assert "could not be decoded as utf-8" in printed.err
    found = json.loads(call("restore", path, "--json").out)
    assert found["undecodable"] == found["text"].count("\ufffd") > 0


def test_other_hurts_are_steps_of_their_own(call: Any, file: Any) -> None:
    text = "他說&ldquo;好&rdquo;，就走了&hellip;&hellip;\r\n第二天&nbsp;又來了。\n"
    found = answer(call, file(text))
    assert found.text == "他說“好”，就走了……\n第二天 又來了。\n" == applied(text, found)
    assert (found.damaged, [s.class_ for s in found.steps]) == (False, ["line-end", "entity"])


def test_the_c_locale(run: Any, file: Any) -> None:
    path = file(EDITION.capture)
    for env in ({"LC_ALL": "C", "PYTHONIOENCODING": None}, {"PYTHONIOENCODING": "ascii"}):
        done = run("restore", "--json", path, env=env)
        assert (done.returncode, done.stderr) == (0, b"")
        assert json.loads(done.stdout.decode())["text"] == RESTORED
    narrow = run("restore", path, env={"PYTHONIOENCODING": "ascii"})
    assert (narrow.returncode, narrow.stdout.isascii()) == (0, True)
    assert run("restore", path, env={"PYTHONIOENCODING": "gb18030"}).stdout.decode("gb18030") == RESTORED


def test_what_could_not_be_cured_is_said_a_line_each(call: Any, file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real = command.cure

    def marked(data: bytes, name: str) -> command.Cured:
        cured = real(data, name)
        left = tuple(Uncured(n, n + 1, "?\x1b", "nothing\nfits") for n in range(26))
        return cured._replace(done=cured.done._replace(uncured=left))

    monkeypatch.setattr(command, "cure", marked)
    path = file("人民\n")
    for args in ([path], [path, "--json"]):
        printed = call("restore", *args)
        lines = printed.err.splitlines()
        assert printed.code == 0
        assert len(lines) == 21
        assert lines[0] == f'lishu-tui: {path}: character 0: "?␛" could not be cured: nothing␊fits'
        assert lines[-1] == f"lishu-tui: {path}: 6 more that could not be cured"
        assert all(line.isprintable() for line in lines)
    assert len(json.loads(printed.out)["uncured"]) == 26


def test_a_change_that_does_not_come_out_as_captured_is_said(
    call: Any, file: Any, is_one_line: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = command.cure

    def marked(data: bytes, name: str) -> command.Cured:
        cured = real(data, name)
        first, *rest = cured.done.emendations
        done = cured.done._replace(consistent=False, emendations=(first._replace(consistent=False), *rest))
        return cured._replace(done=done)

    monkeypatch.setattr(command, "cure", marked)
    printed = call("restore", file(EDITION.capture))
    assert (printed.code, printed.out, is_one_line(printed.err)) == (0, RESTORED, True)
    assert "1 emendation stands in a line that does not come out as captured when damaged again" in printed.err


def test_on_a_terminal_the_text_is_made_safe(call: Any, file: Any, terminal: None) -> None:
    printed = call("restore", file("a\x1b]0;x\x07\u202e\tb\n\n[/b]\n"))
    assert (printed.code, printed.out) == (0, "a␛]0;x␇� b\n\n[/b]\n")
    assert call("restore", file("")).out == ""
    assert call("restore", file("a")).out == "a\n"


def test_json_has_no_control_of_a_terminal(call: Any, file: Any) -> None:
    text = "a\x1b]0;x\x07\u202e\U000e0041b\n"
    out = call("restore", file(text), "--json").out
    assert out.replace("\n", "").isprintable()
    assert json.loads(out)["text"] == text


def test_what_is_too_large_is_refused(call: Any, file: Any, is_one_line: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lishu_tui.library.limits.FILE_LIMIT", 2**20)
    for args in (["restore", file(b"a" * (2**20 + 1))], ["restore", "/dev/zero"], ["restore", "-"]):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a" * (2**20 + 1))))
        printed = call(*args)
        assert (printed.code, printed.out, is_one_line(printed.err)) == (ExitCode.USAGE, "", True)
        assert "at most 1 MiB" in printed.err
    assert call("restore", file(b"a" * 2**20)).code == 0


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no /proc here")
def test_what_cannot_be_read_is_one_line(call: Any, is_one_line: Any) -> None:
    printed = call("restore", "/proc/self/mem")
    assert (printed.code, printed.out, is_one_line(printed.err)) == (ExitCode.IO, "", True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_full_disk(run: Any, file: Any, more: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = run("restore", file("人民\n"), *more, stdout=full)
    assert (done.returncode, done.stderr) == (ExitCode.IO, b"lishu-tui: write error: No space left on device\n")


def test_the_program_itself_is_still_a_function_of_no_arguments(call: Any) -> None:
    assert call("restore", "--help").out.startswith("Usage: lishu-tui restore [OPTIONS] FILE|-\n")


# A file in the reader.


def opened(call: Any, monkeypatch: pytest.MonkeyPatch, word: str) -> Edition:
    """The edition that the reader is given."""
    asked: list[Edition] = []

    def run(address: object, edition: Edition, *, stored: bool) -> int:
        assert (address, stored) == (None, False)
        asked.append(edition)
        return 0

    with monkeypatch.context() as patched:
        patched.setattr("lishu_tui.cli.reader.can_draw", lambda: True)
        patched.setattr("lishu_tui.tui.run", run)
        assert call(word) == (0, "", "")
    return asked[0]


def test_a_file_opens_in_the_reader(call: Any, file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = opened(call, monkeypatch, file(EDITION.capture))
    assert "\n".join(edition.readings["restored"]) == RESTORED
    assert edition.capture == EDITION.capture


@pytest.mark.smoke
def test_a_file_is_printed_where_there_is_no_terminal(run: Any, file: Any) -> None:
    done = run(file(EDITION.capture))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "\n\n".join(EDITION.readings["restored"]) + "\n"


def test_a_document_is_no_file_and_a_command_neither(
    call: Any, file: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("lishu", "toc", "serach", "other"):
        file(f"這是一個檔案，名為{name}。\n", name)
    assert call("lishu").out.startswith("這是一次")
    assert call("toc").out.startswith("address\t")
    for word in ("./lishu", "./toc", "serach", "other"):
        assert call(word) == (0, f"這是一個檔案，名為{word.removeprefix('./')}。\n", "")


@pytest.mark.parametrize(
    "name",
    ["a\x1b]0;pwn\x07", "a\nb", "a\u202eb", "[/b][red]", "a\udcff", "-x", "--help", "%s{0}", " ", "a/b", "中文 文檔"],
)
def test_a_file_with_a_hostile_name(
    call: Any, is_one_line: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("人民群眾生命安全。\n")
    monkeypatch.chdir(tmp_path)
    assert call(f"./{name}") == call("restore", "--", name) == (0, "人民群眾生命安全。\n", "")
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    for args in ([f"./{name}"], ["restore", "--", name]):
        printed = call(*args)
        assert (printed.code, printed.out, is_one_line(printed.err)) == (ExitCode.USAGE, "", True)


def test_a_file_that_cannot_be_opened_is_one_line(call: Any, is_one_line: Any, file: Any, tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to("nowhere")
    for word in (str(tmp_path), str(tmp_path / "dangling"), file(""), "/dev/null"):
        printed = call(word)
        assert (printed.out, is_one_line(printed.err)) == ("", True)
        assert printed.code in (ExitCode.USAGE, ExitCode.IO)
    assert program.run([str(tmp_path), "x"]) == ExitCode.USAGE
