"""A text that was drawn is taken as it was while all that went into it is the same."""

from __future__ import annotations

import pickle
import random
import shutil
from pathlib import Path

import pytest

from builder import settings, site
from builder.memory import name_of
from builder.press import ahead
from builder.press.coloured import FOLDER
from builder.read import article as articles
from builder.reporter import Recorded
from builder.store.records import sha256

PAGE = '{% extends "microscribe/article.html" %}{% block title %}Another{% endblock %}'
HEADING = "{% macro heading(heading, html) %}<h2>{{ html }}!</h2>{% endmacro %}\n"
TEXT = "---\ntitle: Of it\n---\n\n## A part\n\nWords and $x$.\n\n![A dot](dot.png){width=50%}\n"


@pytest.fixture
def read(root: Path, monkeypatch) -> list[str]:
    """Write some articles and build them; the slugs of those that are read from now on."""
    monkeypatch.setattr(site, "MANY", 1)
    (root / "articles" / "dot.png").write_bytes(b"a picture")
    for slug in ("one", "two"):
        (root / "articles" / f"{slug}.md").write_text(TEXT)
    build(root)
    slugs: list[str] = []
    attempted = articles.attempted
    monkeypatch.setattr(
        ahead.articles, "attempted", lambda path, *rest: (slugs.append(path.stem), attempted(path, *rest))[1]
    )
    return slugs


def build(root: Path) -> str:
    result = site.build(settings.load(root), Recorded(), site.Options(device="cpu"))
    assert not result.failed
    return (root / "site" / "one" / "index.html").read_text()


def template(root: Path, name: str, text: str) -> None:
    path = root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_another_template_of_pages_reads_nothing_again(root: Path, read: list[str]) -> None:
    template(root, "article.html", PAGE)
    page = build(root)
    assert "<title>Another</title>" in page
    assert "<math" in page
    assert read == []


def test_what_goes_into_a_text_is_seen(root: Path, read: list[str]) -> None:
    template(root, "parts/box.html", HEADING)
    assert "<h2>A part!</h2>" in build(root)
    assert sorted(read) == ["one", "two"]
    read.clear()
    (root / "articles" / "dot.png").write_bytes(b"another picture")
    (root / ".microscribe" / "memory.json").unlink()
    build(root)
    assert sorted(read) == ["one", "two"]


def test_a_damaged_text_is_read_again(root: Path, read: list[str]) -> None:
    path = root.resolve() / "articles" / "one.md"
    kept = root / ".microscribe" / FOLDER / name_of(path)
    kept.write_bytes(kept.read_bytes()[:-1])
    template(root, "article.html", PAGE)
    build(root)
    assert read == ["one"]


def test_a_text_that_somebody_else_wrote_is_not_opened(root: Path, read: list[str]) -> None:
    path = root.resolve() / "articles" / "one.md"
    data = pickle.dumps("anything")
    (root / ".microscribe" / FOLDER / name_of(path)).write_bytes(b"{}\n" + sha256(data).encode() + data)
    template(root, "article.html", PAGE)
    build(root)
    assert read == ["one"]


def test_the_text_of_an_article_that_is_gone_is_gone(root: Path, read: list[str]) -> None:
    (root / "articles" / "two.md").unlink()
    template(root, "article.html", PAGE)
    build(root)
    kept = root / ".microscribe" / FOLDER
    assert name_of(root.resolve() / "articles" / "two.md") not in {file.name for file in kept.iterdir()}


EDITS = {
    "templates/article.html": PAGE,
    "templates/parts/box.html": HEADING.replace("!", "Another {{ frame.site.title }}"),
    "articles/dot.png": "Another",
    "articles/one.md": TEXT.replace("Words", "Another"),
    "articles/data.csv": "a,Another",
    "pyproject.toml": '[tool.microscribe]\ntitle = "Another"\n',
}


@pytest.mark.slow
def test_whatever_is_changed_the_pages_are_those_of_a_build_from_nothing(root: Path, monkeypatch) -> None:
    monkeypatch.setattr(site, "MANY", 1)
    (root / "articles" / "two.md").write_text("---\ntitle: Two\n---\n\n## A part\n\n[Data](data.csv), [one](one.md).\n")
    dice = random.Random(1)
    (root / "templates" / "parts").mkdir(parents=True)
    for step in range(16):
        for name in EDITS if step == 0 else [dice.choice(list(EDITS))]:
            (root / name).write_text(EDITS[name].replace("Another", str(dice.randrange(5))))
        build(root)
        pages = {page: page.read_bytes() for page in (root / "site").rglob("*.html")}
        for known in (FOLDER, "memory.json"):
            (root / ".microscribe" / known).rename(root / f"aside-{known}")
        build(root)
        assert pages == {page: page.read_bytes() for page in (root / "site").rglob("*.html")}, step
        shutil.rmtree(root / ".microscribe" / FOLDER)
        for known in (FOLDER, "memory.json"):
            (root / f"aside-{known}").rename(root / ".microscribe" / known)
