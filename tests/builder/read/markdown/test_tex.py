"""TeX's own ways in prose."""

import pytest


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        (r"\cite{marr,geirhos2019}", "1:Marr, 1982; 2:Geirhos and Bethge, 2019"),
        (r"\citet[p. 3]{marr} says", "narrative=True line=11>1:Marr, 1982, p. 3"),
        (r"\citep{nobody}", "no work 'nobody' in the bibliography"),
        (r"\ref{fig:gone}", "no figure 'fig-gone'"),
        (r"As \(x^2\) is", r"a formula is written $…$, not '\(x^2\)'"),
        (r"\[E = mc^2\]", r"a formula is written $$…$$, not '\[E = mc^2\]'"),
        ("$a + \\eqref{eq:b}$", r"\eqref{eq:b} cannot stand in a formula; write @eq-b beside it"),
    ],
)
def test_it_is_read_or_told(draw, markdown: str, seen: str) -> None:
    assert seen in draw(markdown)


@pytest.mark.parametrize("markdown", [r"\[sic\]", r"\(a note\)", r"`\cite{a}`", r"\reference"])
def test_what_is_none_stays_as_it_is(draw, markdown: str) -> None:
    assert "index.md:" not in draw(markdown)
