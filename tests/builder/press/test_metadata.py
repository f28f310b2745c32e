"""What an article says of itself to search engines and scholars."""

import json
import re

import pytest

from builder import settings, site
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
