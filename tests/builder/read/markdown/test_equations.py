"""Displayed formulas and their names, as several systems write them."""

import pytest


@pytest.mark.parametrize(
    "markdown",
    [
        "$$\na\n$$ {#eq-x}",
        "$$a$$ {#eq-x .wide}",
        "$$\na\n$$ (eq:x)",
        "$$ \\label{eq:x}\na\n$$",
        "\\begin{equation}\n\\label{x}\na\n\\end{equation}",
        "A paragraph\n$$\na\n- b\n$$ {#eq-x}\ngoes on",
        "```{math}\n:label: eq-x\na\n```",
        ":::{math} a\n:name: x\n:::",
        "(eq-x)=\n$$\na\n$$",
        "- item\n\n  $$a$$ {#eq-x}",
    ],
)
def test_every_way_to_name_an_equation_is_one(draw, markdown: str) -> None:
    drawn = draw(f"{markdown}\n\n@eq-x, \\eqref{{eq:x}}, \\ref{{x}}, {{eq}}`x`, $\\eqref{{eq:x}}$")
    assert "<EQUATION number=1 id=eq-x>" in drawn
    assert drawn.count("to=eq-x number=1>Equation\xa01</REF>") == 3
    assert "number=1>(1)</REF>" in drawn
    assert "number=1>1</REF>" in drawn
    assert "index.md:" not in drawn


def test_names_are_unique_and_each_line_of_an_equation_may_have_one(draw) -> None:
    drawn = draw("$$a$$ (x)\n\n$$b$$ {#eq-x}\n\n\\begin{align}a \\label{p}\\\\b \\label{q}\\end{align}\n\n@eq-p @eq-q")
    assert "case/index.md:13: label 'eq-x' is taken already, at line 11" in drawn
    assert drawn.count("Equation\xa03") == 2


def test_what_has_no_name_stays_in_its_paragraph(draw) -> None:
    assert draw("So\n$$x$$\nfollows.").count("<p>") == 1
