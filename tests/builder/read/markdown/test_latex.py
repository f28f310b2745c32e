"""Formulas in the words of the converter."""

import pytest

from builder.read.markdown import latex


def test_the_words_of_the_converter_stand_on_the_lines_of_the_author() -> None:
    text = "\\begin{align}\n a &= b \\\\[2pt] % why\n \\text{if $x$}\n\\end{align}"
    assert latex.readable(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("text", "names"), [(r"x \label{eq:loss}", ["eq:loss"]), (r"\label{a} x \\ \label{b} y", ["a", "b"]), ("x", [])]
)
def test_a_formula_names_itself_and_its_lines(text: str, names: list[str]) -> None:
    assert latex.labels(text) == names


@pytest.mark.parametrize(
    ("label", "here"), [("eq:a", "eq-a"), ("tab:a", "tbl-a"), ("fig:a:b", "fig-a:b"), ("sec-a", "sec-a"), ("a", "a")]
)
def test_labels_of_tex_have_their_dash(label: str, here: str) -> None:
    assert latex.dashed(label) == here


@pytest.mark.parametrize(("text", "count"), [("(a]", 0), ("[0, 1) [", 1), ("))((", 2), ("f(", 1)])
def test_brackets_that_nothing_closes_are_counted(text: str, count: int) -> None:
    assert latex.left_open(text) == count
