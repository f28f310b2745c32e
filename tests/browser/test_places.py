"""Every kind of page of the example site: from the disk and deep in a host, keeping the policy, never moving."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.host import serving
from tests.browser.resting import rest

pytestmark = pytest.mark.browser

KINDS = {
    "front page": "index.html",
    "article": "curve-detectors/index.html",
    "second article": "shape-and-texture/index.html",
    "chart alone": "figures/curve-detectors/*.html",
    "sheet alone": "figures/shape-and-texture/*.html",
    "specimen": "units/glyphs/mixed3b-*.html",
    "units": "units/glyphs/index.html",
    "tag": "tags/*/index.html",
    "reference": "reference/index.html",
    "not found": "404.html",
}
STILL = 0.0005
"""Lighthouse calls this 0: words of a line move by a part of a pixel when the fonts arrive."""
BROKEN = """
window.broken = [];
addEventListener("securitypolicyviolation", (event) =>
  broken.push([event.effectiveDirective, event.blockedURI, event.sourceFile].join(" ")));
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def page_of(site: Path, kind: str) -> str:
    """Find the first page of a kind."""
    found = sorted(site.glob(KINDS[kind]))
    assert found, kind
    return found[0].relative_to(site).as_posix()


@pytest.fixture(scope="module")
def deep(example):
    with serving(example.site, "/a/b/") as address:
        yield address


@pytest.fixture
def read(browser):
    """Open a page and scroll to its end; give the tab, what it asked for, and what it complained of."""
    contexts = []

    def opened(address: str, width: int = 1440):
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}))
        tab = contexts[-1].new_page()
        asked, complaints = [], []
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("requestfailed", lambda request: complaints.append(request.url))
        tab.on("response", lambda response: response.status >= 400 and complaints.append(response.url))
        tab.on("console", lambda message: message.type in ("error", "warning") and complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.add_init_script(BROKEN)
        tab.goto(address)
        tab.wait_for_load_state("networkidle")
        height = tab.evaluate("document.documentElement.scrollHeight")
        for _ in range(0, height, 600):
            tab.mouse.wheel(0, 600)
            rest(tab, 40)
        rest(tab, 400)
        return tab, asked, complaints

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_works_deep_in_a_host_and_does_not_move(read, example, deep, kind):
    tab, asked, complaints = read(deep + page_of(example.site, kind))
    assert complaints == []
    assert tab.evaluate("broken") == []
    assert [url for url in asked if not url.startswith((deep, "data:", "blob:"))] == []
    assert tab.evaluate("shift") < STILL


@pytest.mark.parametrize("kind", ["front page", "article", "second article", "specimen", "units"])
def test_a_page_does_not_move_on_a_phone(read, example, deep, kind):
    tab, _, complaints = read(deep + page_of(example.site, kind), 390)
    assert complaints == []
    assert tab.evaluate("shift") < STILL


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_works_from_the_disk(read, example, kind):
    _, asked, complaints = read((example.site / page_of(example.site, kind)).as_uri())
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_a_missing_page_is_answered_with_ours(read, deep):
    tab, asked, _ = read(f"{deep}nothing-here.html")
    assert "Nothing stands here" in tab.locator("h1").inner_text()
    assert any(url.endswith(".css") for url in asked)
    tab.locator("main a").first.click()
    assert tab.url == f"{deep}index.html"
