"""The head of an article as YAML: bounded, with the lines of its keys."""

from pathlib import Path

import pytest

from builder.read import head


def read(text: str) -> tuple[list | None, list[str]]:
    problems: list = []
    top, _ = head.split(f"---\n{text}\n---\n", Path("a.md"), problems)
    return head.entries(top, Path("a.md"), problems), list(map(str, problems))


def test_keys_have_their_lines_and_so_do_commands() -> None:
    entries, problems = read("title: A\nmacros:\n  '\\R': x\n  S: y")
    assert problems == []
    assert entries == [("title", "A", 2), ("macros", head.Lined((("\\R", "x", 4), ("S", "y", 5))), 3)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x [1]\nb: [*x, *x]", "a.md:3: front matter: broken YAML: the alias *x; write it out"),
        ("title: " + "[" * 3000, "a.md:2: front matter: broken YAML: lists within lists"),
        ('title: "\\RR"', "a.md:2: front matter: broken YAML: found unknown escape character 'R'; in '…'"),
    ],
)
def test_what_makes_much_of_little_is_refused_in_its_line(text: str, said: str) -> None:
    _, problems = read(text)
    assert len(problems) == 1
    assert problems[0].startswith(said)
