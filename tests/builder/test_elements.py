"""What an article is made of besides measured figures, in a site as it is built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.builder.pages import BIB


def head(title: str, more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\n\n"


def tags(html: str, name: str) -> list[str]:
    return re.findall(rf"<{name}\b[^>]*>", html)


def test_pictures_keep_their_place_and_wait_below_the_first_heading(built) -> None:
    text = """\
![A](a.png) and ![half](a.png){width="50%"}

## Below

:::{image} b.png
:alt: B
:width: 300
:dark: a.png
:::
"""
    problems, pages = built({"one/index.md": head("One") + text})
    assert problems == []
    first, half, light, dark = tags(pages["one"], "img")
    assert 'width="1200" height="600"' in first
    assert "lazy" not in first
    assert 'width="332" height="166"' in half
    for twin, kind in ((light, "light"), (dark, "dark")):
        assert f'class="picture only-{kind}"' in twin
        assert 'width="300" height="150" loading="lazy"' in twin
    assert "style=" not in "".join((first, half, light, dark))
    assert light.split("src=")[1] != dark.split("src=")[1]


def test_files_are_copied_under_their_names(built, root: Path) -> None:
    (root / "articles" / "one").mkdir()
    (root / "articles" / "one" / "my data.csv").write_text("a,b\n")
    (root / "articles" / "one" / "paper.pdf").write_text("%PDF")
    problems, pages = built({"one/index.md": head("One") + "[data](<my data.csv>) [paper](paper.pdf 'Read')"})
    assert problems == []
    data, paper = re.findall(r'<a href="\.\./(assets/[^"]*)"([^>]*)>', pages["one"])
    assert (root / "site" / data[0]).read_text() == "a,b\n"
    assert data[1] == ' download="my data.csv"'
    assert (root / "site" / paper[0]).is_file()
    assert paper[1] == ' title="Read"'


def test_scripts_come_only_where_they_are_needed(built) -> None:
    tabs = "::::{tabs}\n:::{tab} A\nWords.\n:::\n::::\n"
    _, pages = built({"one/index.md": head("One") + tabs, "two/index.md": head("Two") + "Words."})
    assert "assets/elements." in pages["one"]
    assert "assets/elements." not in pages["two"]


def test_pictures_of_other_shapes_cannot_cover_each_other(built) -> None:
    text = ":::{compare} a.png square.png\n:alt: one | two\n:::\n"
    problems, _ = built({"one/index.md": head("One") + text})
    assert problems == [
        "articles/one/index.md:5: warning: compare: the pictures have different shapes, 1200 x 600 and 600 x 600 px"
    ]


def test_a_bibliography_that_two_articles_share_is_complained_of_once(built) -> None:
    text = head("One", "bibliography: ../shared.bib\n") + "[@marr]"
    problems, _ = built({"one/index.md": text, "two/index.md": text, "shared.bib": BIB + "@misc{x, title = {A}\n"})
    assert len(problems) == 1
    assert problems[0].startswith("articles/shared.bib:5: bibliography: ")


@pytest.mark.slow
def test_measured_numbers_stand_in_the_contents(built, tmp_path: Path) -> None:
    probe = f":::{{probe}}\n:name: p\n:units: mixed3b:1, mixed3b:2\n:log: {tmp_path}/log.txt\n:::\n"
    text = f"## The sum is {{value}}`p.sum:.1f` {{#sum}}\n\n## B\n\n## C\n\nSee @sec-sum.\n\n{probe}"
    problems, pages = built({"one/index.md": head("One") + text}, device="cpu")
    assert problems == []
    plain = [
        re.sub(r"<(?!/?a)[^>]*>", "", link) for link in re.findall(r'<a [^>]*href="#sum"[^>]*>.*?</a>', pages["one"])
    ]
    assert [re.sub("<[^>]*>", "", link) for link in plain] == ["The sum is 6.0"] * 2 + ["#", "The sum is 6.0"]
    assert 'aria-label="Link to “The sum is 6.0”"' in pages["one"]


def test_subfigures_share_a_number_and_each_has_a_page_with_its_caption(built, root: Path) -> None:
    log = root / "log.txt"
    text = f"""\
::::{{subfigures}}
:name: both

:::{{probe}}
:units: mixed3b:3
:log: {log}

The *first*, with a note[^n].
:::

:::{{image}} a.png
:name: plate
:alt: A plate

The second.
:::

Both: @fig-both-a, @fig-plate, {{value}}`both-a.sum`.
::::

[^n]: A note.
"""
    problems, pages = built({"one/index.md": head("One") + text}, "markdown = true\n")
    assert problems == []
    page = pages["one"]
    assert re.findall(r"<figure [^>]*id=\"([^\"]*)\"", page) == ["fig-both", "fig-both-a", "fig-plate"]
    assert page.count("The <em>first</em>") == 1
    assert re.findall(r"<b class=\"figure-number\">([^<]*)", page) == ["Figure 1.", "(a)", "(b)"]
    assert re.findall(r">(Figure\N{NO-BREAK SPACE}1[ab])<", page) == [
        "Figure\N{NO-BREAK SPACE}1a",
        "Figure\N{NO-BREAK SPACE}1b",
    ]
    own = (root / "site/figures/one/both-a.html").read_text()
    assert '<b class="figure-number">Figure 1a.</b> The <em>first</em>' in own
    twin = (root / "site/one/index.md").read_text()
    assert "**Figure 1a.** The *first*" in twin
    assert "Both: Figure 1a, Figure 1b, 6." in twin
    assert "subfigures" not in twin
