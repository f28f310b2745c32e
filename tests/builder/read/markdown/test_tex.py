"""TeX's own ways in prose."""

import pytest


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        (r"\cite{marr,geirhos2019}", "1:Marr, 1982; 2:Geirhos and Bethge, 2019"),
        (r"\citet[p. 3]{marr} says", "narrative=True line=11>1:Marr, 1982, p. 3"),
        (r"\citep{nobody}", "no work 'nobody' in the bibliography"),
        (r"\citep[see][p. 2]{marr}", "see 1:Marr, 1982, p. 2"),
        (r"\citeyear{marr} \parencite{marr}", "unnamed"),
        (r"\Citet*{marr} and \textcite{marr}", "id=cite-2 narrative=True"),
        (
            r"Eq.~\eqref{eq:a}, \ref{eq:a}" + "\n\n$$x$$ {#eq-a}",
            "Eq.\xa0<REF kind=equation to=eq-a number=1>(1)</REF>, <REF kind=equation to=eq-a number=1>1</REF>",
        ),
        (r"\cref{eq:a,eq:b}", "no equation 'eq-b'"),
        (r"\ref{fig:gone}", "no figure 'fig-gone'"),
        (r"A \textbf{word}", r"'\textbf' is a command of TeX; write **…**"),
        ("\\newpage", r"'\newpage' is a command of TeX; leave it out"),
        (r"\foo{x}", r"'\foo' is a command of TeX; where it is meant, set it in backticks"),
        ("\\begin{itemize}\n\\item a\n\\end{itemize}", r"'\begin{itemize}' is an environment of TeX; write a list"),
        ("\\begin{IEEEeqnarray}{c}\na\n\\end{IEEEeqnarray}", "an environment of TeX; a formula stands between two"),
        (r"Let \alpha be", r"a formula stands between dollars, $…$; '\alpha' is outside of any"),
        (r"As \(x\) and", r"a formula is written $…$, not '\(x\)'"),
        (r"As \\(x_i\\) and", "a formula is written $…$"),
        (r"As \(x^2\) is", r"a formula is written $…$, not '\(x^2\)'"),
        (r"\[E = mc^2\]", r"a formula is written $$…$$, not '\[E = mc^2\]'"),
        ("$a + \\eqref{eq:b}$", r"\eqref{eq:b} cannot stand in a formula; write @eq-b beside it"),
    ],
)
def test_it_is_read_or_told(draw, markdown: str, seen: str) -> None:
    assert seen in draw(markdown)


@pytest.mark.parametrize(
    "markdown", [r"\[sic\]", r"\(a note\)", r"`\cite{a}`", r"\reference", r"C:\text\alpha", r"a\\b"]
)
def test_what_is_none_stays_as_it_is(draw, markdown: str) -> None:
    assert "index.md:" not in draw(markdown)
