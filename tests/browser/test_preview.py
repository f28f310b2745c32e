"""The preview in a browser: a page that waits, progress, problems that come and go, edits that leave the page in place."""

import functools
import http.server
import threading
from pathlib import Path

import pytest

from builder.reporter import Recorded
from builder.serve.live import Listeners, Telling
from builder.serve.preview import _Handler
from builder.settings import own_templates
from tests.browser.resting import rest

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><head><title>A</title><link rel="stylesheet" href="{sheet}"></head>
<body><main><h1 id="top">{title}</h1>{words}</main></body></html>"""
WORDS = "".join(f'<h2 id="part-{i}">Part {i}</h2><p>{"Words. " * 400}</p>' for i in range(12))


def write(folder: Path, title: str = "First", sheet: str = "red", above: str = "") -> None:
    (folder / "red.css").write_text("h1 { color: rgb(255, 0, 0); }")
    (folder / "blue.css").write_text("h1 { color: rgb(0, 0, 255); }")
    (folder / "index.html").write_text(PAGE.format(title=title, sheet=f"{sheet}.css", words=above + WORDS))


@pytest.fixture
def preview(tmp_path: Path, browser):
    """Serve a folder as the preview does; give its listeners and a page of the browser."""
    listeners = Listeners()
    handler = type("Handler", (_Handler,), {"listeners": listeners, "live": own_templates() / "live"})
    serving = functools.partial(handler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serving) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tab = browser.new_page(viewport={"width": 1000, "height": 700}, reduced_motion="reduce")
        tab.set_default_timeout(120_000)
        yield listeners, tab, f"http://127.0.0.1:{server.server_port}/"
        tab.close()
        server.shutdown()


def test_a_page_waits_for_the_first_build_and_shows_how_far_it_is(preview, tmp_path):
    listeners, tab, address = preview
    assert tab.goto(address).status == 503
    assert tab.inner_text("h1") == "Building the site"
    telling = Telling(Recorded(), listeners)
    figures = telling.begin("figures", 3)
    arcs = telling.begin("arcs in mixed3b", 64)
    telling.told = 0
    telling.advance(arcs, 16)
    tab.wait_for_selector("text=figures 1 of 3: arcs in mixed3b, 16 of 64")
    assert tab.locator(".live-work progress").evaluate("bar => bar.value") == 0.25
    telling.end(arcs)
    telling.end(figures)
    write(tmp_path)
    listeners.early()
    tab.wait_for_selector("text=First")
    tab.wait_for_selector(".live-work >> text=building")
    listeners.tell([], changed=False)
    listeners.work("")
    tab.wait_for_selector(".live-work", state="detached")


def test_a_first_build_that_fails_says_why_and_does_not_load_forever(preview):
    listeners, tab, address = preview
    loads = []
    tab.on("load", lambda: loads.append(1))
    tab.goto(address)
    listeners.tell(["pyproject.toml: no setting 'titel'; did you mean 'title'?"], changed=False)
    tab.wait_for_selector(".live-problems >> text=no setting 'titel'")
    rest(tab, 300)
    assert len(loads) == 2


def test_progress_stands_on_a_page_that_is_there_and_goes(preview, tmp_path):
    listeners, tab, address = preview
    write(tmp_path)
    tab.goto(address)
    listeners.work("radial-tuning, 12 of 64, about 20 s left", 12, 64)
    pill = tab.locator(".live-work")
    pill.wait_for()
    assert pill.inner_text() == "radial-tuning, 12 of 64, about 20 s left"
    assert tab.inner_text("h1") == "First"
    box = pill.bounding_box()
    assert box["x"] + box["width"] <= 1000
    assert box["y"] + box["height"] <= 700
    listeners.work("")
    pill.wait_for(state="detached")


def test_problems_can_be_put_aside_with_keys_and_go_when_mended(preview, tmp_path):
    listeners, tab, address = preview
    write(tmp_path)
    tab.goto(address)
    listeners.tell(["a.md:7: no figure 'prob'; did you mean 'probe'?", "b.md:3: <b>front</b> matter"], changed=False)
    overlay = tab.locator(".live-problems[role=alert]")
    overlay.wait_for()
    assert overlay.locator("h2").inner_text() == "2 problems"
    assert overlay.locator("code").all_inner_texts() == ["a.md:7", "b.md:3"]
    assert "<b>front</b> matter" in overlay.inner_text()
    tab.keyboard.press("Escape")
    overlay.wait_for(state="detached")
    count = tab.get_by_role("button", name="2 problems")
    count.focus()
    tab.keyboard.press("Enter")
    overlay.wait_for()
    assert tab.evaluate("document.activeElement.textContent") == "Hide (Esc)"
    tab.keyboard.press("Enter")
    overlay.wait_for(state="detached")
    assert tab.evaluate("document.activeElement.className") == "live-count"
    listeners.tell(["a.md:9: other"], changed=False)
    overlay.wait_for()
    assert overlay.locator("h2").inner_text() == "One problem"
    listeners.tell([], changed=False)
    overlay.wait_for(state="detached")
    assert count.count() == 0


def color(tab) -> str:
    return tab.evaluate("getComputedStyle(document.querySelector('h1')).color")


def test_a_new_style_sheet_takes_the_old_ones_place_in_the_open_page(preview, tmp_path):
    listeners, tab, address = preview
    write(tmp_path)
    tab.goto(address)
    tab.evaluate("window.kept = true; scrollTo(0, 1500)")
    assert color(tab) == "rgb(255, 0, 0)"
    tab.wait_for_selector("html[data-preview]")
    write(tmp_path, sheet="blue")
    listeners.tell([], changed=True)
    tab.wait_for_function("() => getComputedStyle(document.querySelector('h1')).color === 'rgb(0, 0, 255)'")
    assert tab.evaluate("[window.kept, scrollY, document.querySelectorAll('link').length]") == [True, 1500, 2]


def test_new_text_above_moves_nothing_that_is_read(preview, tmp_path):
    listeners, tab, address = preview
    write(tmp_path)
    tab.goto(address)
    tab.evaluate("window.kept = true; document.getElementById('part-6').scrollIntoView(); scrollBy(0, -40)")
    top = "document.getElementById('part-6').getBoundingClientRect().top"
    before = tab.evaluate(top)
    tab.wait_for_selector("html[data-preview]")
    write(tmp_path, title="Second", above="<p>" + "New words. " * 500 + "</p>")
    listeners.tell([], changed=True)
    tab.wait_for_function("() => document.querySelector('h1').textContent === 'Second' && scrollY > 0")
    assert tab.evaluate(top) == pytest.approx(before, abs=1)
    assert not tab.evaluate("window.kept")


def test_a_page_that_is_the_same_is_left_alone(preview, tmp_path):
    listeners, tab, address = preview
    write(tmp_path)
    tab.goto(address)
    tab.evaluate("window.kept = true")
    tab.wait_for_selector("html[data-preview]")
    listeners.tell(["other.md:1: bad"], changed=True)
    tab.wait_for_selector(".live-problems")
    rest(tab, 300)
    assert tab.evaluate("window.kept")
