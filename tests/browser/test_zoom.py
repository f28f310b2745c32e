"""Pictures as large as the window: opening, going on, closing, and where the focus is then."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

ENLARGE = "#fig-sheet .enlarge"
PICTURE = ".specimen-large img.picture"


def opened(tab) -> bool:
    return tab.locator(".zoom[open]").count() == 1


def words(tab) -> str:
    return tab.locator(".zoom-words").inner_text()


def test_the_tiles_of_a_figure_go_by_under_the_arrow_keys(visit):
    tab = visit()
    tab.locator(ENLARGE).focus()
    tab.keyboard.press("Enter")
    assert opened(tab)
    assert tab.locator(".zoom-place").inner_text() == "1 of 16"
    assert tab.locator(".zoom").get_attribute("aria-label") == "Pictures of Figure 1"
    for key, place in (
        ("ArrowRight", 2),
        ("ArrowDown", 3),
        ("ArrowLeft", 2),
        ("End", 16),
        ("ArrowRight", 16),
        ("Home", 1),
    ):
        tab.keyboard.press(key)
        assert tab.locator(".zoom-place").inner_text() == f"{place} of 16"
    tab.get_by_role("button", name="Next").click()
    assert "3.2 of 3.0" in words(tab)
    assert "an arc at 22°" in words(tab)
    from_left = tab.locator(".zoom-picture").evaluate("(tile) => tile.firstElementChild.offsetLeft / tile.offsetWidth")
    assert from_left == pytest.approx(-1, abs=0.03)  # the second tile of the sheet


def test_escape_and_close_give_the_focus_back(visit):
    tab = visit()
    for leave in (lambda: tab.keyboard.press("Escape"), lambda: tab.get_by_role("button", name="Close").click()):
        tab.locator(ENLARGE).click()
        leave()
        tab.wait_for_selector(".zoom:not([open])", state="attached")
        assert tab.evaluate("document.activeElement.className") == "enlarge"


def test_the_words_lead_to_the_page_of_the_unit(visit):
    tab = visit()
    tab.locator(ENLARGE).click()
    tab.keyboard.press("ArrowRight")
    tab.locator(".zoom-words a").click()
    tab.wait_for_url("**/units/sample/mixed3b-1.html")


def test_links_of_tiles_stay_links(visit):
    tab = visit()
    tab.locator("#fig-sheet .sprite a >> nth=2").click()
    tab.wait_for_url("**/units/sample/mixed3b-2.html")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_picture_opens_by_click_and_by_key_as_large_as_fits(visit, width):
    tab = visit("units/sample/mixed3b-3.html", viewport={"width": width, "height": 800})
    assert tab.locator(PICTURE).get_attribute("aria-label") == "an arc at 68°; enlarge"
    before = tab.evaluate("scrollY")
    for act in (lambda: tab.locator(PICTURE).click(), lambda: tab.locator(PICTURE).press("Enter")):
        act()
        assert opened(tab)
        box, stage = (tab.locator(name).bounding_box() for name in (".zoom-picture", ".zoom-stage"))
        assert box["width"] == pytest.approx(box["height"], abs=1)
        assert box["width"] == pytest.approx(min(stage["width"], stage["height"]) - 32, abs=2)
        assert tab.locator(".zoom").evaluate("(d) => d.scrollWidth <= innerWidth")
        tab.keyboard.press("Escape")
        assert tab.evaluate("document.activeElement.className") == "picture"
    assert tab.evaluate("scrollY") == before


def test_a_tile_that_is_no_link_opens_itself(visit):
    tab = visit("units/sample/mixed3b-3.html")
    tab.locator(".specimen-side .tile >> nth=4").click()
    assert tab.locator(".zoom-place").inner_text() == "6 of 13"


def test_small_pictures_are_not_blown_up_beyond_measure(visit):
    tab = visit(viewport={"width": 1440, "height": 1400})
    tab.locator(ENLARGE).click()
    assert tab.locator(".zoom-picture").bounding_box()["width"] == 6 * 64


def test_nothing_moves_when_scripts_arrive_and_without_them_there_is_no_button(visit):
    heights = []
    for scripts in (True, False):
        tab = visit(java_script_enabled=scripts)
        heights.append(tab.locator("#fig-sheet").bounding_box()["height"])
        assert tab.locator(ENLARGE).is_visible() == scripts
    assert heights[0] == heights[1]
