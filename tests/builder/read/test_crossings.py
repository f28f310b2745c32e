"""References from one article to another."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.slow


def head(title: str, more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\n\n"


OTHER = """\
:::{image} a.png
:name: pic
:alt: A

A picture.
:::

Table: Numbers {#tbl-n}

| a |
|---|
| 1 |

$$x$$ (eq-x)

## Why it *works* {#sec-why}

<div id="raw"></div>
"""


def test_references_to_other_articles_have_the_numbers_of_those(built) -> None:
    text = "@one#fig-pic, @one#tbl-n, @one#eq-x, @one#sec-why, [](../one/index.md), [x](../one/index.md#raw)."
    problems, pages = built({"one/index.md": head("One & all") + OTHER, "two/index.md": head("Two") + text})
    assert problems == []
    found = re.findall(r'<a class="crossref" href="([^"]*)" data-article="one">(.*?)</a>', pages["two"])
    assert found == [
        ("../one/index.html#fig-pic", "Figure\N{NO-BREAK SPACE}1 of <cite>One &amp; all</cite>"),
        ("../one/index.html#tbl-n", "Table\N{NO-BREAK SPACE}1 of <cite>One &amp; all</cite>"),
        ("../one/index.html#eq-x", "Equation\N{NO-BREAK SPACE}1 of <cite>One &amp; all</cite>"),
        ("../one/index.html#sec-why", "“Why it <em>works</em>” in <cite>One &amp; all</cite>"),
        ("../one/index.html", "<cite>One &amp; all</cite>"),
        ("../one/index.html#raw", "x"),
    ]


def test_references_that_lead_nowhere_name_the_nearest(built) -> None:
    text = "@oen#fig-pic and @one#fig-pik,\n[x](../one/index.md#sec-wy) and @draft#sec-a.\n"
    files = {"one/index.md": head("One") + OTHER, "two/index.md": head("Two") + text,
             "draft/index.md": head("Draft", "draft: true\n") + "## A\n"}  # fmt: skip
    problems, pages = built(files)
    assert problems == [
        "articles/two/index.md:5: no article 'oen'; did you mean 'one'?",
        "articles/two/index.md:5: no figure 'fig-pik' in articles/one/index.md; did you mean 'fig-pic'?",
        "articles/two/index.md:6: article 'draft' is a draft; its page is not built",
        "articles/two/index.md:6: no section 'sec-wy' in articles/one/index.md; did you mean 'sec-why'?",
    ]
    assert "two" not in pages
    assert built({"two/index.md": head("Two") + "@draft#sec-a."}, drafts=True)[0] == []
