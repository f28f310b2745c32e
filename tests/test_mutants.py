"""Whatever an article or a bibliography holds, it is answered, and soon; `MUTANTS=10000 SEED=1` tries more of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builder import settings
from builder.plan import plan
from builder.press import citing, page
from builder.press.articles import _files
from builder.press.parts import PageParts
from builder.press.views import Frame, ImageView
from builder.read import article as articles
from builder.read import bibliography
from builder.read.markdown import document
from builder.reporter import Recorded
from tests import mutants
from tests.builder.pages import SITE, TEMPLATES
from tests.builder.read.markdown.conftest import FILM, WORKS

COUNT, SEED = int(os.environ.get("MUTANTS", "150")), int(os.environ.get("SEED", "1"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles" / "case"
    folder.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\n")
    for name in mutants.FILES:
        (folder / name).write_bytes(FILM if name.endswith(".mp4") else b"")
    (folder / "works.bib").write_text(WORKS, "utf-8")
    return folder


@pytest.mark.slow
def test_mutated_articles_are_answered(folder: Path, tmp_path: Path) -> None:
    env, frame = page.environment([TEMPLATES]), Frame(SITE, "case/index.html")
    house = plan.open_house(settings.load(tmp_path), Recorded(), offline=True)

    def answer(text: str) -> bool:
        (folder / "index.md").write_text(text, "utf-8", newline="")
        article = articles.read(folder / "index.md", tmp_path)
        planned = plan.plan_article(house, article)
        if article.is_broken:
            return False
        images = {file: ImageView("assets/file") for file in _files(article)}
        parts = PageParts(env, frame, images=images, marks=citing.marks("author-year", article.bibliography))
        body = document.render(article, parts)
        page.article(env, frame, article, body, hero=parts.hero(article.hero), cards=parts.cards())
        return not planned.broken

    findings = mutants.tried(mutants.articles(COUNT, SEED), answer)
    assert findings.kinds == {}, findings.samples
    assert findings.whole > COUNT / 50


@pytest.mark.slow
def test_mutated_bibliographies_are_answered(folder: Path) -> None:
    file = folder / "works.bib"

    def answer(text: str) -> bool:
        file.write_text(text, "utf-8", newline="")
        library = bibliography.load(file, Path("works.bib"))
        works = [library.entries[key] for key in library.entries]
        marks = citing.marks("author-year", works)
        assert all(work.html and marks.name(work) and marks.order(work) for work in works)
        return not library.problems

    findings = mutants.tried(mutants.libraries(COUNT, SEED), answer)
    assert findings.kinds == {}, findings.samples
    assert findings.whole > COUNT / 50


def test_what_fails_or_takes_too_long_is_noticed() -> None:
    def answer(text: str) -> bool:
        while text == "long":
            pass
        return bool(1 / len(text))

    limit, mutants.LONGEST_S = mutants.LONGEST_S, 0.05
    try:
        findings = mutants.tried(iter(["", "long", "good"]), answer)
    finally:
        mutants.LONGEST_S = limit
    assert (findings.tried, findings.whole) == (3, 1)
    assert sorted(kind.split()[0] for kind in findings.kinds) == ["TooLong", "ZeroDivisionError"]


def test_the_same_seed_gives_the_same_mutants() -> None:
    assert list(mutants.articles(3, 5)) == list(mutants.articles(3, 5)) != list(mutants.articles(3, 6))
    assert list(mutants.libraries(3, 5)) == list(mutants.libraries(3, 5))
