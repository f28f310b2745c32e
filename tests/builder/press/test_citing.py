"""How articles cite, and how they ask to be cited."""

from __future__ import annotations

import re

import pytest

from builder.press.citing import bibtex
from builder.press.views import Frame
from tests.builder.pages import BIB, HEAD, SITE, write


def head(title: str, more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\n\n"


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


def test_cite_this(tmp_path):
    text = bibtex(write(tmp_path, HEAD), Frame(SITE, "some/index.html"))
    assert text.splitlines() == [
        "@article{utt2026curves,", "  title = {{Curves <and> lines}},", "  author = {Ada Ütt},", "  year = {2026},",
        "  month = {nov},", "  journal = {A \\& B},", "  url = {https://example.org/some/},", "}",
    ]  # fmt: skip


def test_an_article_without_authors_has_a_key_that_begins_with_a_letter(tmp_path):
    alone = HEAD.replace("authors", "tags")
    assert bibtex(write(tmp_path, alone), Frame(SITE, "some/index.html")).startswith("@article{curves2026,")
