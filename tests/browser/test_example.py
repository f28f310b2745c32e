"""The example site in Chromium: from the disk and from a server, wide and narrow, with scripts and without."""

from __future__ import annotations

import functools
import http.server
import threading

import pytest

from tests.browser.resting import rest

pytestmark = pytest.mark.browser

SLUGS = ("curve-detectors", "shape-and-texture")


@pytest.fixture
def tab(browser):
    """Open pages; every request and every complaint of the page is kept."""
    contexts = []

    def opened(address: str, **settings):
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


def read_through(page) -> None:
    """Scroll to the end as a reader would, and wait until every chart that is shown has come to life."""
    height = page.evaluate("document.documentElement.scrollHeight")
    for y in range(0, height, 700):
        page.evaluate(f"window.scrollTo(0, {y})")
        rest(page, 60)
    page.wait_for_function(
        "() => [...document.querySelectorAll('.chart[data-spec]')].every(c => !c.getClientRects().length || 'live' in c.dataset)",
        timeout=120_000,
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_opens_from_the_disk_with_live_charts_and_no_other_host(tab, example, slug: str) -> None:
    page = tab((example.site / slug / "index.html").as_uri())
    sizes = "[...document.querySelectorAll('.chart')].map(c => [c.id, c.offsetWidth, c.offsetHeight])"
    before = page.evaluate(sizes)
    assert before
    read_through(page)
    assert page.evaluate(sizes) == before
    assert all(url.startswith(("file://", "data:", "blob:")) for url in page.requests)
    assert page.complaints == []


@pytest.mark.parametrize("slug", SLUGS)
def test_works_under_any_path_of_a_host(tab, example, tmp_path, slug: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").symlink_to(example.site)
    handler = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        origin = f"http://127.0.0.1:{server.server_port}/"
        page = tab(f"{origin}a/b/{slug}/index.html")
        read_through(page)
        assert all(url.startswith((f"{origin}a/b/", "data:", "blob:")) for url in page.requests), page.requests
        assert page.complaints == []
    finally:
        server.shutdown()


@pytest.mark.parametrize("slug", SLUGS)
def test_reads_without_scripts(tab, example, slug: str) -> None:
    page = tab((example.site / slug / "index.html").as_uri(), java_script_enabled=False)
    assert page.locator("figure.figure svg, figure.figure .tile").count() > 5
    assert not any(url.endswith(".js") and "vega" in url for url in page.requests)


@pytest.mark.parametrize("width", [320, 390, 768, 1100, 1440, 2560])
@pytest.mark.parametrize("name", ["index.html", "curve-detectors/index.html", "shape-and-texture/index.html"])
def test_nothing_runs_over_the_edge(tab, example, name: str, width: int) -> None:
    page = tab((example.site / name).as_uri(), viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_unit_in_the_text_shows_its_card_and_leads_to_its_page(tab, example) -> None:
    page = tab((example.site / "curve-detectors" / "index.html").as_uri())
    chip = page.locator("a.unit-chip").first
    chip.scroll_into_view_if_needed()
    chip.hover()
    card = page.locator("[role=tooltip]:visible, .card:visible").first
    card.wait_for(timeout=120_000)
    shown = card.inner_html()
    assert "feature-visualization" in shown
    assert "examples" in shown
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    page.mouse.move(0, 0)
    chip.click()
    page.wait_for_url("**/units/glyphs/*.html")
    assert page.locator("h1").inner_text() == "mixed3b:188"


def test_pointing_at_a_lobe_fades_the_others(tab, example) -> None:
    page = tab((example.site / "curve-detectors" / "index.html").as_uri(), reduced_motion="reduce")
    chart = page.locator("#fig-family .chart").first
    chart.scroll_into_view_if_needed()
    page.wait_for_selector("#fig-family .chart[data-live]", timeout=120_000)
    opacities = "[...document.querySelectorAll('#fig-family .chart image')].map(i => +(i.getAttribute('opacity') ?? 1))"
    assert set(page.evaluate(opacities)) == {1}
    page.locator("#fig-family .chart image").first.hover()
    page.wait_for_function(f"() => new Set({opacities}).size === 2", timeout=120_000)
    faded = page.evaluate(opacities)
    assert sorted(set(faded)) == [0.15, 1]
    assert faded.count(1) == 1
