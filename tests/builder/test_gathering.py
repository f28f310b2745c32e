"""The articles of a site are found, and asked for by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import gathering, recall, settings
from builder.errors import UsageError
from builder.plan.plan import open_house
from builder.reporter import Recorded


@pytest.fixture
def house(root: Path):
    for slug, head in (("ants", ""), ("bees", "draft: true\n")):
        (root / "articles" / f"{slug}.md").write_text(f"---\ntitle: {slug}\n{head}---\n\nWords.\n")
    return open_house(settings.load(root), Recorded())


def test_drafts_are_found_and_bound_where_they_are_asked_for(house) -> None:
    assert [article.slug for article in gathering.discover(house.settings)] == ["ants", "bees"]
    files = list(gathering.paths(house.settings))
    for drafts, slugs in ((False, ["ants"]), (True, ["ants", "bees"])):
        plans, shelf, problems = gathering.plans(recall.opened(house), files, drafts=drafts)
        assert ([plan.article.slug for plan in plans], problems) == (slugs, [])
        assert list(shelf.articles) == ["ants", "bees"]


def test_an_article_that_is_not_there_is_told_with_the_nearest(house) -> None:
    files = list(gathering.paths(house.settings))
    with pytest.raises(UsageError, match="ants"):
        gathering.plans(recall.opened(house), files, only=["ant"])
    with pytest.raises(UsageError, match="ants"):
        gathering.planned(house, "ant")
    assert gathering.planned(house, "ants").article.slug == "ants"


def test_without_a_folder_there_are_none(house) -> None:
    (house.settings.articles_folder).rename(house.settings.root / "away")
    with pytest.raises(UsageError, match="microscribe new"):
        list(gathering.paths(house.settings))


def test_what_only_looks_like_an_article_is_a_warning_and_a_part_of_one_is_not(house) -> None:
    folder = house.settings.articles_folder
    for name, text in (("ants.md", "---\ntitle: a\n---\n\n:::{include} parts/one.md\n:::\n"), ("parts/one.md", "x")):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    (folder / "CRABS.MD").write_text("---\ntitle: Crabs\n---\n")
    files = list(gathering.paths(house.settings))
    site = recall.opened(house)
    for _ in ("read", "remembered"):
        _, _, [problem] = gathering.plans(site, files)
        assert str(problem) == "articles/CRABS.MD: warning: ends in '.MD' and is no article; they end in '.md'"
        site.save()
        site = recall.opened(house)
