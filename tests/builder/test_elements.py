"""What an article is made of besides measured figures, in a site as it is built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from builder import check, settings, site
from builder.reporter import Recorded

BIB = """\
@article{olah, author = {Olah, Chris and Cammarata, Nick and Schubert, Ludwig}, title = {Zoom In}, year = {2020}}
@article{olahb, author = {Olah, Chris and Cammarata, Nick and Schubert, Ludwig}, title = {An Overview}, year = {2020}}
@misc{marr, author = {Marr, David}, title = {Vision}, year = 1982}
@misc{anon, author = {{Ärzte}}, title = {Undated}}
"""


@pytest.fixture
def built(root: Path):
    """Return a function that builds a site of the given articles: its result, and its pages by slug."""

    def build(files: dict[str, str], extra: str = "", **options):
        (root / "pyproject.toml").write_text(f"[tool.microscribe]\ntitle = 'Trial'\n{extra}")
        for name, text in files.items():
            path = root / "articles" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        for name, size in (("a.png", (1200, 600)), ("b.png", (1200, 600)), ("square.png", (600, 600))):
            Image.new("RGB", size, (9, 9, ord(name[0]))).save(root / "articles" / "one" / name)
        result = site.build(settings.load(root), Recorded(), site.Options(**options))
        pages = {path.parent.name: path.read_text("utf-8") for path in (root / "site").glob("*/index.html")}
        return [str(problem) for problem in result.problems], pages

    return build


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


CITING = "[see @olah, p. 3; @marr] [@olahb; @anon] Olah [-@olah] and @marr [p. 4] say.\n"


def words(html: str) -> list[str]:
    return [re.sub("<[^>]*>", "", one) for one in re.findall(r"<cite class=.*?</cite>", html)]


@pytest.mark.parametrize(
    ("setting", "marks", "names"),
    [
        ("", ["[see 1, p. 3; 2]", "[3, 4]", "[1]", "Marr [2, p. 4]"], []),
        (
            "citations = 'author-year'\n",
            ["(see Olah et al., 2020b, p. 3; Marr, 1982)", "(Olah et al., 2020a; Ärzte, n.d.)", "(2020b)",
             "Marr (1982, p. 4)"],
            ["Ärzte, n.d.", "Marr, 1982", "Olah et al., 2020a", "Olah et al., 2020b"],
        ),
    ],
    ids=["numbered", "author-year"],
)  # fmt: skip
def test_marks_of_citations(built, setting: str, marks: list[str], names: list[str]) -> None:
    files = {"one/index.md": head("One", "bibliography: b.bib\n") + CITING, "one/b.bib": BIB}
    problems, pages = built(files, setting)
    assert problems == []
    assert words(pages["one"]) == marks
    assert re.findall(r'<p class="reference-name">(.*?)</p>', pages["one"]) == names
    back = re.findall(r'<li id="ref-(\w+)".*?<span class="back">(.*?)</span>', pages["one"], re.DOTALL)
    assert {key: re.findall('href="#(.*?)"', html) for key, html in back} == {
        "olah": ["cite-1", "cite-3"], "marr": ["cite-1", "cite-4"], "olahb": ["cite-2"], "anon": ["cite-2"],
    }  # fmt: skip


def test_a_bibliography_that_two_articles_share_is_complained_of_once(built) -> None:
    text = head("One", "bibliography: ../shared.bib\n") + "[@marr]"
    problems, _ = built({"one/index.md": text, "two/index.md": text, "shared.bib": BIB + "@misc{x, title = {A}\n"})
    assert len(problems) == 1
    assert problems[0].startswith("articles/shared.bib:5: bibliography: ")


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


def test_works_that_no_article_cites_are_found_by_a_check(built, root: Path) -> None:
    front = "bibliography: ../shared.bib\n"
    files = {"one/index.md": head("One", front) + "[@marr]", "two/index.md": head("Two", front) + "[@olah]"}
    assert built({**files, "shared.bib": BIB})[0] == []
    found = check.of_articles(site.discover(settings.load(root)))
    assert [str(one) for one in found if one.kind == "work"] == [
        "articles/shared.bib:2: warning: work 'olahb' is never cited",
        "articles/shared.bib:4: warning: work 'anon' is never cited",
    ]
