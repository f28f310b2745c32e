"""Commands of LaTeX with what they are given, written in other words."""

import pytest

from builder.read.markdown.expansion import Rule, TooLong, rewritten, scripts, template

RULES = {
    "a": template(1, "<#1>"),
    "b": template(2, "#2#1"),
    "c": template(0, r"\gamma"),
    "o": Rule(1, repr, options=True),
}


@pytest.mark.parametrize(
    ("latex", "new"),
    [
        (r"\a{x} \a y \a\pi", r"<x> <y> <\pi>"),
        (r"\b{\a{x}}{[y]}", "[y]<x>"),
        (r"\c x\c_1\c{}", r"\gamma x\gamma_1\gamma{}"),
        (r"\\a{x} \ab{x} \a", r"\\a{x} \ab{x} \a"),
        (r"\a{\}", r"\a{\}"),
        ("\\b{x\n}{y}", "yx\n"),
        (r"\a*{x}", "<*>{x}"),
    ],
)
def test_commands_are_written_anew_the_innermost_first(latex: str, new: str) -> None:
    assert rewritten(latex, RULES) == new


def test_brackets_may_hold_brackets_and_braces() -> None:
    assert "options=('[x]', 'y')" in rewritten(r"\o[[x]][y]{z}", RULES)
    assert "options=('{]}',)" in rewritten(r"\o[{]}]{z}", RULES)


def test_what_is_below_and_above_is_found_in_any_order() -> None:
    assert scripts("^{a}_b c", 0) == ({"^": "a", "_": "b"}, 6)
    assert scripts("x_a", 0) == scripts("_{a", 0) == ({}, 0)


def test_there_is_an_end() -> None:
    with pytest.raises(TooLong):
        rewritten(r"\d" * 20, {"d": template(0, "x" * 10_000)})
