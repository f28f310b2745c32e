"""LaTeX in fields, undone."""

import pytest

from builder.read import undone
from builder.read.undone import phrase


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"The \$100 Laptop and a \$5 Net", "The $100 Laptop and a $5 Net"),
        ("The $100 Laptop and a $5 Net", "The $100 Laptop and a $5 Net"),
        (r"\emph{On} \texttt{code} \foo{bar} \href{https://x.org}{here} \url{a}", "On code bar here a"),
        (r"\textsc{bert} \& \LaTeX{} na\"\i ve \o{} \c{c}a", "bert & LaTeX naïve ø ça"),
        (r"L$_2$ norm, $k$NN and $O(n)$", "L₂ norm, kNN and O(n)"),
        (r"\textcolor{red}{Red} and {\bf bold}", "Red and bold"),
        ("``A'' -- e\u0301", "“A” – é"),
    ],
)
def test_a_field_is_words(latex: str, plain: str) -> None:
    assert phrase(latex).plain == plain


def test_a_decoder_that_crashes_loses_the_commands_and_keeps_the_words(monkeypatch) -> None:
    def crash(text: str) -> str:
        raise IndexError(text)

    monkeypatch.setattr(undone, "_decoder", lambda: crash)
    assert undone.undone(r"Some {\bf bold} \& \relax words") == "Some bold & words"
