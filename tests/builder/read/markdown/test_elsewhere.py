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
        ("> [!bug]- Title\n> A", "11: '[!bug]-' is a box of GitHub's or Obsidian's; write :::{danger}"),
        ('!!! tip "Title"\n    A', "11: '!!! tip' is a box of MkDocs; write :::{tip}"),
        ("A\n[[Page|shown]]", "12: '[[Page|shown]]' is a link of a wiki"),
        ("![[a.png]]", "11: '![[a.png]]' is Obsidian's"),
        ("import A from './a'", "11: 'import A from ‘./a’' is a line of MDX"),
        ("+---+---+\n| a | b |", "11: '+—+—+' is a table of Pandoc"),
        ("#. a", "11: '#. ' is a list of Pandoc"),
        ("[a](b c.png)", "11: '[a](b c.png)' is no link; write [words](<a b.png>)"),
        ("$\\alpha and", "11: maths: a formula stands between dollars"),
        ("$$\na\n\nb\n", "11: '$$' begins a formula that nothing closes"),
        ("| a | b|c |\n|---|---|\n| 1 |", "11: this is no table: its lines have 3 and 2 cells"),
        ("| a |\n|---|\n| 1 |\n| $x|y$ |", "14: a line of 2 cells in a table of 1; a bar within"),
        ("The <s> token", "11: <s> is not closed; where it is meant, set it in backticks"),
        ("A ==mark==", "11: warning: '==mark==' means nothing here; write <mark>…</mark>"),
        ("H~2~O", "11: warning: '~2~' means nothing here; write <sub>…</sub>"),
        ("x^2^", "11: warning: '^2^' means nothing here; write <sup>…</sup>"),
        ("A :tada:", "11: warning: ':tada:' means nothing here; write the sign itself"),
        ("gnp.\u202eexe", "11: warning: '\\u202e' means nothing here; it turns the line around"),
        ("See [a][nothing]", "11: warning: '[a][nothing]' means nothing here; give it a line"),
        ("As :math:`x`", "11: warning: ':math:' is a role of Sphinx; write {math}`…`"),
        ("a. x\nb. y", "11: warning: letters make no list"),
        ("> [!NOTE]\n> A", "11: '[!NOTE]' is a box of GitHub's or Obsidian's; write :::{note}"),
        ("> [!TIP]\n> A", "11: '[!TIP]' is a box of GitHub's or Obsidian's; write :::{tip}"),
    ],
)
def test_it_is_told_in_its_line(draw, markdown: str, said: str) -> None:
    problems = [line for line in draw(markdown).splitlines() if line.startswith("articles/")]
    assert len(problems) == 1
    assert problems[0].startswith(f"articles/case/index.md:{said}")


@pytest.mark.parametrize(
    "markdown",
    [
        "`{{< a >}}`",
        "```\n{% a %}\n```",
        "A set {a: b} {1, 2}",
        "[t](plate.png)",
        "a == b == c, C++ and i++",
        "[[1, 2], [3, 4]]",
        "x[i][j] at 12:30:45, layer:3",
        "about ~5 and ~6",
        "2^10 and 2^11",
        "It rose 5 % to 10 %",
        "| a |\n|---|\n| b\\|c |",
        "<sub>2</sub> and <b>c</b>",
        "Table: A {#tbl-a}\n\n| a |\n|---|\n| b |",
    ],
)
def test_code_and_plain_braces_stay(draw, markdown: str) -> None:
    assert "index.md:" not in draw(markdown)


@pytest.mark.parametrize(
    "caption", ["| a |\n|---|\n| 1 |\n\n: Words {#tbl-x}", ": Words {#tbl-x}\n\n| a |\n|---|\n| 1 |"]
)
def test_captions_of_quarto_and_pandoc_are_captions(draw, caption: str) -> None:
    assert "<TABLE number=1 id=tbl-x><CAPTION>Words</CAPTION>" in draw(caption)
