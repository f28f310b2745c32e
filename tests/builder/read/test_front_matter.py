"""The YAML head of an article."""

import datetime
from pathlib import Path

import pytest

from builder.read.front import Author
from tests.builder.read.sample import GOOD, problems, with_key


def test_everything_that_front_matter_can_say(article, folder: Path) -> None:
    front = article(GOOD).front
    assert front.title == "Curves – it’s “all” arcs…"
    assert front.authors == (
        Author("Ada Lovelace"),
        Author("Grace Hopper", "https://example.org", "0000-0002-1825-0097", ("Navy",)),
    )
    assert (front.date, front.updated) == (datetime.date(2026, 3, 31), datetime.date(2026, 4, 1))
    assert (front.tags, front.aliases) == (("curves", "vision"), ("old-curves",))
    assert front.bibliography == folder / "works.bib"
    assert (front.model, front.dataset, front.seed) == ("glyphs-shape", "glyphs:600", 7)
    assert (front.draft, front.toc, front.hero) == (True, False, "curves")
    assert (front.doi, front.license, front.series) == ("10.23915/distill.00024", "CC BY 4.0", "Circuits")
    assert (front.lines["title"], front.lines["authors"], front.lines["date"]) == (2, 5, 11)


def test_settings_decide_where_front_matter_is_silent(article) -> None:
    front = article(with_key("model:")).front
    assert (front.model, front.dataset, front.seed) == (None, None, None)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["titel: B"], "3: front matter: no key 'titel'; did you mean 'title'?"),
        (["bibliografy: works.bib"], "3: front matter: no key 'bibliografy'; did you mean 'bibliography'?"),
        (["tags: [a]", "seed: three"], "4: front matter: seed: expected a whole number, not 'three'"),
        (["seed: true"], "3: front matter: seed: expected a whole number, not True"),
        (["published: false"], "3: front matter: no key 'published'; write 'draft: true' for what is not to be seen yet"),
        (["categories: [a]"], "3: front matter: no key 'categories'; write 'tags: [one, two]'"),
        (["subtitle: a $\\farc$"],
         "3: front matter: subtitle: maths: no command '\\farc'; did you mean '\\frac'?"),
        (["macros:", "  '\\a': x", "  '\\bad': '\\farc'"],
         "5: front matter: macros: \\bad: maths: no command '\\farc'; did you mean '\\frac'?"),
        (["macros:", "  '\\a': x", "  '\\a1': y"],
         "5: front matter: macros: a command is a backslash and letters, like '\\RR', not '\\a1'"),
        (["draft: maybe"], "3: front matter: draft: expected true or false, not 'maybe'"),
        (["date: March"], "3: front matter: date: expected a date like 2026-03-31, not 'March'"),
        (["date: 2026-13-41"], "3: front matter: date: month must be in 1..12, not '2026-13-41'"),
        (["model: [a, b]"], "3: front matter: model: expected a text, not ['a', 'b']"),
        (["doi: abc"], "3: front matter: doi: expected a DOI like '10.23915/distill.00024', not 'abc'"),
        (["bibliography: work.bib"],
         "3: front matter: bibliography: no file 'work.bib' beside the article; did you mean 'works.bib'?"),
        (["hero: curve"], "3: front matter: hero: no figure 'fig-curve' in this article"),
        (["hero: plate.png"], "3: front matter: hero: no file 'plate.png' beside the article"),
        (["authors:", "  - name: A", "    url: x", "    orkid: y"],
         "3: front matter: authors: no key 'orkid' of an author; did you mean 'orcid'?"),
        (["authors: [{url: x}]"], "3: front matter: authors: an author needs a name, not {'url': 'x'}"),
        (["authors: [{name: A, orcid: '1'}]"],
         "3: front matter: authors: expected an ORCID like '0000-0002-1825-0097', not '1'"),
        (["author: A", "authors: [B]"], "4: front matter: 'author' and 'authors' are the same; keep one"),
        (["tags: [a]", "tags: [b]"], "4: front matter: key 'tags' is given twice, first at line 3"),
    ],
)  # fmt: skip
def test_a_mistake_in_front_matter_has_its_line(article, lines: list[str], problem: str) -> None:
    assert problems(article(with_key(*lines))) == [f"articles/curves/index.md:{problem}"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---\ntitle: A\ntags: [a\nseed: 1\n---\n", "4: front matter: broken YAML: "),
        ("---\ntitle: A: b\n---\n", "2: front matter: broken YAML: mapping values are not allowed here"),
        ("---\ntitle: A\n\tseed: 1\n---\n", "3: front matter: broken YAML: "),
        ("---\n- a\n---\n", "2: front matter: expected lines 'key: value'"),
        ("---\ntitle: A\nText", "1: the front matter is not closed; expected a line '---'"),
        ("+++\ntitle = 'T'\n+++", "1: front matter: this is TOML; here it is YAML: expected '---'"),
        ('{"title": "T"}', "1: front matter: this is JSON; here it is YAML: expected '---'"),
        (
            "\n---\ntitle: T\n---\n",
            "1: no front matter; expected '---', 'title: …' and '---' at the top; a line '---' stands at line 2, and",
        ),
        ("Text", "1: no front matter; expected '---', 'title: …' and '---' at the top"),
        ("---\nseed: 1\n---\n", "1: front matter: no title"),
        ("---\ntitle:\n---\n", "2: front matter: no title"),
        ("---\n---\n", "1: front matter: no title"),
        (b"---\ntitle: A\n---\n\nna\xefve\n", "5: byte 0xef is not UTF-8"),
    ],
)
def test_a_broken_head_is_one_problem_in_its_line(article, text: str, problem: str) -> None:
    found = problems(article(text))
    assert len(found) == 1
    assert found[0].startswith(f"articles/curves/index.md:{problem}")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("subtitle: A **word**", "3: warning: front matter: subtitle: '**word**' stays as it is written"),
        ("date: 2020-01-05 10:00:00 +0200", ""),
        ("date: 2020-01-05T10:00Z", ""),
        ("kernelspec: {name: a}", "3: front matter: no key 'kernelspec'; leave it out"),
    ],
)
def test_heads_of_other_systems(article, line: str, said: str) -> None:
    found = problems(article(f"---\ntitle: A\n{line}\n---\n"))
    assert [one.removeprefix("articles/curves/index.md:")[: len(said)] for one in found] == ([said] if said else [])


def test_formulas_of_a_title_are_drawn_and_plain_elsewhere(article) -> None:
    front = article(
        "---\ntitle: On $x^2$ in $\\RR$ for \\$5\nmacros:\n  '\\RR': '\\mathbb{R}'\n---\nText $\\RR$."
    ).front
    assert front.title == "On x² in ℝ for $5"
    assert front.drawn["title"].startswith("On <math><msup>")
    assert "description" not in front.drawn
