"""The example articles on paper: nothing is cut, charts are drawings, addresses can be read."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser

SLUGS = ("curve-detectors", "shape-and-texture")
# A4 without the margins of print.css, in CSS pixels.
WIDTH, HEIGHT = 673, 986
WHOLE = ".figure-parts, .caption > p, .callout, .equation, .code, .references > li, .footnotes > li, tr"


@pytest.fixture
def paper(browser, example):
    """Open an article as it is laid out for a sheet of A4."""
    tabs = []

    def opened(slug: str):
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        tabs.append(tab)
        tab.goto((example.site / slug / "index.html").as_uri())
        tab.emulate_media(media="print")
        return tab

    yield opened
    for tab in tabs:
        tab.close()


@pytest.mark.parametrize("slug", SLUGS)
def test_what_belongs_together_stays_on_one_sheet(paper, slug):
    tab = paper(slug)
    rules = tab.evaluate("(q) => [...document.querySelectorAll(q)].map(e => getComputedStyle(e).breakInside)", WHOLE)
    assert set(rules) == {"avoid"}
    boxes = tab.evaluate("""[...document.querySelectorAll(".figure")].map((figure) => {
      const box = figure.getBoundingClientRect();
      return [figure.id, box.width, box.height]; })""")
    assert boxes
    assert [box for box in boxes if box[1] > WIDTH or box[2] > HEIGHT] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_runs_over_the_edge_of_the_sheet(paper, slug):
    tab = paper(slug)
    assert tab.evaluate("document.documentElement.scrollWidth") <= WIDTH


@pytest.mark.parametrize("slug", SLUGS)
def test_only_what_can_be_read_on_paper_is_there(paper, slug):
    tab = paper(slug)
    for name in (".site-footer", ".contents", ".figure-foot", ".theme-switch", ".anchor", ".back"):
        assert not tab.locator(f"{name}:visible").count(), name
    assert tab.locator(".figure .chart svg:visible, .figure .tile:visible").count() > 5
    assert tab.locator(".references > li:visible").count() > 2


def test_addresses_behind_links_are_written_out(visit):
    tab = visit()
    tab.emulate_media(media="print")
    after = "getComputedStyle(document.querySelector('.body a[href^=\"https\"]'), '::after').content"
    assert "https://example.org/" in tab.evaluate(after)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_dark_theme_is_not_printed(browser, example, slug):
    tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="dark")
    tab.goto((example.site / slug / "index.html").as_uri())
    tab.emulate_media(media="print", color_scheme="dark")
    red, green, blue = map(int, re.findall(r"\d+", tab.evaluate("getComputedStyle(document.body).color"))[:3])
    tab.close()
    assert max(red, green, blue) < 100


@pytest.mark.parametrize("slug", SLUGS)
def test_chromium_makes_a_pdf_of_some_pages(browser, example, slug):
    tab = browser.new_page()
    tab.goto((example.site / slug / "index.html").as_uri())
    pdf = tab.pdf(prefer_css_page_size=True)
    tab.close()
    assert pdf.startswith(b"%PDF")
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) <= 30
