"""The syntax of other systems."""

import pytest


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("A\n{{< video >}}", "12: '{{< video >}}' is a shortcode of Hugo; where it is meant, set it in backticks"),
        ("{{% notice %}}", "11: '{{% notice %}}' is a shortcode of Hugo; "),
        ("{% include a.html %}", "11: '{% include a.html %}' is a tag of Jekyll; "),
        ("{::comment}x{:/comment}", "11: '{::comment}' is an extension of kramdown"),
        ("{: .center}", "11: '{: .center}' is an attribute list of kramdown; write {.class #id}"),
        ("[[toc]]", "11: '[[toc]]' is not needed"),
        ("> [!NOTE]\n> A", "11: '[!NOTE]' is GitHub's; write :::{note}"),
    ],
)
def test_it_is_told_in_its_line(draw, markdown: str, said: str) -> None:
    problems = [line for line in draw(markdown).splitlines() if line.startswith("articles/")]
    assert len(problems) == 1
    assert problems[0].startswith(f"articles/case/index.md:{said}")


@pytest.mark.parametrize("markdown", ["`{{< a >}}`", "```\n{% a %}\n```", "A set {a: b} {1, 2}", "[t](plate.png)"])
def test_code_and_plain_braces_stay(draw, markdown: str) -> None:
    assert "index.md:" not in draw(markdown)
