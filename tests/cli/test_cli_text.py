"""What each command prints for a person or a pipe."""

from __future__ import annotations

import csv
import io
from typing import Any

import click
import msgspec
import pytest

from lishu_tui.cli import output, program, types
from lishu_tui.cli.reference import command_table, reference
from lishu_tui.edition import Statistic, load_edition
from lishu_tui.export import figures
from lishu_tui.typeset import cells

EDITION = load_edition()


def test_the_text(call: Any) -> None:
    printed = call("show")
    assert printed.out.split("\n\n") == [*EDITION.readings["restored"][:-1], EDITION.readings["restored"][-1] + "\n"]
    assert call().out == call("lishu").out == printed.out  # stdin and stdout are no terminals here
    assert (
        call("lishu/closing").out
        == call("show", "lishu/closing").out
        == "\n\n".join(EDITION.readings["restored"][27:29]) + "\n"
    )
    assert call("show", "lishu/opening/1:0-4").out == "這是一次\n"


def test_the_capture_is_byte_for_byte(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert program.run(["show", "--reading", "capture"]) == 0
    assert capfdbinary.readouterr().out == EDITION.capture


def test_a_part_of_the_capture(call: Any, terminal: None) -> None:
    assert call("show", "lishu/opening", "--reading", "capture").out.split("\n")[:-1] == list(
        EDITION.readings["capture"][:2]
    )


def test_toc_names_source(call: Any) -> None:
    toc = call("toc").out.splitlines()
    assert toc[0].split("\t") == ["address", "heading", "English", "paragraphs", "characters"]
    assert toc[1].split("\t") == ["lishu/opening", "〔開篇〕", "Opening", "2", "154"]
    names = call("names").out.splitlines()
    assert len(names) == len(EDITION.names) + 1
    assert all(line.count("\t") == 6 for line in names)
    source = call("source").out
    assert f"sha256: {EDITION.source.sha256}\n" in source
    assert "supplied: The title" in source


def test_columns_are_aligned_in_cells(call: Any, terminal: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    lines = call("toc").out.splitlines()
    starts = {
        cells(line[: line.index(section.label_en)]) for line, section in zip(lines[1:], EDITION.sections, strict=True)
    }
    assert len(starts) == 1


def test_columns_where_there_is_no_room(call: Any, terminal: None) -> None:
    lines = call("toc").out.splitlines()
    assert lines[:2] == ["lishu/opening", "  〔開篇〕 · Opening · 2 paragraphs · 154 characters"]
    assert call("names").out.splitlines()[0] == EDITION.names[0].name


def test_search(call: Any) -> None:
    found = call("search", "突击队")
    assert found == call("search", "突击队", "--plain")
    assert found.code == 0
    assert found.out
    for line in found.out.splitlines():
        address, words, context = line.split("\t")
        assert address.startswith("lishu/")
        assert words == "突擊隊"
        assert words in context
    assert call("search", "突击队", "--count").out == f"{len(found.out.splitlines())}\n"


def test_search_on_a_terminal(call: Any, terminal: None) -> None:
    printed = call("search", "突击队")
    assert "lishu/party-leadership" in printed.out
    assert "突擊隊" in printed.out
    assert printed.out.endswith(f"{call('search', '突击队', '--count').out.strip()} hits for 突击队\n")


def test_nothing_found(call: Any, is_one_line: Any) -> None:
    for command in ("search", "kwic"):
        found = call(command, "麒麟")
        assert (found.code, found.out) == (1, "")
        assert is_one_line(found.err)
    assert call("search", "麒麟", "--count") == (1, "0\n", "")


def test_kwic_is_aligned_in_cells(call: Any) -> None:
    for query in ("防控", "prevention"):
        lines = call("kwic", query, "--width", "10").out.splitlines()
        assert (
            len(
                {cells(line[: line.lower().index(f" {query}") + 1]) for line in lines if line.lower().count(query) == 1}
            )
            == 1
        )
        assert len({cells(line[: line.index("lishu/")]) for line in lines if line.count("lishu/") == 1}) == 1


def test_kwic_fits_a_terminal(call: Any, terminal: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (80, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        lines = call("kwic", "防控").out.splitlines()
        assert columns - 24 < max(map(cells, lines)) <= columns
        assert len({cells(line[: line.index(" 防控 ")]) for line in lines}) == 1


def test_kwic_as_csv(call: Any) -> None:
    rows = list(csv.reader(io.StringIO(call("kwic", "防控", "--csv").out)))
    assert rows[0] == ["address", "section", "paragraph", "start", "end", "left", "keyword", "right"]
    assert {row[6] for row in rows[1:]} == {"防控"}
    assert all(row[2].isdigit() for row in rows[1:])


def test_stats_for_a_pipe(call: Any) -> None:
    plain = call("stats").out
    assert plain == call("stats", "--plain").out
    rows = [line.split("\t") for line in plain.splitlines()]
    assert len(rows) == len(EDITION.statistics)
    assert {len(row) for row in rows} == {5}
    assert ["> 500", "500余個"] in [[row[1], row[4]] for row in rows]
    table = list(csv.DictReader(io.StringIO(call("stats", "--csv").out)))
    assert [row["address"] for row in table] == [row[0] for row in rows]
    assert "9980" in {row["value"] for row in table}


@pytest.mark.smoke
def test_stats_on_a_terminal(call: Any, terminal: None) -> None:
    out = call("stats").out
    for statistic in EDITION.statistics:
        assert figures.amount(statistic) in out
    assert "9,980" in out
    assert "> 500" in out
    assert out.endswith(f"as reported · {len(EDITION.statistics)} figures\n")
    for comparison in EDITION.comparisons:
        assert comparison.label_en in out
    rows = [line for line in out.splitlines() if "█" in line]
    assert len(rows) == sum(len(c.rows) for c in EDITION.comparisons)
    assert all(cells(line) <= 100 for line in out.splitlines())
    assert "\x1b" not in out


def test_comparisons_need_all_their_figures(call: Any, terminal: None) -> None:
    assert "█" not in call("stats", "lishu/opening").out
    assert call("stats", "lishu/opening").out == "as reported · 0 figures\n"


def test_bars_are_to_scale() -> None:
    assert [cells(figures.bar(n, 100, 16)) for n in (100, 50, 0)] == [16, 8, 0]
    assert figures.bar(1, 10_000, 16) == "▏"
    assert figures.bar(0, 0, 16) == ""


@pytest.mark.parametrize(
    ("bound", "shown"),
    [("exact", "1,234"), ("more_than", "> 1,234"), ("at_least", "≥ 1,234"), ("less_than", "< 1,234"),
     ("at_most", "≤ 1,234"), ("approaching", "≲ 1,234"), ("about", "≈ 1,234"), ("range", "1,000–2,000")],
)  # fmt: skip
def test_every_bound_has_its_sign(bound: Any, shown: str) -> None:
    statistic = msgspec.structs.replace(EDITION.statistics[0], value=1234, low=1000, high=2000, bound=bound)
    assert figures.amount(statistic) == shown


def test_markup_in_the_data_is_printed_as_it_is(call: Any, terminal: None, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = "[red]x[/b] [sic] :smile: \x1b[31m\u202e"
    shown = "[red]x[/b] [sic] :smile: ␛[31m�"

    def marked(statistic: Statistic) -> Statistic:
        return msgspec.structs.replace(statistic, label_en=hostile, label=hostile)

    section = msgspec.structs.replace(EDITION.sections[1], label=hostile, label_en=hostile)
    edition = msgspec.structs.replace(
        EDITION,
        statistics=tuple(map(marked, EDITION.statistics)),
        sections=(EDITION.sections[0], section, *EDITION.sections[2:]),
    )
    monkeypatch.setenv("COLUMNS", "300")
    for name in ("about", "everywhere", "texts"):
        monkeypatch.setattr(f"lishu_tui.cli.{name}.load", lambda *_: edition)
    for args in (["stats"], ["toc"], ["search", "工作組"], ["stats", "--plain"], ["stats", "--csv"]):
        out = call(*args).out
        assert shown in out, args
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_json_escapes_what_a_terminal_must_not_see(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    out = call("search", "a\x1b\x9b\u202e\U000e0041\n", "--json").out
    assert '"query": "a\\u001b\\u009b\\u202e\\udb40\\udc41\\n"' in out
    assert msgspec.json.decode(out)["query"] == "a\x1b\x9b\u202e\U000e0041\n"


def test_a_spreadsheet_takes_no_cell_for_a_formula(capsys: pytest.CaptureFixture[str]) -> None:
    output.write_csv(
        ("a", "b"), [("=1+1", -3), ("+86", 4.5), ("-x", None), ("@x", 1), ("\tx", 1), ("\rx", 1), ("x=", 1)]
    )
    printed = capsys.readouterr().out
    assert printed == "a,b\n'=1+1,-3\n'+86,4.5\n'-x,\n'@x,1\n' x,1\n'␍x,1\nx=,1\n"


def test_help_lists_the_commands_with_their_own_short_help() -> None:
    context = click.Context(program.program, info_name=program.PROG)
    for name, (_, line) in program.COMMANDS.items():
        command = program.program.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert command.get_short_help_str(200) == line


def test_help(call: Any) -> None:
    assert call("--help") == call("-h") == call("lishu", "--help")
    for name in program.COMMANDS:
        assert f"\n  {name} " in call("--help").out
        assert "Example:" in call(name, "--help").out
    assert call("--version").out.startswith("lishu-tui ")


def test_the_reference_names_every_command_and_option(call: Any) -> None:
    text = command_table() + reference()
    assert text == command_table() + reference()
    for name in program.COMMANDS:
        assert f"`lishu-tui {name}" in text
    for words in (
        "`lishu-tui [ADDRESS \\| FILE]`",
        "`lishu-tui config path`",
        "--print-keys",
        "--reading",
        "--sort",
        "Example: `",
    ):
        assert words in text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(call: Any, shell: str) -> None:
    assert "_LISHU_TUI_COMPLETE" in call("completion", shell).out


def test_addresses_complete() -> None:
    found = types.ADDRESS.shell_complete(click.Context(program.program), click.Argument(["address"]), "lishu/p")
    assert [item.value for item in found] == ["lishu/party-leadership"]
    context = click.Context(program.program)
    first = [item.value for word in ("s", "lishu/c", "") for item in program.program.shell_complete(context, word)]
    assert first == ["show", "search", "stats", "source", "s", "lishu/closing", "lishu/c", *program.COMMANDS]


def test_where_the_settings_are(call: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("LISHU_TUI_CONFIG", raising=False)
    assert call("config", "path").out.endswith("config.toml\n")


def test_keys(call: Any) -> None:
    from lishu_tui.tui.keys import print_keys

    assert call("--print-keys").out.rstrip("\n") == print_keys().rstrip("\n") != ""
