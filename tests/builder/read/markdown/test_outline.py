"""Labels are nobody else's, and numbers count up."""

from pathlib import Path

import pytest

from builder.read.markdown.outline import PAGE_IDS, Outline
from builder.read.markdown.source import Source


@pytest.fixture
def outline() -> Outline:
    return Outline(Source(Path("a.md"), Path("folder")), {})


def test_every_kind_is_counted_by_itself(outline: Outline) -> None:
    assert [outline.count(kind) for kind in ("figure", "table", "figure", "figure")] == [1, 1, 2, 3]


def test_labels_made_from_names_differ_and_leave_those_of_the_page_alone(outline: Outline) -> None:
    names = [outline.default(name, 1) for name in ["curves", "curves", *sorted(PAGE_IDS), "curves-2"]]
    assert len(set(names)) == len(names)
    assert not set(names) & PAGE_IDS
    assert outline.source.problems == []


def test_a_label_that_is_chosen_twice_is_a_problem_that_names_the_first(outline: Outline) -> None:
    assert outline.claim("curves", 3) == "curves"
    assert outline.claim("curves", 8) != "curves"
    assert [str(problem) for problem in outline.source.problems] == [
        "a.md:8: label 'curves' is taken already, at line 3"
    ]
