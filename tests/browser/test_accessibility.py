"""What axe says of every kind of page, on a wide and a narrow screen, light and dark, with all drawers open."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_places import page_of

pytestmark = pytest.mark.browser

EXAMPLES = ("article", "second article", "chart alone", "sheet alone", "tag", "reference", "specimen", "units")
PAGES = ("index.html", "arcs/index.html", "units/sample/index.html", "units/sample/mixed3b-3.html", "404.html")
RUN = "axe.run(document, { resultTypes: ['violations'] })"
#: What is left to find when nothing but the colours of a page has changed.
RUN_ON_COLOURS = "axe.run(document, { resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block'] })"


#: What may differ in a narrow window. Colours are the same in any, and looking at them takes most of the time.
RUN_ON_SHAPES = "axe.run(document, { resultTypes: ['violations'], rules: { 'color-contrast': { enabled: false } } })"


def faults(tab: Any, runs: Iterable[tuple[str, str]] = (("light", RUN), ("dark", RUN_ON_COLOURS))) -> list[tuple]:
    """List what axe finds in a page, in the light and in the dark."""
    found = []
    for scheme, run in runs:
        tab.emulate_media(color_scheme=scheme)
        found += [(scheme, one["id"], one["nodes"][0]["html"][:160]) for one in tab.evaluate(run)["violations"]]
    return found


@pytest.fixture(scope="module")
def axe() -> str:
    if os.environ.get("CI"):
        import axe_playwright_python as package
    else:
        package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(visit, axe, address, width):
    tab = visit(address, viewport={"width": width, "height": 900}, color_scheme="light")
    tab.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach((summary) => summary.click())")
    for chart in tab.locator(".chart[data-spec]:visible").all():
        chart.scroll_into_view_if_needed()
        tab.wait_for_selector(f"#{chart.get_attribute('id')}[data-live]")
    tab.evaluate(axe)
    assert faults(tab) == []


@pytest.mark.parametrize("kind", EXAMPLES)
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_in_the_example(browser, example, axe, kind, width):
    tab = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    tab.goto((example.site / page_of(example.site, kind)).as_uri())
    tab.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach((summary) => summary.click())")
    tab.evaluate(axe)
    assert (faults(tab) if width > 1000 else faults(tab, [("light", RUN_ON_SHAPES)])) == []
    tab.close()


def test_axe_finds_nothing_in_an_open_card(visit, axe):
    tab = visit()
    tab.locator("#fnref-1").click()
    tab.evaluate(axe)
    assert [one["id"] for one in tab.evaluate(RUN)["violations"]] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_chosen_unit_its_card_and_an_enlarged_picture(visit, axe, scheme):
    tab = visit(color_scheme=scheme)
    tab.evaluate(axe)
    tab.locator("#fig-sheet .sprite a").first.focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("Tab")
    tab.wait_for_selector(".card")
    assert [one["id"] for one in tab.evaluate(RUN)["violations"]] == []
    tab.locator("#fig-sheet .enlarge").click()
    tab.wait_for_selector(".zoom[open]")
    assert [one["id"] for one in tab.evaluate(RUN)["violations"]] == []
