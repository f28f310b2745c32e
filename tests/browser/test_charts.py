"""Charts: a drawing first, a live view in its place, at the same size."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageChops, ImageStat

from figures.charts import raster
from tests.browser.resting import rest, stir

pytestmark = pytest.mark.browser

CHART = "#fig-tuning-1"
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => { for (const e of list.getEntries()) window.shifts += e.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


def enliven(tab, chart: str = CHART):
    tab.locator(chart).scroll_into_view_if_needed()
    tab.wait_for_selector(f"{chart}[data-live]")


def boxes(tab) -> list[dict[str, float]]:
    return [tab.locator(f"{chart} svg").bounding_box() for chart in (CHART, "#fig-wide-1")]


@pytest.mark.parametrize("width", [1440, 768, 390])
def test_the_live_view_has_the_size_of_the_drawing(visit, width):
    still = visit(viewport={"width": width, "height": 900}, java_script_enabled=False)
    live = visit(viewport={"width": width, "height": 900}, before=SHIFTS)
    live.evaluate("document.fonts.ready")
    rest(live, 200)
    assert live.evaluate("window.shifts") < 0.05
    live.evaluate("window.shifts = 0")
    enliven(live)
    enliven(live, "#fig-wide-1")
    for a, b in zip(boxes(still), boxes(live), strict=True):
        assert (a["width"], a["height"]) == pytest.approx((b["width"], b["height"]), abs=0.5)
    assert live.evaluate("window.shifts") == 0
    heights = [tab.evaluate("document.documentElement.scrollHeight") for tab in (still, live)]
    assert abs(heights[0] - heights[1]) <= 1


def test_text_of_the_live_view_lies_where_the_drawing_has_it(visit):
    where = """[...document.querySelectorAll('#fig-tuning svg text')].map(t => {
      const box = t.getBoundingClientRect(), svg = t.ownerSVGElement.getBoundingClientRect();
      return [t.textContent, box.left - svg.left, box.top - svg.top]; })"""
    tab = visit(before="window.IntersectionObserver = class { observe() {} unobserve() {} };")
    tab.evaluate("document.fonts.load('13px \"Source Sans Pro\"')")
    rest(tab, 100)
    before = tab.evaluate(where)
    tab.locator(CHART).hover()
    tab.wait_for_selector(f"{CHART}[data-live]")
    after = tab.evaluate(where)
    assert [row[0] for row in before] == [row[0] for row in after]
    for old, new in zip(before, after, strict=True):
        assert old[1:] == pytest.approx(new[1:], abs=3), old[0]


def test_the_runtime_waits_until_a_chart_comes_near(visit):
    asked = []
    tab = visit(viewport={"width": 1440, "height": 300})
    assert not tab.evaluate("'vega' in window")
    tab.on("request", lambda request: asked.append(request.url))
    enliven(tab)
    assert sum("vega." in url for url in asked) == 1


def test_the_runtime_waits_for_a_first_sign_of_a_reader(browser, site):
    tab = browser.new_page(viewport={"width": 1440, "height": 4000})
    tab.goto(site["arcs/index.html"].as_uri())
    rest(tab, 300)
    assert not tab.evaluate("'vega' in window")
    tab.keyboard.press("Shift")
    tab.wait_for_selector(f"{CHART}[data-live]")
    tab.close()


@pytest.mark.parametrize("dark", [False, True])
def test_a_chart_is_taken_along_in_pixels_as_its_drawing_is(visit, dark: bool):
    tab = visit(color_scheme="dark" if dark else "light")
    links = tab.locator("#fig-tuning .links", has_text="Image")
    drawing = Path(urlsplit(links.get_by_text("SVG").evaluate("link => link.href")).path)
    with tab.expect_download() as pixels:
        links.get_by_text("PNG").click()
    assert pixels.value.suggested_filename == drawing.with_suffix(".png").name
    expected = Image.open(io.BytesIO(raster.png(drawing.read_bytes()))).convert("RGB")
    found = Image.open(pixels.value.path()).convert("RGB")
    assert found.size == expected.size
    assert found.getpixel((1, 1)) == expected.getpixel((1, 1))
    assert ImageStat.Stat(ImageChops.difference(found, expected)).mean == pytest.approx([0, 0, 0], abs=1.5)


def test_pages_without_charts_load_no_runtime(visit):
    tab = visit("index.html")
    rest(tab, 400)
    assert not tab.evaluate("'vega' in window")
    assert tab.locator("script[data-runtime]").count() == 0


def test_hovering_a_line_fades_the_others(visit):
    tab = visit()
    enliven(tab)
    tab.locator(CHART).scroll_into_view_if_needed()
    opacities = "[...document.querySelectorAll('#fig-tuning-1 .mark-line path')].map(p => +getComputedStyle(p).opacity)"
    assert set(tab.evaluate(opacities)) == {1}
    x, y = tab.evaluate("""(() => { const path = document.querySelector('#fig-tuning-1 .mark-line path');
      const point = path.getPointAtLength(path.getTotalLength() * 0.35).matrixTransform(path.getScreenCTM());
      return [point.x, point.y]; })()""")
    tab.mouse.move(x, y)
    rest(tab, 200)
    assert sorted(tab.evaluate(opacities)) == [0.15, 0.15, 1]
    assert "mixed3b:" in tab.locator(".chart-tip").inner_text()
    tab.keyboard.press("Escape")
    assert not tab.locator(".chart-tip").is_visible()
    tab.mouse.move(5, 5)
    rest(tab, 200)
    assert set(tab.evaluate(opacities)) == {1}


def test_a_live_chart_is_registered_announced_and_labelled(visit):
    tab = visit(before="addEventListener('chart-ready', (e) => { (window.ready ??= []).push(e.detail.id); });")
    enliven(tab)
    assert CHART.lstrip("#") in tab.evaluate("window.ready")
    assert tab.evaluate("typeof microscribe.views['fig-tuning-1'].signal") == "function"
    svg = tab.locator(f"{CHART} svg")
    assert svg.get_attribute("role") == "img"
    assert "bell-shaped" in svg.get_attribute("aria-label")


@pytest.mark.parametrize("broken", ["**/vega.*.js", "**/tuning.*.js"])
def test_the_drawing_stays_when_a_script_is_missing(visit, broken):
    tab = visit("404.html")
    tab.route(broken, lambda route: route.abort())
    tab.goto(tab.url.replace("404.html", "arcs/index.html"))
    stir(tab)
    tab.locator(CHART).scroll_into_view_if_needed()
    tab.wait_for_selector(f"{CHART}[data-still]")
    assert tab.locator(f"{CHART} > svg .mark-line path").count() == 3
