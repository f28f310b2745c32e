"""Light and dark: by the system, by the switch, remembered, without a flash."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PAPER = {"light": "rgb(253, 252, 249)", "dark": "rgb(20, 22, 24)"}
SWITCH = ".theme-switch"
# Note the chosen theme at the first moment that there is anything to paint.
WATCH = """
new MutationObserver((_, observer) => {
  if (!document.body) return;
  window.firstTheme = document.documentElement.dataset.theme ?? "the system's";
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""


def ground(tab) -> str:
    return tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_system_decides(visit, scheme):
    tab = visit(color_scheme=scheme)
    assert ground(tab) == PAPER[scheme]
    tab.emulate_media(color_scheme={"light": "dark", "dark": "light"}[scheme])
    assert ground(tab) != PAPER[scheme]


def test_the_switch_is_remembered_and_nothing_flashes(visit, site):
    tab = visit(color_scheme="light", before=WATCH)
    tab.locator(SWITCH).click()
    assert ground(tab) == PAPER["dark"]
    for address in ("index.html", "units/sample/index.html"):
        tab.goto(site[address].as_uri())
        assert tab.evaluate("window.firstTheme") == "dark"
        assert ground(tab) == PAPER["dark"]


def test_choosing_what_the_system_says_follows_the_system_again(visit):
    tab = visit(color_scheme="light")
    tab.locator(SWITCH).click()
    tab.locator(SWITCH).click()
    tab.emulate_media(color_scheme="dark")
    assert ground(tab) == PAPER["dark"]


def test_the_switch_says_where_it_leads(visit):
    tab = visit(color_scheme="dark")
    assert tab.get_by_role("button", name="Light theme").inner_text() == "Light"
    tab.get_by_role("button", name="Light theme").click()
    assert tab.get_by_role("button", name="Dark theme").is_visible()


def test_it_works_where_storage_is_forbidden(visit):
    forbid = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    tab = visit(color_scheme="light", before=forbid)
    tab.locator(SWITCH).click()
    assert ground(tab) == PAPER["dark"]


def test_charts_change_with_the_theme(visit):
    tab = visit(color_scheme="light")
    tab.locator("#fig-tuning").scroll_into_view_if_needed()
    tab.wait_for_selector("#fig-tuning-1[data-live]")
    stroke = "getComputedStyle(document.querySelector('#fig-tuning .mark-line path')).stroke"
    light = tab.evaluate(stroke)
    tab.locator(SWITCH).click()
    assert tab.evaluate(stroke) != light
