"""Roles: what stands between backticks behind a name in braces."""

import pytest

from builder.read.markdown.roles import ROLES


def test_small_capitals_are_text_in_a_span(draw) -> None:
    assert '<span class="small-capitals">abc</span>' in draw("{sc}`abc`\n")


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("H{sub}`2`O and {kbd}`Ctrl`", "H<sub>2</sub>O and <kbd>Ctrl</kbd>"),
        ("{math}`x^2`", "<math><msup>"),
        ("{cite:t}`marr`", "narrative=True"),
        ("{citep}`marr`", "1:Marr, 1982"),
        ("{ref}`words <sec:a>`\n\n## A {#sec-a}", "<REF kind=section to=sec-a>words</REF>"),
        ("{numref}`Fig. %s <fig-a>`", "no figure 'fig-a'"),
        ("{download}`a`", "no role 'download'; write [words](address)"),
    ],
)
def test_roles_of_myst_are_read_or_named(draw, markdown: str, seen: str) -> None:
    assert seen in draw(markdown)


@pytest.mark.parametrize("role", ["unti", "sc2", "nothing-like-it"])
def test_an_unknown_role_stays_as_text_and_is_a_problem_at_its_line(draw, role: str) -> None:
    drawn = draw(f"Words\nand {{{role}}}`x`.\n")
    assert f"{{{role}}}`x`" in drawn
    assert f"articles/case/index.md:12: no role '{role}'" in drawn


def test_the_nearest_role_is_named(draw) -> None:
    assert "did you mean 'unit'?" in draw("{unti}`mixed3b:3`\n")


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_in_code_is_code(draw, role: str) -> None:
    drawn = draw(f"`` {{{role}}}`mixed3b:3` ``\n")
    assert f"<code>{{{role}}}`mixed3b:3`</code>" in drawn
