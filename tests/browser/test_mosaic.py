"""A mosaic is a picture without scripts and on paper; with them readers come closer by wheel, key and button."""

from __future__ import annotations

import pytest

from figures.artifact import Artifact
from figures.charts import mosaics
from tests.browser import sample
from tests.browser.resting import rest
from tests.browser.test_accessibility import RUN, axe  # noqa: F401 - a fixture
from tests.figures.atlases import CLASSES, atlas

pytestmark = pytest.mark.browser

TEXT = """

## A map

:::{map}
:name: map

Sixty places.
:::
"""
CANVAS, TOLD = "#fig-map .mosaic-canvas", "#fig-map .mosaic-told"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    drawn = mosaics.draw(atlas(), runners_up=2, alt_text="Sixty places.")
    more = {"map": Artifact("Sixty places.", (drawn,), sample.lines().table)}
    return sample.build(tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("source"), sample.TEXT + TEXT, more)


@pytest.fixture
def near(at):
    """Open the page at the mosaic, drawn."""

    def opened(fragment="#fig-map", **settings):
        tab = at(fragment, **settings)
        tab.locator(".mosaic-live").wait_for()
        return tab

    return opened


def told(tab) -> str:
    return tab.locator(TOLD).inner_text()


def test_without_scripts_the_middle_grid_is_a_picture_with_words(at):
    tab = at("#fig-map", java_script_enabled=False)
    assert tab.locator("#fig-map .mosaic-still").get_attribute("alt") == "Sixty places."
    assert tab.locator("#fig-map .mosaic-still").bounding_box()["width"] > 300
    assert not tab.locator("#fig-map .mosaic-tools").is_visible()


def test_on_paper_the_picture_comes_back(near):
    tab = near()
    assert not tab.locator("#fig-map .mosaic-still").is_visible()
    tab.emulate_media(media="print")
    assert tab.locator("#fig-map .mosaic-still").is_visible()
    assert not tab.locator(CANVAS).is_visible()


def test_pointing_tells_the_label_and_the_count(near):
    tab = near()
    box = tab.locator(CANVAS).bounding_box()
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    label, _, rest = told(tab).partition(": ")
    assert label in CLASSES
    assert rest.split()[1].startswith("positions")


def test_the_page_scrolls_until_somebody_takes_hold(near):
    tab = near()
    box = tab.locator(CANVAS).bounding_box()
    before = tab.evaluate("scrollY")
    tab.mouse.move(box["x"] + 100, box["y"] + 100)
    tab.mouse.wheel(0, -200)
    tab.wait_for_function("(before) => scrollY < before", arg=before)
    assert not tab.locator(".mosaic-closer").count()
    tab.locator(CANVAS).click()
    tab.mouse.wheel(0, -200)
    tab.locator(".mosaic-closer").wait_for()


def test_keys_go_from_picture_to_picture_and_come_closer(near):
    tab = near()
    tab.locator(CANVAS).focus()
    tab.keyboard.press("ArrowRight")
    first = told(tab)
    tab.keyboard.press("ArrowRight")
    assert first.partition(":")[0] in CLASSES
    assert told(tab).partition(":")[0] in CLASSES
    tab.keyboard.press("+")
    tab.locator(".mosaic-closer").wait_for()
    tab.keyboard.press("0")
    assert not tab.locator(".mosaic-closer").count()


def test_buttons_stop_where_there_is_no_further(near):
    tab = near()
    closer, away = tab.get_by_role("button", name="Zoom in"), tab.get_by_role("button", name="Zoom out")
    assert away.is_disabled()
    while closer.is_enabled():
        closer.click()
    assert away.is_enabled()
    tab.get_by_role("button", name="Whole").click()
    assert away.is_disabled()


def test_a_label_alone_stays_bright(near):
    tab = near()
    tab.locator(CANVAS).scroll_into_view_if_needed()
    before = tab.locator(CANVAS).screenshot()
    tab.locator("#fig-map select").select_option(label="espresso")
    rest(tab, 100)
    assert tab.locator(CANVAS).screenshot() != before
    assert told(tab).startswith("espresso: ")
    assert tab.locator("#fig-map option").all_inner_texts() == ["all", *sorted(CLASSES)]


def test_what_is_seen_stands_in_the_address(near, at):
    tab = near()
    tab.get_by_role("button", name="Zoom in").click()
    tab.locator("#fig-map select").select_option(label="espresso")
    rest(tab, 200)
    fragment = tab.evaluate("location.hash")
    assert fragment == "#fig-map&fig-map-1.seen=0.5,0.5,1.6&fig-map-1.only=espresso"
    again = at(fragment.replace("0.5,0.5", "0.3125,0.6"))
    again.locator(".mosaic-closer").wait_for()
    assert again.locator("#fig-map select").input_value() == "espresso"
    assert told(again).startswith("espresso: ")
    rest(again, 200)
    assert again.evaluate("location.hash") == "#fig-map&fig-map-1.seen=0.313,0.6,1.6&fig-map-1.only=espresso"
    again.get_by_role("button", name="Whole").click()
    again.locator("#fig-map select").select_option(label="all")
    rest(again, 200)
    assert again.evaluate("location.hash") == "#fig-map"


def test_an_address_of_another_map_shows_the_whole(near):
    tab = near("#fig-map&fig-map-1.seen=0.5,x,2&fig-map-1.only=unicorn")
    assert not tab.locator(".mosaic-closer").count()
    assert tab.locator("#fig-map select").input_value() == ""


def test_two_fingers_come_closer_and_a_touch_tells_a_cell(near):
    tab = near(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    tab.locator(CANVAS).scroll_into_view_if_needed()
    box = tab.locator(CANVAS).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.touchscreen.tap(x, y)
    assert told(tab).partition(":")[0] in CLASSES
    touch = tab.context.new_cdp_session(tab)
    for kind, apart in (("touchStart", 20), ("touchMove", 40), ("touchMove", 80), ("touchEnd", None)):
        points = [] if apart is None else [{"x": x + way * apart, "y": y, "id": way + 1} for way in (-1, 1)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    tab.locator(".mosaic-closer").wait_for()
    rest(tab, 200)
    assert float(tab.evaluate("location.hash").rpartition(",")[2]) == pytest.approx(4, rel=0.05)
    assert tab.evaluate("visualViewport.scale") == 1
    tab.get_by_role("button", name="Whole").tap()
    assert not tab.locator(".mosaic-closer").count()


def test_it_fits_a_phone(near):
    tab = near(viewport={"width": 390, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    assert tab.locator(CANVAS).bounding_box()["width"] <= 390


def test_it_has_no_barriers(near, axe):  # noqa: F811
    tab = near()
    tab.evaluate(axe)
    assert [one["id"] for one in tab.evaluate(RUN)["violations"]] == []
