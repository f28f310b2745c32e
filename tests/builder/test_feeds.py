import datetime
import io
import json
import re
from xml.etree import ElementTree as Xml

import pytest
from PIL import Image, ImageChops

from builder import check, feeds, listings, settings, site, social
from builder.press import articles
from builder.reporter import Recorded
from builder.store import Entry
from builder.views import Row, SiteView

ATOM = "{http://www.w3.org/2005/Atom}"


def write(root, slug: str, head: str, body: str = "Text.") -> None:
    (root / "articles" / f"{slug}.md").write_text(f"---\ntitle: {slug.title()}\n{head}---\n\n{body}\n")


def build(root, **options):
    return site.build(settings.load(root), Recorded(), site.Options(device="cpu", **options))


@pytest.fixture
def published(root):
    text = (root / "pyproject.toml").read_text()
    (root / "pyproject.toml").write_text(text + 'url = "https://example.org/lab/"\n')
    return root


def test_a_feed_lists_dated_articles_newest_first_with_absolute_addresses(published) -> None:
    write(published, "old", "date: 2026-01-02\ntags: [curves]\nauthors: [Ada & Co]\n")
    write(published, "new", "date: 2026-03-04\nupdated: 2026-05-06\n")
    write(published, "undated", "")
    write(published, "secret", "date: 2026-09-09\ndraft: true\n")
    assert not build(published, drafts=True).failed
    feed = Xml.parse(published / "site" / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}title").text for entry in entries] == ["New", "Old"]
    assert entries[0].find(f"{ATOM}id").text == "https://example.org/lab/new/"
    assert entries[0].find(f"{ATOM}updated").text == "2026-05-06T00:00:00Z"
    assert entries[1].find(f"{ATOM}category").get("term") == "curves"
    assert entries[1].find(f"{ATOM}author/{ATOM}name").text == "Ada & Co"
    assert feed.find(f"{ATOM}updated").text == "2026-05-06T00:00:00Z"


def test_the_page_for_lost_readers_finds_its_styles_from_any_address(published) -> None:
    write(published, "new", "date: 2026-03-04\n")
    assert not build(published).failed
    lost = (published / "site" / "404.html").read_text()
    styles = re.findall(r'href="([^"]+\.css)"', lost)
    assert styles
    for one in styles:
        assert one.startswith("/lab/assets/")
        assert (published / "site" / one.removeprefix("/lab/")).is_file()
    links = [one for one in check.run(settings.load(published), Recorded()).findings if one.kind == "link"]
    assert links == []


def test_the_sitemap_lists_every_page_but_drafts_and_the_404(published) -> None:
    write(published, "open", "date: 2026-01-02\n")
    write(published, "secret", "draft: true\n")
    build(published, drafts=True)
    text = (published / "site" / "sitemap.xml").read_text()
    listed = re.findall("<loc>(.*?)</loc>", text)
    assert "https://example.org/lab/" in listed
    assert "https://example.org/lab/open/" in listed
    assert not [one for one in listed if "secret" in one or "404" in one]
    assert "Sitemap: https://example.org/lab/sitemap.xml" in (published / "site" / "robots.txt").read_text()


def test_a_site_without_an_address_has_no_feed_and_no_link_to_one(root) -> None:
    write(root, "open", "date: 2026-01-02\n")
    build(root)
    assert not (root / "site" / "feed.xml").exists()
    assert "atom" not in (root / "site" / "open" / "index.html").read_text()


def test_an_article_describes_itself_to_scholars(published) -> None:
    (published / "articles" / "works.bib").write_text(
        "@article{olah, title={Zoom <In>}, author={Olah, Chris and Cammarata, Nick}, journal={Distill}, year=2020}\n"
    )
    head = "bibliography: works.bib\nauthors: [{name: Ada Example, orcid: 0000-0002-1825-0097}]\ndate: 2026-01-02\n"
    write(published, "open", head, "As [@olah] says.")
    assert not build(published).failed
    html = (published / "site" / "open" / "index.html").read_text()
    reference = re.search(r'name="citation_reference" content="([^"]+)"', html)[1]
    assert "citation_author=Chris Olah" in reference
    assert "citation_publication_date=2020" in reference
    record = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert record["@type"] == "ScholarlyArticle"
    assert record["url"] == "https://example.org/lab/open/"
    assert record["citation"][0]["name"] == "Zoom <In>"
    assert record["author"][0]["sameAs"] == ["https://orcid.org/0000-0002-1825-0097"]


def test_tags_and_series_have_pages_and_lead_to_each_other(root) -> None:
    write(root, "one", "date: 2026-01-01\nseries: Zoo\ntags: [Big Cats]\n")
    write(root, "two", "date: 2026-02-01\nseries: Zoo\ntags: [Big Cats, Birds]\n")
    write(root, "lone", "date: 2026-02-01\nseries: Other\n")
    assert not build(root).failed
    tag = (root / "site" / "tags" / "big-cats" / "index.html").read_text()
    assert tag.index("Two") < tag.index("One")
    assert "../../two/index.html" in tag
    first = (root / "site" / "one" / "index.html").read_text()
    assert '<a rel="next" href="../two/index.html">Two →</a>' in first
    assert "Part 1 of 2" in first
    assert 'rel="prev"' not in first
    assert 'class="series"' not in (root / "site" / "lone" / "index.html").read_text()
    series = (root / "site" / "series" / "zoo" / "index.html").read_text()
    assert series.index("One") < series.index("Two")


def test_old_addresses_lead_to_the_article(root) -> None:
    write(root, "new", "aliases: [/2019/old/, legacy.html]\n")
    assert not build(root).failed
    old = (root / "site" / "2019" / "old" / "index.html").read_text()
    assert 'content="0; url=../../new/index.html"' in old
    assert (root / "site" / "legacy.html").is_file()
    write(root, "new", "")
    build(root)
    assert not (root / "site" / "2019").exists()


@pytest.mark.parametrize(("alias", "message"), [("../up", "not a path"), ("other/", "another page")])
def test_an_alias_that_cannot_be_is_a_problem_with_its_line(root, alias: str, message: str) -> None:
    write(root, "new", f"aliases: ['{alias}']\n")
    write(root, "other", "")
    problems = [str(one) for one in build(root).problems]
    assert len(problems) == 1
    assert problems[0].startswith("articles/new.md:3: aliases:")
    assert message in problems[0]


def test_names_become_addresses() -> None:
    assert listings.slug("Ünits & Shapes") == "units-shapes"
    rows = [Row("A", "a/index.html", tags=("Cats", "cats")), Row("B", "b/index.html", tags=("cats",))]
    assert [len(some) for some in listings.tags(rows).values()] == [2]


def test_a_feed_of_nothing_is_a_feed() -> None:
    feed = Xml.fromstring(feeds.atom(SiteView("T", url="https://e.org"), "feed.xml", [Row("A", "a/index.html")]))
    assert feed.findall(f"{ATOM}entry") == []
    assert datetime.datetime.fromisoformat(feed.find(f"{ATOM}updated").text)


def test_other_sites_are_shown_a_card_of_the_article(published) -> None:
    write(published, "open", "description: D.\n")
    assert not build(published).failed
    html = (published / "site" / "open" / "index.html").read_text()
    address = re.search(r'property="og:image" content="https://example.org/lab/(assets/open-card\.\w+\.png)"', html)[1]
    with Image.open(published / "site" / address) as picture:
        assert picture.size == (1200, 630)
        assert len(picture.convert("L").getcolors()) > 20
    before = html
    build(published)
    assert (published / "site" / "open" / "index.html").read_text() == before


@pytest.mark.parametrize("title", ["Short", "A title of very many words that goes on and on " * 4, "Donaudampf" * 12])
def test_a_card_holds_any_title(tmp_path, title: str) -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (40, 90), "red").save(buffer, "PNG")
    data = social.card(tmp_path, title, "Site", social.Picture(buffer.getvalue(), 1, 2))
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (1200, 630)
        colours = {colour for _, colour in picture.getcolors(maxcolors=100000)}
    assert (255, 0, 0) in colours
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(("size", "least"), [((1300, 400), 900), ((600, 600), 480)])
def test_a_card_gives_a_chart_room_below_the_title_or_beside_it(tmp_path, size: tuple[int, int], least: int) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, "PNG")
    for title in ("Short", "A title of very many words that goes on and on " * 4):
        data = social.card(tmp_path, title, "Site", social.Picture(buffer.getvalue(), chart=True))
        with Image.open(io.BytesIO(data)) as picture:
            red, green, _ = picture.convert("RGB").split()
        box = ImageChops.multiply(red.point(lambda v: 255 * (v > 250)), green.point(lambda v: 255 * (v < 5))).getbbox()
        assert box[2] - box[0] >= least
        assert (box[2] - box[0]) / (box[3] - box[1]) == pytest.approx(size[0] / size[1], rel=0.02)
        assert box[1] >= 60
        assert box[3] <= 630 - 60


def test_a_card_shows_the_chart_of_the_first_figure() -> None:
    chart = {"kind": "chart", "svg": "s", "png": "p"}
    image = {"kind": "image", "media_type": "image/webp", "object": "i"}
    objects = {"p": b"chart", "i": b"image", "s": b"<svg/>"}

    def first(*parts: dict[str, object]) -> social.Picture | None:
        return articles._first_picture(Entry({"artifact": {"parts": parts}}, objects))

    assert first(chart, image) == social.Picture(b"chart", chart=True)
    assert first(image, chart) == social.Picture(b"image")
    assert first({**chart, "png": ""}, image) == social.Picture(b"image")
    assert first({"kind": "chart", "svg": "s"}) is None
