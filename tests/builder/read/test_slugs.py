"""Slugs that articles cannot have."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.read import slugs
from builder.read.article import Article
from builder.read.front import FrontMatter


def said(*names: str) -> list[str]:
    articles = [
        Article(Path(f"/{i}.md"), Path(f"articles/{i}.md"), name, FrontMatter()) for i, name in enumerate(names)
    ]
    return [str(problem) for problem in slugs.problems(articles)]


def test_slugs_in_any_script_may_stand_beside_each_other() -> None:
    assert said("curves", "curve-2", "方法", "résumé", "with space", "می\u200cخواهم", "console") == []


@pytest.mark.parametrize(
    "slug",
    [
        "feed.xml",
        "404.html",
        "Assets",
        "units",
        "tags",
        "pagefind",
        "a" * 121,
        "a?b",
        "a\nb",
        "caf\udce9",
        "CON",
        "nul.x",
        "end.",
        "end ",
        "a\u202eb",
        "\ufeffa",
    ],
)
def test_an_address_of_the_sites_own_or_none_at_all_is_refused(slug: str) -> None:
    (line,) = said(slug)
    assert line.startswith("articles/0.md:1: slug ")


@pytest.mark.parametrize("pair", [("curves", "curves"), ("curves", "Curves"), ("re\u0301sume\u0301", "résumé")])
def test_two_articles_that_some_systems_take_for_one_are_refused(pair: tuple[str, str]) -> None:
    (line,) = said(*pair)
    assert line.startswith("articles/1.md: has the same slug as articles/0.md")
