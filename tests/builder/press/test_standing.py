"""Which pages have to be printed again when something changes, and which do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import settings, site
from builder.press import articles
from builder.reporter import Recorded


def write(root: Path, slug: str, body: str, head: str = "") -> None:
    (root / "articles" / f"{slug}.md").write_text(f"---\ntitle: Of {slug}\n{head}---\n\n{body}\n")


@pytest.fixture
def printed(root: Path, monkeypatch):
    """Return a function that builds, and says which articles were printed."""
    names: list[str] = []
    one = articles.article

    def spied(printing, plan, *rest):
        names.append(plan.article.slug)
        return one(printing, plan, *rest)

    monkeypatch.setattr(articles, "article", spied)

    def build() -> list[str]:
        names.clear()
        result = site.build(settings.load(root), Recorded(), site.Options(device="cpu"))
        assert [str(problem) for problem in result.problems] == []
        return sorted(set(names))

    return build


@pytest.mark.slow
def test_only_what_shows_a_change_is_printed_again(root: Path, printed) -> None:
    write(root, "plain", "Words.")
    write(root, "target", "## A part {#part}\n\nWords.")
    write(root, "linked", "See [the part](target.md#part).")
    write(root, "bare", "See [](target.md).")
    write(root, "first", "One.", "series: S\ndate: 2026-01-01\n")
    write(root, "second", "Two.", "series: S\ndate: 2026-01-02\n")
    assert len(printed()) == 6
    assert printed() == []
    write(root, "target", "## A part {#part}\n\nOther words.")
    assert printed() == ["target"]
    (root / "articles" / "target.md").write_text(
        "---\ntitle: Another title\n---\n\n## A part {#part}\n\nOther words.\n"
    )
    assert printed() == ["bare", "target"]
    write(root, "third", "Three.", "series: S\ndate: 2026-01-03\n")
    assert printed() == ["first", "second", "third"]
    write(root, "plain", "Words and $x$.")
    assert len(printed()) == 7, "all pages come with the font of formulas now"


@pytest.mark.slow
def test_a_unit_concerns_articles_with_figures_and_the_first_of_a_network_all(root: Path, printed) -> None:
    write(root, "plain", "Words.")
    write(root, "one", "The {unit}`mixed3b:1`.")
    assert printed() == ["one", "plain"]
    write(root, "two", "The {unit}`mixed3b:2`.")
    assert printed() == ["one", "two"]
    (root / "articles" / "two.md").unlink()
    assert printed() == ["one"]
    (root / "articles" / "one.md").unlink()
    assert printed() == ["plain"]
