"""The pages of an article: itself, its card, and one for each of its figures."""

import re
from dataclasses import replace

import pytest
from PIL import Image

from builder import settings, site
from builder.engine.artifacts import (
    ChartPart,
    FigureEntry,
    FigureRecord,
    ImagePart,
    KeptPart,
    KeptTable,
    SpritePart,
    Tile,
)
from builder.press import articles, social
from builder.press.views import Frame, SiteView
from builder.reporter import Recorded


def write(root, slug: str, head: str, body: str = "Text.") -> None:
    (root / "articles" / f"{slug}.md").write_text(f"---\ntitle: {slug.title()}\n{head}---\n\n{body}\n")


def build(root, **options):
    return site.build(settings.load(root), Recorded(), site.Options(device="cpu", **options))


@pytest.fixture
def published(root):
    text = (root / "pyproject.toml").read_text()
    (root / "pyproject.toml").write_text(text + 'url = "https://example.org/lab/"\n')
    return root


@pytest.mark.slow
def test_other_sites_are_shown_a_card_of_the_article(published) -> None:
    write(published, "open", "description: D.\n")
    assert not build(published).failed
    html = (published / "site" / "open" / "index.html").read_text()
    address = re.search(r'property="og:image" content="https://example.org/lab/(assets/open-card\.\w+\.png)"', html)[1]
    with Image.open(published / "site" / address) as picture:
        assert picture.size == (1200, 630)
        assert len(picture.convert("L").getcolors()) > 10
    before = html
    build(published)
    assert (published / "site" / "open" / "index.html").read_text() == before


def test_a_card_shows_the_chart_of_the_first_figure() -> None:
    chart = ChartPart(name="c", spec="v", svg="s", width=3, height=2)
    image = ImagePart(name="i", object="i", media_type="image/jpeg", width=3, height=2, alt="")
    drawn = replace(image, media_type="image/svg+xml", object="s")
    sheet = SpritePart(name="s", image=image, tiles=(Tile("a"),) * 7, tile_px=1, columns=3, display_px=72)
    objects = {"i": b"image", "s": b"<svg/>"}

    def first(*parts: KeptPart) -> social.Picture | None:
        record = FigureRecord("Words.", parts, KeptTable((), (), 0, "", ""))
        return articles._first_picture(FigureEntry({}, objects, record))

    assert first(chart, image) == social.Picture(b"<svg/>", chart=True)
    assert first(image, chart) == social.Picture(b"image")
    assert first(drawn, image) == social.Picture(b"image")
    assert first(sheet, chart) == social.Picture(b"image", rows=2, of=3)
    assert first(drawn) is None


def test_a_caption_that_has_left_its_article_leads_back_to_it() -> None:
    caption = '<a href="#ref-a" role="doc-biblioref" aria-describedby="ref-a">[1]</a> <a href="../b/index.html">b</a>'
    moved = articles._moved(caption, Frame(SiteView("Site"), "figures/a/one.html"), "a/index.html")
    assert moved == '<a href="../../a/index.html#ref-a" role="doc-biblioref">[1]</a> <a href="../../b/index.html">b</a>'
