"""Formulas as browsers and a strict policy want them."""

import re
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont

from builder.press import fonts
from builder.read.markdown import mathml
from builder.read.markdown.commands import COMMANDS, SHORT
from builder.read.markdown.maths import formula


def test_lines_below_a_sum_are_small_and_those_of_a_matrix_are_not() -> None:
    assert "<mtable>" in formula(r"\sum_{\substack{i\\j}} x", True).html
    assert "<mtable>" in formula(r"\begin{smallmatrix} a \end{smallmatrix}", True).html
    assert 'scriptlevel="0"' in formula(r"x_i \begin{matrix} a \end{matrix}", True).html


def test_styles_become_classes_and_none_is_left() -> None:
    html = formula(r"\begin{aligned} a &= b \end{aligned} \cancel{x} \boxed{y} \textcolor{red}{z}", True).html
    named: list[str] = []
    classed = mathml.classed(html, lambda style: named.append(style) or "s1")
    assert " style=" not in classed
    assert " style=" not in mathml.unstyled(html)
    assert any("text-align" in style for style in named)
    assert "menclose" not in html
    assert "color:#FF0000" in named


def test_what_stands_on_an_arrow_has_one_that_the_font_can_lengthen_or_is_refused() -> None:
    package = Path(find_spec(fonts.FORMULAS.package).origin).parent
    font = TTFont(package / fonts.FORMULAS.folder / fonts.FORMULAS.source)
    glyphs, long = font.getBestCmap(), set(font["MATH"].table.MathVariants.HorizGlyphCoverage.glyphs)
    for name in (name for name in COMMANDS if name.startswith("x") and not name.endswith(("i", "cancel"))):
        html = formula(rf"\{name}{{f}}", True).html
        (sign,) = re.findall(r'<mo stretchy="true"[^>]*>(.)</mo>', html)
        assert sign in fonts.OF_FORMULAS, name
        assert glyphs[ord(sign)] in long, name
    for name, sign in SHORT.items():
        (mistake,) = formula(rf"\{name}{{f}}", True).mistakes
        assert mistake[1].endswith(rf"write \overset{{…}}{{{sign}}}")
        assert formula(rf"\overset{{f}}{{{sign}}}", True).mistakes == ()


def test_lines_and_arrows_are_as_long_as_what_they_belong_to() -> None:
    assert '<mo stretchy="true">\u203e</mo>' in formula(r"\overline{ab}", True).html
    assert 'stretchy="true" lspace="0" rspace="0">→' in formula(r"\xrightarrow{f}", True).html
