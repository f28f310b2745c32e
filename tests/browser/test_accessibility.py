"""What axe says of every kind of page, on a wide and a narrow screen, light and dark, with all drawers open."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.test_places import page_of

pytestmark = pytest.mark.browser

EXAMPLES = ("article", "second article", "chart alone", "sheet alone", "tag", "reference", "specimen", "units")
PAGES = ("index.html", "arcs/index.html", "units/sample/index.html", "units/sample/mixed3b-3.html", "404.html")
RUN = "axe.run(document, { resultTypes: ['violations'] })"


@pytest.fixture(scope="module")
def axe() -> str:
    if os.environ.get("CI"):
        import axe_playwright_python as package
    else:
        package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit, axe, address, width, scheme):
    tab = visit(address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    for chart in tab.locator(".chart[data-spec]").all():
        chart.scroll_into_view_if_needed()
        tab.wait_for_selector(f"#{chart.get_attribute('id')}[data-live]")
    tab.evaluate(axe)
    found = tab.evaluate(RUN)["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == []


@pytest.mark.parametrize("kind", EXAMPLES)
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_in_the_example(browser, example, axe, kind, width):
    tab = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    tab.goto((example.site / page_of(example.site, kind)).as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    tab.evaluate(axe)
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        found = tab.evaluate(RUN)["violations"]
        assert [(scheme, one["id"], one["nodes"][0]["html"][:160]) for one in found] == []
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
