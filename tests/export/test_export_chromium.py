"""The page in a browser: clicked through as a reader would, with nothing fetched and nothing forbidden."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from msgspec.structs import replace

from lishu_tui.edition import Edition, load_edition
from lishu_tui.export.documents import Options, export
from tests.chromium import CHROMIUM, Chromium

if CHROMIUM is None:
    pytest.skip("there is no chromium here", allow_module_level=True)

ALL = Options(apparatus=True, statistics=True, names=True)
SHOWN = "[...document.querySelectorAll('.para .r')].filter(e => e.getClientRects().length).map(e => e.textContent)"
POP = "document.getElementById('_pop').matches(':popover-open') && document.getElementById('_pop').textContent"


@pytest.fixture(scope="module", name="browser")
def _browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    browser = Chromium(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


def written(edition: Edition, folder: Path, options: Options = ALL) -> str:
    path = folder / "page.html"
    path.write_text("".join(export(edition, "html", options)), "utf-8")
    return path.as_uri()


@pytest.fixture(scope="module", name="url")
def _url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(load_edition(), tmp_path_factory.mktemp("page"))


@pytest.fixture(name="page")
def _page(browser: Chromium, url: str) -> Iterator[Chromium]:
    """The page just opened; whatever was done to it, nothing was fetched, complained of or forbidden."""
    browser.open(url)
    yield browser
    assert browser.said == []
    assert {request.split("#")[0] for request in browser.requests} == {url}


def body(reading: str) -> list[str]:
    edition = load_edition()
    return [edition.readings[reading][i] for s in edition.sections for i in edition.body(s)]  # type: ignore[index]


def test_a_reading_is_chosen_and_kept_in_the_address_alone(page: Chromium, url: str) -> None:
    assert page.run(SHOWN) == body("restored")
    page.click("#_reading-simplified")
    assert page.run(SHOWN) == body("simplified")
    assert page.run("location.hash") == "#~simplified"
    page.key("t")
    assert page.run(SHOWN) == body("capture")
    page.open(f"{url}#closing/1~simplified~beneath")
    assert page.run(SHOWN) == body("simplified")
    assert page.run("document.querySelector('.here').id") == "closing/1"
    assert page.run("getComputedStyle(document.querySelector('[id=\"closing/1\"] .english')).display") == "block"
    assert page.run("document.cookie + localStorage.length") == "0"


def test_english_beneath_and_beside(page: Chromium) -> None:
    boxes = (
        "['.r.lead', '.english'].map(c => document.querySelector(`[id='closing/1'] ${c}`).getBoundingClientRect())"
        ".map(b => [b.left, b.top])"
    )
    page.click("#_english-beneath")
    chinese, english = page.run(boxes)
    assert chinese[0] == english[0]
    assert chinese[1] < english[1]
    page.click("#_english-beside")
    chinese, english = page.run(boxes)
    assert chinese[0] < english[0]
    assert chinese[1] == english[1]


def test_the_evidence_of_an_emendation_on_hover_on_tap_and_by_keyboard(page: Chromium) -> None:
    mark = "[id='party-leadership/0'] .restored .em"
    assert page.run(f"document.querySelector(`{mark}`).textContent") == "擔"
    page.hover(mark)
    said = page.until(POP)
    assert "擔 ] ?lián)" in said
    assert "chosen among 13" in said
    assert page.run(f"document.querySelector(`{mark}`).getAttribute('aria-describedby')") == "_pop"
    page.hover("#_pop")
    page.run("new Promise(done => setTimeout(done, 400))")
    assert page.run(POP)  # what is said can be gone to and read
    page.mouse("mouseMoved", 2, 2)
    assert page.until(f"!({POP})")
    page.run("document.activeElement.blur()")
    page.key("Tab")
    page.until("document.activeElement !== document.body")
    page.run(f"document.querySelector(`{mark}`).focus()")
    assert "擔 ] ?lián)" in page.until(POP)
    page.run(f"document.querySelector(`{mark}`).blur()")
    assert page.run(f"!({POP})")
    page.send("Emulation.setTouchEmulationEnabled", enabled=True)
    page.tap(mark)
    assert "擔 ] ?lián)" in page.until(POP)
    assert page.run("location.hash") == ""
    page.key("Escape")
    assert page.run(f"!({POP})")
    page.send("Emulation.setTouchEmulationEnabled", enabled=False)
    page.click("#_reading-capture")
    page.click("[id='party-leadership/0'] .capture .em")
    assert "擔 ] ?lián)" in page.until(POP)
    box = page.run("(b => [b.left, b.top, innerWidth - b.right, innerHeight - b.bottom])(_pop.getBoundingClientRect())")
    assert min(box) >= 0
    page.click("h1")
    assert page.run(f"!({POP})")


def test_glosses_are_marked_when_they_are_asked_for(page: Chromium) -> None:
    gloss = "[id='opening/1'] .restored .g"
    page.click(gloss)
    assert page.run(f"!({POP})")
    page.click("#_changes")
    page.click(gloss)
    assert "戰 ] 戰(zhàn)" in page.until(POP)


@pytest.mark.parametrize("query", ["防控", "疫情\u200b防 控"])
def test_a_search_finds_and_goes_round(page: Chromium, query: str) -> None:
    wanted = sum(
        text.count(query.replace(" ", "").replace("\u200b", "")) for text in load_edition().readings["restored"]
    )
    page.click("#_q")
    page.write(query)
    assert page.until("_count.textContent") == f"1/{wanted}"
    assert page.run("CSS.highlights.get('hit').size") == wanted
    first = page.run("[...CSS.highlights.get('now')][0].toString()")
    assert first == query.replace(" ", "").replace("\u200b", "")
    page.key("Enter")
    assert page.run("_count.textContent") == f"2/{wanted}"
    page.run("_q.blur()")
    page.key("n")
    assert page.run("_count.textContent") == f"3/{wanted}"
    for _ in range(3):
        page.key("p")
    assert page.run("_count.textContent") == f"{wanted}/{wanted}"
    seen = "(b => b.top > 0 && b.bottom < innerHeight)([...CSS.highlights.get('now')][0].getBoundingClientRect())"
    assert page.until(seen)


def test_a_search_is_blind_to_script_and_width(page: Chromium) -> None:
    counts = []
    for query in ("突击队", "突擊隊", "２０余次", "20余次", "应急响应", "應急響應", "不在此處"):
        page.run("_q.value = ''; _q.focus()")
        page.write(query)
        page.until(f"_q.value === {query!r}")
        page.run("new Promise(done => setTimeout(done, 200))")
        counts.append(page.run("_count.textContent"))
    assert counts[0] == counts[1] != "0"
    assert counts[2] == counts[3] == "1/1"
    assert counts[4] == counts[5] != "0"
    assert counts[6] == "0"
    page.click("#_reading-simplified")
    page.run("_q.value = ''; _q.focus()")
    page.write("應急響應")
    assert page.until("_count.textContent !== '0' && _count.textContent") == counts[5]
    assert page.run("[...CSS.highlights.get('now')][0].toString()") == "应急响应"


def test_a_figure_leads_to_its_sentence_in_whatever_reading(page: Chromium) -> None:
    bar = "#_figures a[href='#strict-readiness/1:72-75'] svg"
    page.click(bar)
    assert page.until("document.querySelector('.here')?.textContent") == "11個"
    seen = "(b => b.top > 0 && b.bottom < innerHeight)(document.querySelector('.here').getBoundingClientRect())"
    assert page.until(seen)
    assert page.run("location.hash") == "#strict-readiness/1:72-75"
    page.click("#_reading-simplified")
    page.click(bar)
    assert page.until("document.querySelector('.here')?.textContent") == "11个"
    page.click("nav a[href='#closing']")
    assert page.until("document.querySelector('.here')?.id") == "closing"


def test_it_reads_without_script(browser: Chromium, url: str) -> None:
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(f"{url}#closing/1")
        browser.click("#_reading-simplified")
        browser.click("#_english-beneath")
    finally:
        browser.send("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.run(SHOWN) == body("simplified")
    assert browser.run("_search.hidden") is True
    assert browser.said == []


def test_on_paper_there_is_the_text_and_nothing_to_press(page: Chromium) -> None:
    page.send("Emulation.setEmulatedMedia", media="print")
    try:
        hidden = "['.tools', 'nav', '.skip'].map(c => getComputedStyle(document.querySelector(c)).display)"
        assert page.run(hidden) == ["none"] * 3
        assert page.run(SHOWN) == body("restored")
    finally:
        page.send("Emulation.setEmulatedMedia", media="")


@pytest.mark.parametrize("width", [320, 390, 800, 1400])
def test_nothing_is_wider_than_the_window(page: Chromium, width: int) -> None:
    page.send("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 500)
    try:
        assert page.run("document.documentElement.scrollWidth") <= width
    finally:
        page.send("Emulation.clearDeviceMetricsOverride")


@pytest.mark.parametrize("width", [320, 1400])
def test_bars_are_to_scale_at_any_width(page: Chromium, width: int) -> None:
    page.send("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
    try:
        lengths = page.run(
            "['4085名', '6571名'].map(words =>"
            " [...document.querySelectorAll('#_figures a')].find(a => a.textContent === words)"
            ".querySelector('rect').getBoundingClientRect().width)"
        )
    finally:
        page.send("Emulation.clearDeviceMetricsOverride")
    assert lengths[0] / lengths[1] == pytest.approx(4085 / 6571, rel=0.02)


HOSTILE = (
    "<img src=x onerror=document.title='!'><script>document.title='!'</script></script><!--<svg onload=1>-->"
    '"\' onmouseover=document.title=1 x="javascript:document.title=1//]]></style>&#x3c;script&gt;\u202e\x1b]52;c;x\x07'
)


def test_whatever_stands_in_a_document_is_text(browser: Chromium, tmp_path: Path) -> None:
    edition = load_edition()
    put = HOSTILE.__add__
    source = replace(
        edition.source, title=HOSTILE, title_en=HOSTILE, publisher=HOSTILE, authors=(HOSTILE,), date=HOSTILE,
        rights=HOSTILE, encoding=HOSTILE, sha256=HOSTILE, supplied=(HOSTILE,),
    )  # fmt: skip
    hostile = replace(
        edition,
        source=source,
        readings={reading: tuple(text + HOSTILE for text in texts) for reading, texts in edition.readings.items()},
        sections=tuple(replace(s, label=put(s.label), label_en=put(s.label_en)) for s in edition.sections),
        statistics=tuple(
            replace(s, label=put(s.label), label_en=put(s.label_en), quote=put(s.quote), unit=HOSTILE)
            for s in edition.statistics
        ),
        names=tuple(replace(n, name=put(n.name), english=HOSTILE, office=HOSTILE) for n in edition.names),
        emendations=tuple(replace(e, stood=put(e.stood), reason=HOSTILE, bytes=HOSTILE) for e in edition.emendations),
        rules=tuple(replace(r, reason=HOSTILE, kind=HOSTILE) for r in edition.rules),
    )
    url = written(hostile, tmp_path)
    browser.open(url)
    browser.hover("[id='party-leadership/0'] .restored .em")
    browser.until(POP)
    browser.click("#_q")
    browser.write("<script>")
    assert browser.until("_count.textContent").startswith("1/")
    assert (
        browser.run("document.querySelectorAll('img, script, iframe, object, embed, style, svg[onload]').length") == 3
    )
    assert (
        browser.run(
            "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(a => /^on/.test(a.name)).length"
        )
        == 0
    )
    assert browser.run("[...document.links].every(a => a.getAttribute('href').startsWith('#'))")
    assert browser.run("document.title") == browser.run("document.querySelector('h1').textContent")
    assert browser.said == []
    assert {quote(r.split("#")[0], safe=":/%") for r in browser.requests} == {url}
