import datetime
from xml.etree import ElementTree as Xml

import pytest

from builder import settings, site
from builder.press import feeds
from builder.press.rows import Row
from builder.press.views import SiteView
from builder.reporter import Recorded

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


def test_a_feed_of_nothing_is_a_feed() -> None:
    feed = Xml.fromstring(feeds.atom(SiteView("T", url="https://e.org"), "feed.xml", [Row("A", "a/index.html")]))
    assert feed.findall(f"{ATOM}entry") == []
    assert datetime.datetime.fromisoformat(feed.find(f"{ATOM}updated").text)
