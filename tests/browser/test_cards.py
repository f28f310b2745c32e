"""Hover cards: mouse, keyboard, touch, pinning, Escape."""

from __future__ import annotations

import pytest

from tests.browser.resting import rest

pytestmark = pytest.mark.browser

NOTE = "#fnref-1"
UNIT = "a.unit-chip >> nth=0"


def cards(tab) -> int:
    return tab.locator(".card").count()


def leave(tab) -> None:
    tab.mouse.move(5, 880)


@pytest.mark.parametrize(("mark", "words"), [
    (NOTE, "Orientation is the direction"),
    ("#cite-1 a >> nth=0", "Arcs in Samples"),
    ("#cite-1 a >> nth=1", "Another Look at Arcs"),
    ("#cite-2 a", "Journal of Examples"),
    (UNIT, "mixed3b:3"),
])  # fmt: skip
def test_the_mouse_opens_a_card(visit, mark, words):
    tab = visit()
    tab.locator(mark).hover()
    assert words in tab.locator(".card").inner_text()


# How long a card stays after the pointer went, by the page's own clock.
WATCH = """(from) => {
  window.stayed = new Promise((done) => {
    let left = 0;
    document.querySelector(from).addEventListener("pointerleave", () => { left = performance.now(); });
    new MutationObserver(() => {
      if (left && !document.querySelector(".card")) done(performance.now() - left);
    }).observe(document.body, { childList: true, subtree: true });
  });
}"""


def test_a_card_stays_a_moment_after_the_pointer_leaves_its_mark(visit):
    tab = visit()
    tab.locator(NOTE).hover()
    tab.locator(".card").wait_for()
    tab.evaluate(WATCH, NOTE)
    leave(tab)
    assert 150 < tab.evaluate("stayed") < 3000


def test_the_pointer_may_enter_the_card(visit):
    tab = visit()
    tab.locator(NOTE).hover()
    tab.locator(".card").hover()
    rest(tab, 700)
    assert cards(tab) == 1
    tab.evaluate(WATCH, ".card")
    leave(tab)
    assert 300 < tab.evaluate("stayed") < 3000


def test_a_card_lies_beside_its_mark_and_inside_the_window(visit):
    tab = visit(viewport={"width": 390, "height": 844})
    for mark in (NOTE, "#cite-1 a >> nth=1"):
        tab.locator(mark).hover()
        at, card = tab.locator(mark).bounding_box(), tab.locator(".card").bounding_box()
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= 390
        gap = max(card["y"] - at["y"] - at["height"], at["y"] - card["y"] - card["height"])
        assert -1 <= gap < 24
        tab.keyboard.press("Escape")


def test_keyboard_focus_opens_and_escape_closes(visit):
    tab = visit()
    tab.locator(UNIT).focus()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "fnref-1"
    assert "Orientation" in tab.locator(".card").inner_text()
    tab.keyboard.press("Escape")
    assert cards(tab) == 0
    assert tab.evaluate("document.activeElement.id") == "fnref-1"


def test_leaving_by_keyboard_closes(visit):
    tab = visit()
    tab.locator(UNIT).focus()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    rest(tab, 500)
    assert "Orientation" not in "".join(tab.locator(".card").all_inner_texts())


def test_enter_pins_and_moves_into_the_card_and_escape_returns(visit):
    tab = visit()
    tab.locator(UNIT).focus()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.className").startswith("card")
    tab.keyboard.press("Escape")
    assert cards(tab) == 0
    assert tab.evaluate("document.activeElement.id") == "fnref-1"


def test_a_click_pins_and_a_second_one_unpins(visit):
    tab = visit()
    tab.locator(NOTE).click()
    leave(tab)
    rest(tab, 900)
    assert cards(tab) == 1
    assert tab.evaluate("location.hash") == ""
    tab.locator(NOTE).click()
    assert cards(tab) == 0


def test_a_click_elsewhere_closes_a_pinned_card(visit):
    tab = visit()
    tab.locator(NOTE).click()
    tab.mouse.click(700, 60)
    assert cards(tab) == 0


def test_touch_opens_and_a_tap_outside_closes(visit):
    tab = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    tab.locator(NOTE).tap()
    assert "Orientation" in tab.locator(".card").inner_text()
    tab.touchscreen.tap(200, 60)
    assert cards(tab) == 0


def test_the_first_touch_of_a_unit_shows_its_card_and_the_second_goes_to_its_page(visit):
    tab = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    tab.locator(UNIT).tap()
    assert tab.locator(".card .tile").count() > 3
    assert "arcs/index.html" in tab.url
    tab.locator(UNIT).tap()
    tab.wait_for_url("**/units/sample/mixed3b-3.html")


def test_a_click_on_a_unit_goes_to_its_page(visit):
    tab = visit()
    tab.locator(UNIT).click()
    tab.wait_for_url("**/units/sample/mixed3b-3.html")
    assert tab.locator("h1").inner_text() == "mixed3b:3"


def test_a_card_repeats_no_id(visit):
    tab = visit()
    tab.locator(NOTE).hover()
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
