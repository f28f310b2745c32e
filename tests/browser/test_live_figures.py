"""Live figures in a page: first answers are the measured ones, and keys and switches move them."""

import re

import pytest

from figures.gallery.live_ablation import live_ablation
from figures.gallery.live_classes import live_classes
from tests.browser import sample

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TEXT = """

:::{classes}
:name: classes

Classes.
:::

:::{off}
:name: off

Units that are off.
:::
"""
ANSWERED = "([id, times]) => document.querySelector(`#${id} [data-live]`).dataset.answered > times"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    figures = {
        "classes": live_classes(dataset="glyphs:8", images=("3",), count=3),
        "off": live_ablation(units=tuple(f"mixed4a:{unit}" for unit in range(12)), dataset="glyphs:8", count=3),
    }
    return sample.build(tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("source"), sample.TEXT + TEXT, figures)


def shares(tab, name: str) -> list[float]:
    told = tab.locator(f"#fig-{name} .live-number").all_inner_texts()
    return [float(re.sub(r"[^0-9.]", "", one)) for one in told]


def widths(tab, name: str) -> list[str]:
    return [one.get_attribute("width") for one in tab.locator(f"#fig-{name} .live-now").all()]


def answered(tab, name: str, act) -> None:
    times = int(tab.locator(f"#fig-{name} [data-live]").get_attribute("data-answered") or 0)
    act()
    tab.wait_for_function(ANSWERED, arg=[f"fig-{name}", times])


def test_answers_begin_as_measured_and_follow_keys_and_switches(visit, site):
    tab, said = visit("404.html"), []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(site["arcs/index.html"].as_uri())
    for name in ("classes", "off"):
        tab.locator(f"#fig-{name}").scroll_into_view_if_needed()
        before = shares(tab, name)
        answered(tab, name, tab.locator(f"#fig-{name}").get_by_role("button", name="As it was").click)
        assert shares(tab, name) == pytest.approx(before, abs=2)
        assert tab.locator(f"#fig-{name} [data-live]").get_attribute("data-apart") is None
    slider, first = tab.locator("#fig-off").get_by_label("Direction"), widths(tab, "off")
    answered(tab, "off", lambda: slider.press("PageUp"))
    turned = widths(tab, "off")
    assert turned != first
    answered(tab, "off", tab.locator("#fig-off .live-switch input").first.check)
    assert widths(tab, "off") != turned
    assert said == []
