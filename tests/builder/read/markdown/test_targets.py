"""Names above what they name."""

import pytest


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ("(eq:a)=\n$$x$$\n\n@eq-a", "Equation\xa01"),
        ("(sec-a)=\n## Of *all*\n\n{ref}`sec-a`", "<H2 id=sec-a>"),
        ("(tbl-a)=\nTable: A\n\n| a |\n|---|\n| b |\n\n@tbl-a", "Table\xa01"),
        ("(fig-a)=\n:::{image} plate.png\n:alt: A\n:::\n\n@fig-a", "Figure\xa01"),
        ("Text\n(a)=\n\nMore", '<p id="a">More</p>'),
        ("`(a)=` and (a)= stay", "<code>(a)=</code> and (a)= stay"),
        ("(a)=", "'(a)=' names nothing"),
    ],
)
def test_a_name_goes_to_the_block_below(draw, markdown: str, seen: str) -> None:
    drawn = draw(markdown)
    assert seen in drawn
    assert ("index.md:" in drawn) == ("names nothing" in seen)
