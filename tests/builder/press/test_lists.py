"""The front page, the feed, the sitemap, and the page for lost readers."""

import re

import pytest

from builder import check, settings, site
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
