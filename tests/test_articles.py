"""The example articles: every request binds, and nothing but measured numbers stands in them."""

from pathlib import Path

import pytest

from builder import settings
from builder.plan import plan
from builder.read import article
from builder.reporter import Recorded

ROOT = Path(__file__).parent.parent
ARTICLES = sorted(ROOT.glob("articles/*/index.md"))


def test_there_are_articles() -> None:
    assert {path.parent.name for path in ARTICLES} >= {"curve-detectors", "shape-and-texture"}


@pytest.fixture(scope="module")
def house() -> plan.House:
    return plan.open_house(settings.load(ROOT), Recorded())


@pytest.mark.slow
@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.parent.name)
def test_every_directive_and_unit_binds(house: plan.House, path: Path) -> None:
    planned = plan.plan_article(house, article.read(path, ROOT))
    assert [str(problem) for problem in planned.problems] == []
    assert len(planned.requests) >= 2


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.parent.name)
def test_prose_takes_its_measurements_from_figures(path: Path) -> None:
    found = article.read(path, ROOT)
    labels = {directive.label for directive in found.directives}
    assert found.values
    assert {value.label for value in found.values} <= labels
