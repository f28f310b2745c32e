"""Pages under a strict Content-Security-Policy: charts come alive without eval, and say so where they cannot."""

from __future__ import annotations

import functools
import http.server
import threading

import altair as alt
import pytest

from builder.press.policy import POLICY
from figures.charts import vega
from tests.browser.resting import rest, stir

pytestmark = pytest.mark.browser

BROKEN = """
window.broken = [];
addEventListener("securitypolicyviolation", (event) =>
  broken.push([event.effectiveDirective, event.blockedURI, event.sourceFile, event.lineNumber].join(" ")));
"""
CHART = "#fig-tuning-1"
PIXELS = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="


class Strict(http.server.SimpleHTTPRequestHandler):
    """A host that sends the policy with every answer."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host(site):
    folder = site["index.html"].parent
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Strict, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def visited(browser, host):
    """Open a page of the sample on the strict host."""
    tabs = []

    def opened(address: str = "arcs/index.html", *, before: str = ""):
        tab = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        tabs.append(tab)
        tab.set_default_timeout(120_000)
        tab.add_init_script(BROKEN + before)
        tab.goto(f"{host}/{address}")
        stir(tab)
        return tab

    yield opened
    for tab in tabs:
        tab.close()


def enliven(tab, chart: str = CHART) -> None:
    tab.locator(chart).scroll_into_view_if_needed()
    tab.wait_for_selector(f"{chart}[data-live]")


def test_this_policy_forbids_eval(visited):
    tab = visited()
    said = tab.evaluate("""() => new Promise((resolve) => {
      const script = document.createElement("script");
      addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), { once: true });
      script.textContent = "window.reached = true";
      document.head.append(script);
    })""")
    assert said.startswith("script-src")
    assert not tab.evaluate("'reached' in window")


def test_charts_come_alive_and_break_no_rule(visited):
    tab = visited()
    tab.wait_for_load_state("networkidle")
    for chart in ("#fig-wide-1", CHART):
        enliven(tab, chart)
    point(tab)
    tab.wait_for_selector(".chart-tip:not([hidden])")
    assert "mixed3b:" in tab.locator(".chart-tip").inner_text()
    assert opacities(tab) == [0.15, 0.15, 1]
    assert tab.evaluate("broken") == []
    assert tab.locator(".chart-stays").count() == 0


def test_no_page_breaks_a_rule(visited):
    for address in ("index.html", "arcs/index.html", "units/sample/index.html", "units/sample/mixed3b-3.html"):
        tab = visited(address)
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("broken") == []


def test_cards_choosing_and_enlarging_break_no_rule(visited):
    tab = visited()
    enliven(tab)
    tab.locator("a.crossref").first.hover()
    tab.wait_for_selector(".card svg")
    tab.locator("#fig-sheet .sprite a").first.focus()
    tab.keyboard.press("Space")
    tab.locator("#fig-sheet .enlarge").click()
    tab.wait_for_selector(".zoom[open]")
    assert tab.evaluate("broken") == []


def test_a_sharp_picture_in_a_drawing_is_sharp_without_a_style(visited):
    pixels = alt.Chart(alt.Data(values=[{"url": PIXELS}])).mark_image(width=80, height=80, smooth=False)
    svg = vega.chart(pixels.encode(url="url:N"), name="sharp", alt="A").svg
    assert "style=" not in svg
    tab = visited("404.html")
    tab.evaluate("(svg) => { document.querySelector('main').innerHTML = svg; }", svg)
    assert tab.evaluate("getComputedStyle(document.querySelector('main image')).imageRendering") == "pixelated"
    assert tab.evaluate("broken") == []


@pytest.mark.parametrize(
    "spoilt",
    ["operator = () => { throw new Error('unknown'); }", "encode = () => () => { throw new Error('late'); }"],
)
def test_a_chart_that_cannot_be_evaluated_stays_a_drawing_and_says_so_once(visited, spoilt):
    tab = visited(
        before=f"""
      let held;
      Object.defineProperty(window, "microscribe", {{ get: () => held, set: (value) => {{
        held = value;
        let made;
        Object.defineProperty(held, "expressions", {{ get: () => made, set: (own) => {{ made = own; made.{spoilt}; }} }});
      }} }});"""
    )
    tab.locator(CHART).scroll_into_view_if_needed()
    tab.wait_for_selector(f"{CHART}[data-still]")
    assert tab.get_attribute(CHART, "data-still") in ("unknown", "late")
    assert tab.locator(f"{CHART} > svg .mark-line path").count() == 3
    notes = tab.locator("#fig-tuning .chart-stays")
    assert notes.count() == 1
    assert "interactive version is not available" in notes.inner_text()
    assert tab.locator(".chart-live").count() == 0


def test_arrow_keys_go_through_the_marks_of_a_chart(visited):
    tab = visited()
    enliven(tab)
    stage = tab.locator(f"{CHART} .chart-live")
    assert "3 marks" in stage.get_attribute("aria-label")
    stage.focus()
    rest(tab, 200)
    told = []
    for key in ("ArrowRight", "End", "Home", "ArrowRight"):
        tab.keyboard.press(key)
        tab.wait_for_selector(".chart-tip:not([hidden])")
        told.append(tab.locator(".chart-tip").inner_text().split()[1])
    assert told == ["mixed3b:3", "mixed3b:9", "mixed3b:3", "mixed3b:5"]
    rest(tab, 100)
    assert opacities(tab) == [0.15, 0.15, 1]
    ring, line = tab.locator(f"{CHART} .chart-ring"), tab.locator(f"{CHART} .mark-line path").nth(1)
    for side in ("x", "width"):
        assert ring.bounding_box()[side] == pytest.approx(line.bounding_box()[side], abs=8)
    tab.keyboard.press("Escape")
    assert not tab.locator(".chart-tip").is_visible()
    assert not ring.is_visible()
    rest(tab, 100)
    assert opacities(tab) == [1, 1, 1]
    assert tab.evaluate("broken") == []


def test_a_chart_whose_marks_tell_nothing_takes_no_focus(visited):
    tab = visited()
    enliven(tab, "#fig-wide-1")
    assert tab.locator("#fig-wide-1 .chart-live").get_attribute("tabindex") is None


def point(tab) -> None:
    """Put the pointer on the first line, once nothing scrolls any more: that hides the tooltip."""
    rest(tab, 200)
    x, y = tab.evaluate("""(() => { const path = document.querySelector('#fig-tuning-1 .mark-line path');
      const point = path.getPointAtLength(path.getTotalLength() * 0.35).matrixTransform(path.getScreenCTM());
      return [point.x, point.y]; })()""")
    tab.mouse.move(x, y)
    rest(tab, 100)


def opacities(tab) -> list[float]:
    return sorted(
        tab.evaluate(
            "[...document.querySelectorAll('#fig-tuning-1 .mark-line path')].map(p => +getComputedStyle(p).opacity)"
        )
    )


def test_a_page_keeps_the_policy_from_the_disk_too_where_its_charts_come_alive_without_a_word(visit):
    tab = visit("404.html", before=BROKEN)
    assert tab.evaluate("document.querySelector('meta[http-equiv]').content") == POLICY
    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">A</p>')")
    assert tab.evaluate("new Promise((done) => setTimeout(() => done(broken.length)))") == 1
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(tab.url.replace("404.html", "arcs/index.html"))
    enliven(tab)
    assert said == tab.evaluate("broken") == []
