"""Pages that gather articles by tag and series, and old addresses."""

import pytest

from builder import settings, site
from builder.press import listings
from builder.press.rows import Row
from builder.reporter import Recorded


def write(root, slug: str, head: str, body: str = "Text.") -> None:
    (root / "articles" / f"{slug}.md").write_text(f"---\ntitle: {slug.title()}\n{head}---\n\n{body}\n")


def build(root, **options):
    return site.build(settings.load(root), Recorded(), site.Options(device="cpu", **options))


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


@pytest.mark.parametrize(
    ("alias", "message"),
    [
        ("../up", "not a path"),
        ("Other", "another page"),
        ("new/index.html/x", "into a page"),
        ("new/index.md/x", "into a page or a file"),
        ("old/.git/x", "'.git' in it, which is hidden"),
        ("nul/x", "Windows calls a device"),
        ("CNAME/x", "file that hosts read"),
        ("feed.xml", "makes itself"),
    ],
)
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
