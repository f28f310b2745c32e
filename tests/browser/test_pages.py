"""Whole pages: from the disk, without scripts, at every width, by keyboard."""

from __future__ import annotations

import pytest

from tests.browser.resting import rest

pytestmark = pytest.mark.browser

PAGES = ("index.html", "arcs/index.html", "units/sample/index.html", "units/sample/mixed3b-3.html", "404.html")


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_asked_of_another_place_and_nothing_fails(visit, site, address):
    tab = visit("404.html")
    asked, failed, said = [], [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("requestfailed", lambda request: failed.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(site[address].as_uri())
    tab.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    rest(tab, 700)
    tab.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    rest(tab, 700)
    assert asked
    assert all(url.startswith(("file:///", "data:")) for url in asked)
    assert (failed, said) == ([], [])


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [320, 390, 768, 1100, 1200, 1440, 2560])
def test_no_page_is_wider_than_its_window(visit, address, width):
    tab = visit(address, viewport={"width": width, "height": 800})
    tab.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach((summary) => summary.click())")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_all_words_and_drawings_are_there(visit):
    tab = visit(java_script_enabled=False)
    assert tab.locator("#fig-tuning svg .mark-line path").count() == 3
    assert tab.locator("#fig-wide svg").is_visible()
    assert tab.locator("#fig-sheet .tile").count() == 16
    text = tab.locator("main").inner_text()
    for words in (
        "within 33 degrees",
        "Figure 2",
        "Orientation is the",
        "Arcs in Samples",
        "Not measured",
        "@article{",
    ):
        assert words in text
    assert not tab.locator(".theme-switch").is_visible()
    tab.locator("#fig-tuning details.made summary").click()
    assert "sample:6000" in tab.locator("#fig-tuning .record").inner_text()


def test_the_fonts_are_ours(visit):
    tab = visit()
    tab.evaluate("document.fonts.ready")
    faces = tab.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert any("Source Serif Pro" in face for face in faces)
    assert any("Source Sans Pro" in face for face in faces)


def test_text_does_not_move_when_the_fonts_arrive(visit):
    measure = "[...document.querySelectorAll('.body > p')].map(p => p.getBoundingClientRect().height)"
    tab = visit(bypass_csp=True)
    tab.evaluate("document.fonts.ready")
    ours = tab.evaluate(measure)
    tab.add_style_tag(
        content=':root{--text:"Source Serif Pro Stand-in","Source Serif Pro Second Stand-in","Source Serif Pro Third Stand-in",serif;'
        '--labels:"Source Sans Pro Stand-in","Source Sans Pro Second Stand-in","Source Sans Pro Third Stand-in",sans-serif}'
    )
    rest(tab, 100)
    assert tab.evaluate(measure) == ours


def test_columns(visit):
    tab = visit()
    box = {
        name: tab.locator(name).first.bounding_box()
        for name in (".body > p", "#fig-sheet", "#fig-wide", ".margin-note")
    }
    assert box[".body > p"]["width"] == 664
    assert box["#fig-sheet"]["width"] == 776
    assert box["#fig-wide"]["width"] == 1080
    assert 200 <= box[".margin-note"]["width"] <= 230
    assert box[".margin-note"]["x"] > box[".body > p"]["x"] + 664


def test_a_caption_stands_in_the_margin_where_there_is_one(visit):
    for width, beside in ((1440, True), (1100, False)):
        tab = visit(viewport={"width": width, "height": 900})
        parts = tab.locator("#fig-tuning .figure-parts").bounding_box()
        caption = tab.locator("#fig-tuning .caption").bounding_box()
        assert (caption["x"] >= parts["x"] + parts["width"]) == beside


def test_the_contents_follow_the_reader(visit):
    tab = visit(viewport={"width": 1440, "height": 500})
    assert tab.locator(".contents-side [aria-current]").count() == 0
    tab.evaluate("document.getElementById('how-sharply-they-are-tuned').scrollIntoView({block: 'start'})")
    rest(tab, 200)
    assert tab.locator(".contents-side [aria-current]").inner_text() == "How sharply they are tuned"
    assert tab.locator(".contents-side").bounding_box()["y"] >= 0


def test_the_contents_fold_where_there_is_no_room_beside(visit):
    tab = visit(viewport={"width": 1100, "height": 800})
    assert not tab.locator(".contents-side").is_visible()
    tab.locator(".contents-fold summary").click()
    tab.locator(".contents-fold a >> nth=1").click()
    assert tab.evaluate("location.hash") == "#how-sharply-they-are-tuned"
    assert not tab.locator(".contents-fold ol").is_visible()


def test_the_skip_link_comes_first(visit):
    tab = visit()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert tab.evaluate("document.activeElement.getBoundingClientRect().top") >= 0


def test_a_drawer_closes_another_and_escape_closes_it(visit):
    tab = visit()
    assert tab.locator("#fig-sheet .drawer").count() == 0
    tab.locator("#fig-sheet details.made summary").click()
    assert tab.locator("#fig-sheet details.made .drawer .copy").count() == 1
    tab.locator("#fig-sheet details.numbers summary").click()
    rest(tab, 100)
    assert not tab.locator("#fig-sheet details.made .drawer").is_visible()
    tab.keyboard.press("Escape")
    assert not tab.locator("#fig-sheet details.numbers .drawer").is_visible()


def test_the_citation_can_be_copied(visit):
    tab = visit()
    tab.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    tab.locator(".appendix .copyable").hover()
    tab.locator(".appendix .copy").click()
    assert tab.evaluate("window.copied").startswith("@article{")


def test_the_sheet_filters_and_moves_by_arrows(visit):
    tab = visit("units/sample/index.html")
    tab.locator(".filter [type=search]").fill("mixed3b:1")
    assert tab.locator(".sheet > li:visible").count() == 7
    assert tab.locator(".filter output").inner_text() == "7 of 16"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("document.activeElement.innerText.trim()") == "mixed3b:10"
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/mixed3b-10.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(visit, scheme):
    tab = visit(color_scheme=scheme)
    contrast = tab.evaluate(CONTRAST)
    assert contrast["ink"] >= 7
    assert contrast["quiet"] >= 4.5
    assert contrast["accent"] >= 4.5


CONTRAST = """(() => {
  const style = getComputedStyle(document.documentElement);
  const light = (name) => {
    const hex = style.getPropertyValue(name).trim().slice(1);
    const [r, g, b] = [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = light("--paper");
  const ratio = (name) => { const l = light(name);
    return (Math.max(l, paper) + 0.05) / (Math.min(l, paper) + 0.05); };
  return { ink: ratio("--ink"), quiet: ratio("--quiet"), accent: ratio("--accent") };
})()"""
