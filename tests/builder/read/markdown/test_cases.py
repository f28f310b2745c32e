"""Every rule of the dialect, by cases: title, Markdown, what is drawn and reported."""

from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

FOLDER = Path(__file__).parent / "cases"
CASES = [
    pytest.param(markdown, expected, id=f"{path.stem}:{line}: {title}")
    for path in sorted(FOLDER.glob("*.txt"))
    for line, title, markdown, expected in read_fixture_file(path)
]


def test_there_are_cases_for_every_rule() -> None:
    assert len(CASES) > 60


@pytest.mark.parametrize(("markdown", "expected"), CASES)
def test_case(draw, markdown: str, expected: str) -> None:
    assert draw(markdown) == expected.strip("\n")
