"""A choice that does not begin with its first label: the last step of an optimisation is seen before all others."""

from __future__ import annotations

import dataclasses

import pytest

from tests.browser import sample
from tests.browser.resting import rest
from tests.browser.test_controls import SEEN

pytestmark = pytest.mark.browser

TEXT = """

## Steps

:::{steps}
:name: steps

Arcs in steps.
:::
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    made = sample.steps()
    begun = dataclasses.replace(made, controls=(dataclasses.replace(made.controls[0], start="30"),))
    folders = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("source")
    return sample.build(*folders, sample.TEXT + TEXT, {"steps": begun})


def test_the_last_step_is_seen_at_first_with_and_without_scripts(visit, site, browser):
    page = site["arcs/index.html"].as_uri()
    tab = visit("404.html")
    tab.goto(page)
    assert set(tab.evaluate(SEEN, "fig-steps")) == {"30"}
    assert tab.locator("#fig-steps input[type=range]").input_value() == "3"
    plain = browser.new_context(java_script_enabled=False)
    silent = plain.new_page()
    silent.goto(page)
    assert silent.locator("#fig-steps .staged:visible").count() == 2
    plain.close()


def test_only_another_step_stands_in_the_address(visit, site):
    tab = visit("404.html")
    tab.goto(site["arcs/index.html"].as_uri())
    slider = tab.locator("#fig-steps input[type=range]")
    slider.press("Home")
    rest(tab, 250)
    assert tab.evaluate("location.hash") == "#fig-steps.step=0"
    tab.reload()
    assert set(tab.evaluate(SEEN, "fig-steps")) == {"0"}
    slider.press("End")
    rest(tab, 250)
    assert tab.evaluate("location.hash") == ""


def test_titles_stay_above_their_pictures_in_one_row(visit, site):
    tab = visit("404.html")
    tab.goto(site["arcs/index.html"].as_uri())
    title, picture = (tab.locator(f"#fig-steps .titled {what}").bounding_box() for what in (".sprite-title", "img"))
    assert title["y"] + title["height"] <= picture["y"]
    assert title["x"] == pytest.approx(picture["x"], abs=1)
    assert title["width"] == pytest.approx(picture["width"], abs=1)
