"""Commands of one's own in formulas."""

import pytest

from builder.errors import UsageError
from builder.read.markdown import macros
from builder.read.markdown.maths import formula


@pytest.mark.parametrize(
    ("name", "body", "latex", "like"),
    [
        (r"\RR", r"\mathbb{R}", r"\RR^2", r"\mathbb{R}^2"),
        ("norm", r"\lVert #1 \rVert", r"\norm{x}", r"\lVert x \rVert"),
        (r"\norm", [r"\lVert #1 \rVert", 1], r"\norm x", r"\lVert x \rVert"),
        (r"\R", r"\mathbf{R}", r"\R", r"\mathbf{R}"),
        (r"\E", ["E_{#1}(#2)", 2, "x"], r"\E{y} + \E[z]{y}", "E_{x}(y) + E_{z}(y)"),
        (r"\first", ["#1", 2], r"\first{a}{b}", "a"),
        (r"\pair", "(#1, #2)", r"\pair{a}{b}", "(a, b)"),
    ],
)
def test_a_command_stands_for_its_body(name: str, body: object, latex: str, like: str) -> None:
    own = [macros.read(name, body)]
    assert formula(latex, False, macros.needed(latex, own)).html == formula(like, False).html


def test_only_what_a_formula_uses_is_defined() -> None:
    own = [macros.read(*pair) for pair in (("a", r"\b"), ("b", "x"), ("c", "y"))]
    assert macros.defined(macros.needed(r"\a", own)) == [r"\a", r"\b"]
    assert macros.needed("x", own) == ""


def test_many_copies_of_many_copies_are_refused() -> None:
    own = [macros.read("many" + "x" * (n + 1), ("\\many" + "x" * n) * 9) for n in range(9)] + [macros.read("many", "y")]
    latex = "\\many" + "x" * 9
    assert "too much" in formula(latex, False, macros.needed(latex, own)).mistakes[0][1]


def test_a_mistake_in_the_settings_is_told() -> None:
    with pytest.raises(UsageError, match="macros"):
        macros.of_site({"R2": "x"})


@pytest.mark.parametrize("body", [["#1#2", 1], ["x", 12], ["x", "two"], ["#1", 1, "a", "b"]])
def test_the_number_of_arguments_is_one(body: object) -> None:
    with pytest.raises(ValueError, match="how many arguments"):
        macros.read("a", body)
