"""Articles: front matter, places, and that no mistake of an author ever raises."""

import random
import subprocess
import sys
import time
from pathlib import Path

from builder.read.heroes import Hero
from builder.read.markdown.code import highlighted
from builder.read.markdown.document import render
from tests.builder.read.sample import GOOD, problems, with_key


def test_what_an_article_holds(article, folder: Path) -> None:
    found = article(GOOD)
    assert problems(found) == []
    assert (found.slug, found.name) == ("curves", Path("articles/curves/index.md"))
    assert [(d.figure, d.label, d.place.line) for d in found.directives] == [("tuning", "fig-curves", 28)]
    assert found.directives[0].option_lines == {"name": 29}
    assert [entry.short for entry in found.bibliography] == ["Olah, 2020"]
    assert [(h.level, h.id, h.text, h.place.line) for h in found.headings] == [(2, "first", "First", 26)]
    assert found.words == 4
    assert found.hero == Hero("fig-curves")


def test_an_article_without_folder_is_named_by_its_file(article) -> None:
    assert article(GOOD, "textures.md").slug == "textures"


def test_lines_are_those_of_the_file_with_any_line_end_and_mark(article) -> None:
    text = with_key("seed: 1", "", "tags: [a]") + "\n\nOne {unit}`bad` here.\n"
    expected = ["articles/curves/index.md:9: unit 'bad': expected layer:index, for example 'mixed3b:17'"]
    assert problems(article(text)) == expected
    assert problems(article(text.replace("\n", "\r\n"))) == expected
    assert problems(article(b"\xef\xbb\xbf" + text.encode())) == expected


def test_all_problems_come_at_once_in_the_order_of_the_file(article, folder: Path) -> None:
    (folder / "works.bib").write_text("@misc{olah2020, title={A}}\n@misc{olah2020, title={B}}\n")
    found = article(with_key("sed: 1", "bibliography: works.bib") + "\n\n@fig-a {vlue}`x` [@olah202]\n")
    assert problems(found) == [
        "articles/curves/index.md:3: front matter: no key 'sed'; did you mean 'seed'?",
        "articles/curves/index.md:8: no figure 'fig-a'",
        "articles/curves/index.md:8: no role 'vlue'; did you mean 'value'?",
        "articles/curves/index.md:8: no work 'olah202' in the bibliography; did you mean 'olah2020'?",
        "articles/curves/works.bib:2: bibliography: key 'olah2020' is given twice, first at line 1",
    ]


def test_a_citation_without_bibliography(article) -> None:
    assert problems(article(with_key() + "\n\nSee [@olah2020].")) == [
        "articles/curves/index.md:6: citation 'olah2020': the article has no bibliography; name one in the front matter"
    ]


class Silent:
    """A page whose parts show nothing."""

    def __getattr__(self, name: str):
        return highlighted if name == "coloured" else lambda *arguments: ""


def test_no_garbled_article_raises_and_every_problem_lies_within_its_file(article) -> None:
    chance = random.Random(0)
    source = (Path(__file__).parent / "markdown" / "cases" / "directives.txt").read_text("utf-8") + GOOD
    pieces = [":::", "`", "$", "[^", "]", "{", "}", "\n", "@", "---\n", "\\", "\t", "|", "{unit}`", "\x00", "é"]
    for _ in range(150):
        text = list(GOOD)
        for _ in range(chance.randint(1, 10)):
            start = chance.randrange(len(text))
            if chance.random() < 0.5:
                del text[start : start + chance.randint(1, 20)]
            cut = chance.randrange(len(source))
            text[start:start] = chance.choice([chance.choice(pieces), source[cut : cut + chance.randint(1, 200)]])
        garbled = "".join(text)
        found = article(garbled)
        render(found, Silent())
        lines = garbled.count("\n") + 1
        assert all(1 <= problem.place.line <= lines for problem in found.problems)


def test_reading_needs_no_heavy_library() -> None:
    code = "import sys, builder.read.article; print(sorted({'torch', 'numpy', 'altair', 'pygments', 'latex2mathml', "
    code += "'bibtexparser', 'pylatexenc'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_long_article_is_read_and_drawn_at_once(article) -> None:
    paragraph = "Units like {unit}`mixed3b:17` bend, see @fig-curves and [@olah2020], by $w_{ij}$ of `code` each. " * 10
    text = GOOD.split("## First")[0] + "\n\n".join([f"## Part {n}\n\n{paragraph}" for n in range(12)])
    text += "\n\n:::{tuning}\n:name: curves\n:::\n"
    article(text)
    start = time.process_time()
    found = article(text)
    render(found, Silent())
    assert found.words >= 1500
    assert problems(found) == []
    assert time.process_time() - start < 0.2
