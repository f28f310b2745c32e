"""A figure that is set into a page of another site is as high as it needs to be."""

import pytest

from builder.press.furniture import EMBED
from tests.browser.host import serving
from tests.browser.sample import TEMPLATES

pytestmark = pytest.mark.browser

FIGURE = """<!doctype html><title>A figure</title><body class="figure-page" style="margin: 0">
<main class="alone"><div style="height: 700px"></div></main><script src="embed.js"></script>"""
AROUND = """<!doctype html><title>Another site</title><iframe title="A" src="{figure}" height="320" style="border: 0"></iframe>
<script src="embed.js" async></script>"""
OPEN = "default-src 'self' 'unsafe-inline'; frame-src http:"


@pytest.mark.parametrize("first", [True, False])
def test_the_frame_becomes_as_high_as_its_figure(browser, tmp_path, first):
    for name, text in ((EMBED, (TEMPLATES / "static" / EMBED).read_text("utf-8")), ("figure.html", FIGURE)):
        (tmp_path / name).write_text(text, "utf-8")
    with serving(tmp_path, rule=OPEN) as host, serving(tmp_path, rule=OPEN) as other:
        (tmp_path / "around.html").write_text(AROUND.format(figure=f"{other}figure.html"), "utf-8")
        tab = browser.new_page()
        if not first:  # the frame has spoken before the script around it is there
            tab.route(f"{host}{EMBED}", lambda route: (tab.wait_for_timeout(300), route.continue_()))
        tab.goto(f"{host}around.html")
        tab.wait_for_function("() => document.querySelector('iframe').clientHeight === 700")
        tab.frames[1].evaluate("document.querySelector('main > div').style.height = '900px'")
        tab.wait_for_function("() => document.querySelector('iframe').clientHeight === 900")
        tab.close()
