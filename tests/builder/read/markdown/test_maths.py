"""Formulas as people paste them: right, or refused with the way they are written here."""

import re
from pathlib import Path

import pytest

from builder.read.markdown.maths import formula

SHEET = (Path(__file__).parent / "formulas.txt").read_text("utf-8").splitlines()


def shown(html: str) -> str:
    """Return what a reader sees of a formula."""
    return re.sub(r"<[^>]*>", "", html)


def test_the_sheet_is_long() -> None:
    assert len(SHEET) > 100


@pytest.mark.parametrize("display", [True, False])
@pytest.mark.parametrize("text", SHEET)
def test_a_formula_of_a_paper_is_read_and_shows_nothing_of_its_source(text: str, display: bool) -> None:
    made = formula(text, display)
    assert not made.mistakes
    assert made.html.startswith("<math")
    assert not re.search(r"[\\$]|\[\d+pt\]", shown(made.html))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (r"\mathbbm{1}", "𝟙"),
        (r"\mathds{R}", "ℝ"),
        (r"a \not= b", "a≠b"),
        (r"\operatorname{arg\,max} x", "arg\u2009max\u2061x"),
        (r"\big\{ x \big\}", "{x}"),
        (r"\text{if $x > 0$ and $y$}", "if\u00a0x>0\u00a0and\u00a0y"),
        (r"\text{costs \$5}", "costs\u00a0$5"),
        (r"\begin{bmatrix} a \\[4pt] b \end{bmatrix}", "[ab]"),
        (r"\newcommand{\R}{\mathbf{R}} \R", "𝐑"),
        (r"\newcommand{\loss}[1]{L(#1)} \loss{x}", "L(x)"),
        (r"\DeclareMathOperator{\relu}{ReLU} \relu", "ReLU"),
        ("x % a remark\n+ y", "x+y"),
        (r"5\% x", "5%x"),
        (r"\begin{equation} x \label{eq:a} \end{equation}", "x"),
        (r"\begin{align} a &= b \\ c &= d \end{align}", "a=bc=d"),
        (r"\operatorname{soft-argmax} x", "soft‐argmax\u2061x"),
        (r"\newcommand*{\E}[2][x]{E_{#1}(#2)} \E{a} + \E[y]{b}", "Ex(a)+Ey(b)"),
        (r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert} \abs{x} \abs*{y}", "|x||y|"),
        (r"\left<x\right> \hspace*{1em} \text{``a''--b}", "⟨x⟩“a”–b"),
        (r"\text{where \(x\) is \textbf{big}}", "where\u00a0x\u00a0is\u00a0big"),
        (r"\underbracket[1pt][2pt]{a} \cfrac[l]{1}{2} a\\*b", "a⎵12ab"),
        (r"\sum_{\mathclap{i<n}} \ensuremath{x} \symbf{y}", "∑i&lt;nx𝐲"),
    ],
)
def test_what_a_reader_sees(text: str, seen: str) -> None:
    assert shown(formula(text, True).html).replace("&gt;", ">") == seen


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("x\n+ \\alhpa", 1, r"no command '\alhpa'; did you mean '\alpha'?"),
        (r"\begin{alinged}a\end{alinged}", 0, "no environment 'alinged'; did you mean 'aligned'?"),
        (r"\frac{a}{b", 0, r"the braces do not pair: '\frac{a}{b'"),
        (r"a}", 0, "the braces do not pair: 'a}'"),
        (r"\left( x", 0, r"\left and \right do not pair"),
        (r"x_1_2", 0, "two subscripts or superscripts on one symbol"),
        (r"x^1^2", 0, "two subscripts or superscripts on one symbol"),
        (r"x^", 0, "the formula ends too early"),
        ("a\n\\tag{3}", 1, "an equation is numbered by a name after it"),
        (r"\href{http://a.org}{x}", 0, r"no command '\href'; a link stands in the text"),
        (r"\norm{x}", 0, r"no command '\norm'; write \lVert x \rVert, or define it below 'macros:'"),
        (r"x \tag{$*$}", 0, "an equation is numbered by a name"),
        (r"\textcolor[HTML]{FF0000}{x}", 0, "a colour is written by its name"),
        (r"\textcolor{mine}{x}", 0, "colours have the names of xcolor"),
        (r"a & b", 0, "& stands only between the columns"),
        (r"\text{a_b}", 0, "a sign of formulas within words"),
        (r"\begin{array} a \end{array}", 0, "an array begins with its columns"),
        (r"\newcommand{\a}[1][]{\b[#1#1]}\newcommand{\b}[1][]{\a[#1]} \a[x]", 0, "no command"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_line(text: str, line: int, said: str) -> None:
    made = formula(text, True)
    assert [place for place, _ in made.mistakes] == [line]
    assert said in made.mistakes[0][1]
    assert made.html.startswith('<code class="unresolved">')


@pytest.mark.parametrize(
    "token", ["{", "\\frac", "x_", "\\left(", "$", "\\begin{matrix}", "\\text{", "&", "%", "\\\\", "[", "f("]
)
def test_a_hundred_kilobytes_of_one_token_are_soon_read_or_refused(token: str) -> None:
    made = formula(token * (100_000 // len(token)), True)
    assert made.html


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        (r"\mathop{\mathbb{E}}_{x}", "<munder><mi>𝔼</mi><mi>x</mi></munder>"),
        (r"\DeclareMathOperator*{\E}{\mathbb{E}} \E_x", "<munder><mi>𝔼</mi><mi>x</mi></munder>"),
        (r"\operatorname{\mathbf{a}}_x", "</mpadded><mi>x</mi></msub>"),
        (r"\mathop{\mathrm{min}}\limits_x", "<munder><mrow>"),
        (r"a \\ b", "<mtr><mtd><mi>a</mi></mtd></mtr><mtr>"),
        (r"\begin{array}{c} a \\ \hline \end{array}", '<mtable style="border-bottom: 0.05em solid'),
        (r"\begin{pmatrix} a \\ \end{pmatrix}", "<mtr><mtd><mi>a</mi></mtd></mtr></mtable>"),
    ],
)
def test_what_stands_below_an_operator_and_where_rows_end(text: str, markup: str) -> None:
    assert markup in formula(text, True).html


def test_in_a_line_it_stands_behind() -> None:
    assert "munder" not in formula(r"\mathop{\mathbb{E}}_{x}", False).html


def test_a_formula_of_many_letters_keeps_each() -> None:
    assert shown(formula("x+" * 200 + "y", False).html) == "x+" * 200 + "y"
