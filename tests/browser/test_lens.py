"""A picture under a grid: pointing, touching, keys, the address, and the page without scripts."""

from __future__ import annotations

import pytest

from figures import artifact
from figures.lens import Lens
from tests.browser import sample
from tests.browser.resting import rest
from tests.browser.test_accessibility import RUN, axe  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

TEXT = """

## Where

:::{lens}
:name: lens

Arcs where they are.
:::
"""
CELLS = (((0, 3.0), (4, 2.5)), ((1, 1.5),), (), ((2, 1.25), (0, 1.0)), ((3, 0.5),), ((5, 0.25),))
NAMES = tuple(f"mixed3b:{i}" for i in range(6))
VIEW = "#fig-lens .lens-view"
PLACE = "#fig-lens .lens-panel .lens-place"


def lens() -> artifact.Artifact:
    made = Lens(sample.picture(45), sample.sprite(4, columns=2), 2, 3, NAMES, CELLS, (0, 3))
    return artifact.Artifact("Arcs.", (made,), sample.lines().table)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder, source = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("source")
    return sample.build(folder, source, sample.TEXT + TEXT, {"lens": lens()})


def told(tab) -> list[str]:
    return tab.locator("#fig-lens .lens-panel li").all_inner_texts()


def at_cell(tab, row: int, column: int) -> dict[str, float]:
    box = tab.locator(VIEW).bounding_box()
    return {"x": box["width"] * (column + 0.5) / 3, "y": box["height"] * (row + 0.5) / 2}


def test_pointing_tells_a_cell_and_a_click_keeps_it(visit):
    tab = visit()
    view = tab.locator(VIEW)
    view.scroll_into_view_if_needed()
    assert tab.locator(PLACE).inner_text() == "Row 1, column 1"
    assert told(tab) == ["mixed3b:0\n3", "mixed3b:4\n2.5"]
    view.hover(position=at_cell(tab, 1, 0))
    assert told(tab) == ["mixed3b:2\n1.25", "mixed3b:0\n1"]
    tab.mouse.move(0, 0)
    assert tab.locator(PLACE).inner_text() == "Row 1, column 1"
    view.click(position=at_cell(tab, 0, 1))
    tab.mouse.move(0, 0)
    assert told(tab) == ["mixed3b:1\n1.5"]
    rest(tab, 250)
    assert tab.evaluate("location.hash") == "#fig-lens-1.cell=1,2"


def test_the_address_chooses_a_cell_that_there_is(at):
    assert at("#fig-lens-1.cell=2,2").locator(PLACE).inner_text() == "Row 2, column 2"
    assert at("#fig-lens-1.cell=9,2").locator(PLACE).inner_text() == "Row 1, column 1"


def test_arrow_keys_stop_at_the_border_and_an_empty_cell_says_so(visit):
    tab = visit()
    tab.locator(VIEW).focus()
    for key in ("ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight"):
        tab.keyboard.press(key)
    assert tab.locator(PLACE).inner_text() == "Row 1, column 3"
    assert "No channel answers above zero." in tab.locator("#fig-lens .lens-panel").inner_text()
    tab.keyboard.press("ArrowDown")
    assert told(tab) == ["mixed3b:5\n0.25"]


def test_without_scripts_the_listed_cells_stand_in_the_page(visit):
    tab = visit(java_script_enabled=False)
    places = tab.locator("#fig-lens .lens-cells .lens-place").all_inner_texts()
    assert places == ["1. Row 1, column 1", "2. Row 2, column 1"]
    assert not tab.locator("#fig-lens .lens-panel").is_visible()


def test_on_a_phone_in_the_dark_nothing_is_cut_off_or_unreadable(visit, axe):  # noqa: F811
    tab = visit(viewport={"width": 390, "height": 800}, color_scheme="dark")
    tab.locator(VIEW).scroll_into_view_if_needed()
    right = tab.locator(VIEW).bounding_box()
    assert right["x"] + right["width"] <= 390
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.evaluate(axe)
    assert [one["id"] for one in tab.evaluate(RUN)["violations"]] == []
