"""How much one article may hold."""

import time
from pathlib import Path

import pytest

from builder.errors import Place, Problem
from builder.read import bounds
from builder.read.article import read

TOKENS = [
    "^[", "[a](", "# h\n\n", ":::{note}\n", "@a ", "<a>", "(a)=\n\n", "{%", "`", "~~", "\"a' ", "x^", "]", "> ", "```{math}\n",
    "$a", "\\begin{equation}\n",
]  # fmt: skip


@pytest.mark.parametrize("token", TOKENS)
def test_a_hundred_kilobytes_of_one_token_are_soon_read_or_refused(tmp_path: Path, token: str) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: A\n---\n" + token * (100_000 // len(token)))
    begin = time.perf_counter()
    article = read(path, tmp_path)
    assert time.perf_counter() - begin < 5
    assert len(article.problems) <= bounds.MOST_PROBLEMS + 1


def test_what_is_too_much_is_told_at_its_line(tmp_path: Path) -> None:
    problem = bounds.refused("# h\n" * 1001, 3, Place(Path("a.md")))
    assert str(problem) == "a.md:1004: more than 1,000 headings; part the article in several"
    assert bounds.refused("```\n" + "# h\n" * 1001 + "```\n", 3, Place(Path("a.md"))) is None


def test_directives_within_each_other_are_as_deep_as_anybody_reads(draw_deep) -> None:
    assert "note: more than 20 directives, one within the other" in draw_deep


@pytest.fixture
def draw_deep(tmp_path: Path) -> str:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: A\n---\n" + ":::{note}\n" * 600)
    return "\n".join(map(str, read(path, tmp_path).problems))


def test_of_many_problems_a_hundred_are_told_and_the_others_counted() -> None:
    problems = [Problem(Place(Path("a.md"), n), "x" * 1000) for n in range(150)]
    told = bounds.told(problems * 2)
    assert len(told) == 101
    assert str(told[-1]) == "a.md:99: and 50 more problems in this file"
    assert len(told[0].message) == bounds.MOST_SIGNS
