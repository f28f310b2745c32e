"""Figures among which a reader chooses, by two parameters: by pointer, by key, by address, on paper, without scripts."""

from __future__ import annotations

import dataclasses

import pytest

from builder.plan.choices import Choice
from tests.browser import sample
from tests.browser.resting import rest
from tests.browser.test_accessibility import RUN, axe  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

TEXT = """

:::{turned}
:name: turned

Arcs, turned.
:::

::::{subfigures}
:name: both

:::{again}
:name: again

Arcs once more.
:::

:::{other}
:name: other
:::

Arcs and curves, @fig-both-b.
::::
"""
BOXES = """() => [...document.querySelectorAll("#fig-both .subfigure")].map((one) => {
  const { left, top, right } = one.getBoundingClientRect();
  return [left, top, right];
})"""
CHOICES = (
    Choice("angle", "Angle", "which way the arc bulges", ("0°", "30°", "60°", "90°"), "slider"),
    Choice("count", "Count", "", ("1", "2"), "toggle"),
)
SEEN = """() => [...document.querySelectorAll("#fig-turned .staged")].filter((one) => one.getClientRects().length)
  .map((one) => Object.values(JSON.parse(one.dataset.shown)).sort().join(" "))"""
FETCHED = """() => [...document.querySelectorAll("#fig-turned .figure-parts img:not([loading])")]
  .map((one) => Object.values(JSON.parse(one.closest(".staged").dataset.shown)).join(" "))"""


def turned(angle: str, count: str):
    made = sample.lines(300, 120)
    pictures = [sample.picture(float(angle[:-1]) + n, 96) for n in range(int(count))]
    parts = [dataclasses.replace(one, name=f"picture-{n}") for n, one in enumerate(pictures)]
    return dataclasses.replace(made, parts=(*made.parts, *parts), notes=(f"At {angle}.",))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    several = [((angle, count), turned(angle, count)) for angle in CHOICES[0].labels for count in CHOICES[1].labels]
    alone = [((count,), turned("0°", count)) for count in CHOICES[1].labels]
    more = {"turned": (CHOICES, several), "again": (CHOICES[1:], alone), "other": sample.lines(640, 120)}
    folder, source = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("source")
    return sample.build(folder, source, sample.TEXT + TEXT, more)


def test_a_choice_changes_all_of_the_figure_and_stands_in_the_address(at, axe):  # noqa: F811
    page = at()
    assert page.evaluate(SEEN) == ["0° 1"] * 4  # the chart, the picture, the note and the foot
    page.locator("#fig-turned input[type=range]").press("ArrowRight")
    page.locator("#fig-turned label", has_text="2").click()
    rest(page, 400)
    assert page.evaluate(SEEN) == ["2 30°"] * 5
    assert page.locator("#fig-turned .figure-note:visible").all_inner_texts() == ["At 30°."]
    foot = page.locator("#fig-turned .figure-foot:visible")
    assert "Angle 30° · Count 2" in foot.inner_text()
    assert foot.get_by_role("link").first.get_attribute("href") == "../figures/arcs/turned/3.html"
    again = at(page.evaluate("location.hash"))
    assert again.evaluate(SEEN) == ["2 30°"] * 5
    page.evaluate(axe)
    assert [one["id"] for one in page.evaluate(RUN)["violations"]] == []


def test_what_is_one_step_away_is_fetched_in_the_colours_of_the_page(at):
    page = at(color_scheme="dark")
    assert page.evaluate(FETCHED) == []
    page.locator("#fig-turned").hover()
    fetched = set(page.evaluate(FETCHED))
    assert fetched == {"0° 1", "0° 2", "30° 1", "30° 2"}
    assert page.locator("#fig-turned .only-light:not([loading])").count() == 0


def test_without_scripts_and_on_paper_the_first_stands_and_the_others_are_named(at):
    page = at(java_script_enabled=False)
    told = page.locator("#fig-turned .states")
    assert told.inner_text().startswith("Shown: Angle 0° · Count 1. Others: 0° · 2; 30° · 1; ")
    assert told.get_by_role("link").count() == 7
    assert page.locator("#fig-turned .staged:visible").count() == 4
    page = at("#fig-turned.angle=60°")
    assert not page.locator("#fig-turned .states").is_visible()
    page.emulate_media(media="print")
    assert page.locator("#fig-turned .states").inner_text().startswith("Shown: Angle 60° · Count 1.")


def test_subfigures_stand_in_a_row_and_on_a_phone_below_each_other(at):
    wide = at()
    (left, top, right), (other, beside, _) = wide.evaluate(BOXES)
    assert top == beside
    assert right < other
    assert wide.locator("#fig-both > figcaption").inner_text().split("\n\n") == [
        "Figure 6. Arcs and curves, Figure\N{NO-BREAK SPACE}6b.",
        "(a) Arcs once more.",
    ]
    phone = at(viewport={"width": 390, "height": 844})
    (left, top, _), (other, below, right) = phone.evaluate(BOXES)
    assert left == other
    assert below > top
    assert right <= 390


def test_a_choice_within_subfigures_is_offered_once(at):
    page = at()
    assert page.locator("#fig-both input[type=radio]").count() == 2
    page.locator("#fig-again label", has_text="2").click()
    rest(page, 250)
    assert page.evaluate("location.hash") == "#fig-again.count=2"
