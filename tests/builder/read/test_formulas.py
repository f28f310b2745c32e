"""Formulas in the words of the front matter."""

import pytest

from builder.read.formulas import check, read
from builder.read.markdown import macros


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Only -- words", "Only – words"),
        (r"$\alpha_1$ and $x^{n+1}$", "α₁ and xⁿ⁺¹"),
        (r"$\frac{a+b}{c} \in \RR$", "(a + b)/c ∈ ℝ"),
        (r"$\hat{x}_{ij}$, $\sqrt{2}$", "x\u0302_ij, √2"),
        ("from $5 to $6, US$7", "from $5 to $6, US$7"),
        (r"\$5 and $x$", "$5 and x"),
    ],
)
def test_a_formula_is_said_in_plain_text(text: str, plain: str) -> None:
    words = read(text, [macros.read("RR", r"\mathbb{R}")])
    assert (words.plain, words.mistakes) == (plain, ())
    assert ("<math>" in words.html) == ("α" in plain or "ℝ" in plain or "√" in plain or plain == "$5 and x")


def test_a_command_that_stands_for_itself_is_told() -> None:
    own = [macros.read(r"\a", r"\b", 4), macros.read(r"\b", r"\a", 5), macros.read(r"\norm", r"\lVert #1 \rVert", 6)]
    assert [line for line, _ in check(own)] == [4, 5]
