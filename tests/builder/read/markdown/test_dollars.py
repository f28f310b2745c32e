"""Dollars of formulas and dollars of money."""

import pytest

from builder.read.markdown import dollars


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        (r"3$\times$3 kernels, 92.1$\pm$0.3, 5$\%$, 2$x$, $k$2", [r"\times", r"\pm", r"\%", "x", "k"]),
        ("$5 and $10, US$5 and US$10, $5k–$10k, $5/$10, $20 (or $x$)", ["x"]),
        ('a $20 note, "$HOME", $PATH and 5$, 10$', []),
        ("$10$, $5k$, $1, 2$, $n = 5$, $[0, 1)$", ["10", "5k", "1, 2", "n = 5", "[0, 1)"]),
        (r"$ x $, $ \alpha $ but $ cd a_b && ls $", ["x", r"\alpha"]),
        (r"\$x\$ and $a\$b$", [r"a\$b"]),
        ("$$x$$", []),
    ],
)
def test_formulas_are_told_from_money(text: str, formulas: list[str]) -> None:
    assert dollars.pieces(text)[1::2] == formulas


def test_words_and_formulas_make_the_text() -> None:
    assert dollars.pieces("a $x$ b $y$") == ["a ", "x", " b ", "y", ""]


def test_an_article_reads_them_alike(draw) -> None:
    drawn = draw("3$\\times$3, $`a_b`$ for $5 and $10")
    assert drawn.count("<math>") == 2
    assert "for $5 and $10" in drawn
