"""What a reader's browser has to fetch before the first view of an article, as a host sends it."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.host import sent, serving
from tests.browser.resting import rest

pytestmark = pytest.mark.browser

SLUGS = ("curve-detectors", "shape-and-texture")
SCREENS = ((1440, 900), (390, 800))
FIRST_VIEW = 150_000
RUNTIME = 205_000
KINDS = {".html": "pages", ".css": "styles", ".woff2": "fonts", ".js": "scripts"}
SEEN = """[...document.querySelectorAll("img, image, video")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight && box.width > 0;
}).map((one) => new URL(one.currentSrc || one.getAttribute("href") || one.getAttribute("xlink:href") || one.poster,
                        document.baseURI).href)"""


@dataclass(frozen=True)
class View:
    """What was asked for until the network was idle, and which pictures of it are seen at once."""

    folder: Path
    asked: tuple[str, ...]
    seen: frozenset[str]

    def kind(self, name: str) -> str:
        return KINDS.get(Path(name).suffix) or ("pictures" if name in self.seen else "later pictures")

    def weight(self) -> Counter[str]:
        """Weigh the files by kind, in bytes."""
        total: Counter[str] = Counter()
        for name in self.asked:
            total[self.kind(name)] += len(sent(self.folder / name))
        return total


@pytest.fixture(scope="module")
def root(example):
    with serving(example.site) as address:
        yield address


def names(root: str, addresses: Iterable[str]) -> tuple[str, ...]:
    own = [unquote(urlsplit(address).path).lstrip("/") for address in addresses if address.startswith(root)]
    return tuple(dict.fromkeys(own))


@pytest.fixture
def first_view(browser, example, root):
    def of(slug: str, width: int, height: int) -> View:
        tab = browser.new_page(viewport={"width": width, "height": height})
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(f"{root}{slug}/index.html")
        tab.wait_for_load_state("networkidle")
        rest(tab, 300)
        seen = tab.evaluate(SEEN)
        tab.close()
        return View(example.site, names(root, asked), frozenset(names(root, seen)))

    return of


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_first_view_is_light_and_has_no_chart_runtime(first_view, slug, width, height):
    view = first_view(slug, width, height)
    weight = view.weight()
    needed = sum(weight[kind] for kind in ("pages", "styles", "fonts"))
    assert min(weight[kind] for kind in ("pages", "styles", "fonts", "scripts")) > 0
    assert needed + max(weight["pictures"], weight["scripts"]) <= FIRST_VIEW, dict(weight)
    assert weight["scripts"] <= 20_000, dict(weight)
    assert not [name for name in view.asked if name.startswith("assets/vega.")]


def test_the_chart_runtime_is_light(example):
    (runtime,) = example.site.glob("assets/vega.*.js")
    assert len(gzip.compress(runtime.read_bytes())) <= RUNTIME


def test_a_compact_style_sheet_says_the_same(browser):
    from builder.press.styles import compact
    from tests.browser.sample import TEMPLATES

    rules = r"""(text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return [...sheet.cssRules].map((rule) => rule.cssText.replaceAll(/\s+/g, " ").replaceAll(", ", ","));
    }"""
    tab = browser.new_page()
    for path in sorted((TEMPLATES / "static").glob("*.css")):
        whole = path.read_text("utf-8")
        assert tab.evaluate(rules, compact(whole)) == tab.evaluate(rules, whole), path.name
        assert len(compact(whole)) < len(whole)
    tab.close()
