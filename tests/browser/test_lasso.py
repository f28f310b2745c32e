"""Charts of images: some of a map are chosen by a line, by keys or by touch, and kept in the address.

A crop is shown by whatever points at its cell.
"""

from __future__ import annotations

import numpy as np
import pytest

from figures import artifact
from figures.charts import class_comparison, embedding
from figures.methods.atlas.icons import Icons
from tests.browser import sample
from tests.browser.resting import rest
from tests.browser.test_accessibility import RUN, axe  # noqa: F401 - a fixture
from tests.figures.embedded_records import compared, embedded

pytestmark = pytest.mark.browser

TEXT = """

## A map

:::{map}
:name: map

Thirty-six arcs.
:::

:::{between}
:name: between

Three cells.
:::
"""
COUNT, SIDE = 36, 6
TOLD, TILES, STAGE = "#fig-map .lasso-told:visible", "#fig-map .lasso-tile", "#fig-map .chart-live"
PLACE = """(i) => { const mark = [...document.querySelectorAll('#fig-map .chart-live [class*="role-mark"] > path')]
  .find((one) => { const item = [one.__data__].flat()[0]; return item?.tooltip != null && item.datum.i === i; });
  const { x, y, width, height } = mark.getBoundingClientRect(); return [x + width / 2, y + height / 2]; }"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    pictures = np.stack([np.asarray(sample.arc(10 * i, 48)) for i in range(COUNT)])
    chart = embedding.draw(embedded(COUNT, pictures=pictures), alt_text="Arcs.")
    icons = Icons(np.full((3, 8, 8, 3), 60, np.uint8), np.full(3, 0.5))
    cells = class_comparison.draw(compared(icons=icons, steps=3), alt_text="Cells.")
    table = sample.lines().table
    more = {name: artifact.Artifact("Some.", (part,), table) for name, part in {"map": chart, "between": cells}.items()}
    return sample.build(tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("source"), sample.TEXT + TEXT, more)


@pytest.fixture
def near(at):
    """Open the page at the map, alive."""

    def opened(fragment: str = "#fig-map", **settings):
        tab = at(fragment, **settings)
        tab.locator("#fig-map .chart:visible").scroll_into_view_if_needed()
        tab.locator(STAGE).wait_for()
        return tab

    return opened


def place(tab, number: int) -> list[float]:
    return tab.evaluate(PLACE, number)


def around(tab, first: int, last: int) -> None:
    """Draw a line with the mouse around all images between two corners."""
    (x0, y0), (x1, y1) = place(tab, first), place(tab, last)
    tab.mouse.move(x0 - 20, y0 - 20)
    tab.mouse.down()
    for x, y in ((x1 + 20, y0 - 20), (x1 + 20, y1 + 20), (x0 - 20, y1 + 20)):
        tab.mouse.move(x, y, steps=3)
    tab.mouse.up()


def test_a_line_chooses_what_it_holds_and_the_address_keeps_it(near) -> None:
    tab = near()
    assert tab.locator(TILES).count() == tab.get_by_role("button", name="Clear").count() == 0
    around(tab, 7, 14)
    assert tab.locator(TOLD).inner_text() == "4 of 36 images: 2 b, 2 c."
    assert tab.locator(TILES).count() == 4
    assert tab.evaluate("microscribe.views['fig-map-1'].signal('chosen').filter(Boolean).length") == 4
    rest(tab, 200)
    assert tab.evaluate("location.hash") == "#fig-map&fig-map-1.chosen=7-8,13-14"
    tab.reload()
    tab.locator(TILES).first.wait_for()
    assert tab.locator(TOLD).inner_text().startswith("4 of 36 images")
    clear = tab.get_by_role("button", name="Clear")
    clear.click()
    assert tab.locator(TILES).count() == clear.count() == 0
    assert tab.evaluate("document.activeElement.className") == "chart-live"
    rest(tab, 200)
    assert tab.evaluate("location.hash") == "#fig-map"


def test_a_click_brings_one_and_a_tile_takes_it_out(near) -> None:
    tab = near()
    around(tab, 7, 14)
    tab.mouse.click(*place(tab, 20))
    assert tab.locator(TILES).count() == 5
    tab.get_by_role("button", name="image 20: c; take it out").click()
    assert tab.locator(TILES).count() == 4


def test_keys_choose_one_and_all_between_two_corners(near) -> None:
    tab = near()
    tab.locator(STAGE).focus()
    for key in ("ArrowRight", "Enter", "r", "ArrowRight", "ArrowDown", "R"):
        tab.keyboard.press(key)
    assert tab.locator(TOLD).inner_text().startswith("4 of 36 images: ")
    tab.keyboard.press("Backspace")
    assert tab.locator(TILES).count() == 0


def test_fingers_choose_while_a_button_says_so(near) -> None:
    tab = near(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 900})
    tab.touchscreen.tap(*place(tab, 3))
    assert tab.locator(TILES).count() == 0
    tab.get_by_role("button", name="Choose by touch").tap()
    tab.locator("#fig-map .chart:visible").scroll_into_view_if_needed()
    tab.touchscreen.tap(*place(tab, 3))
    assert tab.locator(TOLD).inner_text() == "1 of 36 images: 1 a."
    assert tab.evaluate("document.documentElement.scrollWidth") == 390


def test_an_address_of_another_map_chooses_what_there_is(near) -> None:
    tab = near("#fig-map&fig-map-1.chosen=35-90,x,-3,2")
    assert tab.locator(TOLD).inner_text().startswith("2 of 36 images")


def test_a_map_with_a_choice_has_no_barriers(near, axe) -> None:  # noqa: F811
    tab = near("#fig-map&fig-map-1.chosen=1-9")
    tab.evaluate(axe)
    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in tab.evaluate(RUN)["violations"]] == []


@pytest.mark.parametrize("touch", [False, True])
def test_the_crop_of_a_cell_is_shown_by_a_key_or_a_finger(at, touch) -> None:
    tab = at("#fig-between", has_touch=touch, is_mobile=touch)
    stage = tab.locator("#fig-between .chart-live")
    stage.wait_for()
    icon = stage.locator("image").first
    if touch:
        icon.tap()
    else:
        stage.focus()
        tab.keyboard.press("Home")
    crop = tab.locator(".chart-tip img")
    crop.wait_for()
    assert crop.get_attribute("src") not in (None, icon.get_attribute("href"))
    assert "tabby" in tab.locator(".chart-tip").inner_text()
    if touch:
        tab.locator("#fig-between figcaption").tap()
        tab.locator(".chart-tip").wait_for(state="hidden")
