"""Environments in those that the converter knows."""

import pytest

from builder.read.markdown.environments import columns, readable


@pytest.mark.parametrize(
    ("latex", "new"),
    [
        (r"\begin{aligned}[t] a \\ \end{aligned}", r"\begin{aligned} a \end{aligned}"),
        (r"\begin{alignedat}{2}a\end{alignedat}", r"\begin{aligned}a\end{aligned}"),
        (r"\begin{bmatrix}[c|c] 1 & 2 \end{bmatrix}", r"\left[\begin{array}{c|c} 1 & 2 \end{array}\right]"),
        (r"\begin{bmatrix}[a] & b \end{bmatrix}", r"\begin{bmatrix}[a] & b \end{bmatrix}"),
        (r"\begin{psmallmatrix}1\end{psmallmatrix}", r"\left({\scriptstyle\begin{matrix}1\end{matrix}}\right)"),
        (r"\begin{cases*} x & if $y$ \end{cases*}", r"\begin{cases} x &\text{if $y$}\end{cases}"),
        (r"\begin{subequations}\begin{align}a\end{align}\end{subequations}", r"\begin{aligned}a\end{aligned}"),
        ("\\begin{array}\n[t]{@{}l@{}}a\\end{array}", "\\begin{array}{l}\na\\end{array}"),
        (r"\begin{nothing}a\end{nothing}", r"\begin{nothing}a\end{nothing}"),
        (r"\begin{align}a", r"\begin{align}a"),
    ],
)
def test_environments_are_written_in_known_ones(latex: str, new: str) -> None:
    assert "".join(readable(latex).split()) == "".join(new.split())
    assert readable(latex).count("\n") == latex.count("\n")


def test_of_a_matrix_with_a_star_all_columns_are_alike() -> None:
    assert readable(r"\begin{pmatrix*}[r]-1\end{pmatrix*}").startswith(r"\left(\begin{array}{rrr")


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ("@{}l*{2}{c}@{}", "lcc"),
        (r">{\displaystyle}r<{}p{3cm}|c", "rl|c"),
        ("rCl", "rcl"),
        ("*{2}{*{2}{l}}", "llll"),
    ],
)
def test_columns_are_letters(written: str, letters: str) -> None:
    assert columns(written) == letters
