"""The sheet of units: orders by what was measured, together with the filter; links to layers."""

from __future__ import annotations

import pytest

from tests.browser.resting import rest

pytestmark = pytest.mark.browser

SHEET = "units/sample/index.html"
NAMES = "[...document.querySelectorAll('.sheet > li:not([hidden])')].map((li) => +li.dataset.name.split(':')[1])"
MEANS = [index * 7 % 16 for index in range(16)]


def test_units_are_sorted_by_a_number_and_show_it(visit):
    tab = visit(SHEET)
    tab.get_by_label("Sort by").select_option("mean")
    assert tab.evaluate(NAMES) == sorted(range(16), key=MEANS.__getitem__)
    assert tab.locator(".tile-value").all_inner_texts()[:3] == ["0", "0.1", "0.2"]
    tab.get_by_label("largest first").check()
    assert tab.evaluate(NAMES) == sorted(range(16), key=MEANS.__getitem__, reverse=True)
    tab.get_by_label("Sort by").select_option("")
    assert tab.evaluate(NAMES) == list(range(15, -1, -1))
    assert tab.locator(".tile-value").count() == 0


def test_the_order_and_the_filter_go_together_and_the_arrows_follow(visit):
    tab = visit(SHEET)
    tab.get_by_label("Sort by").select_option("mean")
    tab.get_by_label("Show only").fill("mixed3b:1")
    wanted = sorted((1, *range(10, 16)), key=MEANS.__getitem__)
    assert tab.evaluate(NAMES) == wanted
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("+document.activeElement.closest('li').dataset.name.split(':')[1]") == wanted[1]


def test_without_scripts_the_sheet_is_whole(visit):
    tab = visit(SHEET, java_script_enabled=False)
    assert tab.locator(".sheet > li a:visible").count() == 16
    assert not tab.locator(".filter").is_visible()
    assert tab.locator("h2 .anchor").get_attribute("href") == "#layer-mixed3b"


def test_nothing_moves_when_the_controls_come_to_life(visit):
    shifts = """window.shifts = 0; new PerformanceObserver((list) => {
      for (const e of list.getEntries()) window.shifts += e.value; }).observe({ type: "layout-shift", buffered: true });"""
    tab = visit(SHEET, viewport={"width": 390, "height": 844}, before=shifts)
    tab.evaluate("document.fonts.ready")
    rest(tab, 300)
    assert tab.evaluate("window.shifts") < 0.02
