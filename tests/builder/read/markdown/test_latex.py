"""Formulas in the words of the converter."""

import pytest

from builder.read.markdown import latex


def test_the_words_of_the_converter_stand_on_the_lines_of_the_author() -> None:
    text = "\\begin{align}\n a &= b \\\\[2pt] % why\n \\text{if $x$}\n\\end{align}"
    assert latex.readable(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(("text", "name"), [(r"x \label{eq:loss}", "loss"), (r"\label{a-b} x", "a-b"), ("x", "")])
def test_a_formula_names_itself(text: str, name: str) -> None:
    assert latex.label(text) == name


@pytest.mark.parametrize(("text", "count"), [("(a]", 0), ("[0, 1) [", 1), ("))((", 2), ("f(", 1)])
def test_brackets_that_nothing_closes_are_counted(text: str, count: int) -> None:
    assert latex.left_open(text) == count
