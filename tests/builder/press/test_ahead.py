"""Articles that show nothing of others are printed ahead, and the site is the same."""

from __future__ import annotations

import weakref
from pathlib import Path

import pytest

from builder import settings, site
from builder.errors import BuildError
from builder.press import ahead, pages
from builder.reporter import Recorded


def write(root: Path, slug: str, body: str, head: str = "") -> None:
    (root / "articles" / f"{slug}.md").write_text(f"---\ntitle: Of {slug}\n{head}---\n\n{body}\n")


def build(root: Path) -> tuple[site.Result, dict[str, bytes]]:
    result = site.build(settings.load(root), Recorded(), site.Options(device="cpu"))
    files = [path for path in (root / "site").rglob("*") if path.is_file()]
    return result, {str(path.relative_to(root)): path.read_bytes() for path in files}


@pytest.fixture
def many(root: Path) -> Path:
    for number in range(6):
        write(root, f"plain-{number}", "Words and $x$.")
    write(root, "bare", "See [](plain-1.md).")
    write(root, "linked", "See [this](plain-1.md).")
    write(root, "serial", "One.", "series: S\n")
    write(root, "draft", "Not yet.", "draft: true\n")
    write(root, "unit", "The {unit}`mixed3b:1`.")
    return root


@pytest.mark.slow
@pytest.mark.parametrize("processors", [1, 2])
def test_the_site_is_the_same(many: Path, monkeypatch, processors: int) -> None:
    asked: list[int] = []
    started = ahead.read
    monkeypatch.setattr(ahead, "read", lambda *args, **kwargs: (asked.append(1), started(*args, **kwargs)))
    monkeypatch.setattr(ahead, "SHARE", 1)
    monkeypatch.setattr(ahead, "processors", lambda: processors)
    monkeypatch.setattr(site, "MANY", 2)
    result, files = build(many)
    assert asked
    assert not result.failed
    assert set(result.changed) == {name.removeprefix("site/") for name in files}
    for path in ((many / "site"), many / ".microscribe" / "memory.json", many / ".microscribe" / "output.json"):
        path.rename(many / f"before-{path.name}")
    monkeypatch.setattr(site, "MANY", 10**6)
    assert build(many)[1] == files


@pytest.mark.slow
def test_no_page_is_left_of_an_article_that_leads_nowhere(many: Path, monkeypatch) -> None:
    write(many, "lost", "See [this](draft.md).")
    monkeypatch.setattr(site, "MANY", 2)
    result, files = build(many)
    assert [str(p.place.path) for p in result.problems] == ["articles/lost.md"]
    assert "site/plain-1/index.html" in files
    assert "site/lost/index.html" not in files


@pytest.mark.slow
def test_what_stops_it_is_told_by_the_build_with_its_place(many: Path, monkeypatch) -> None:
    (many / "templates").mkdir()
    (many / "templates" / "article.html").write_text("{% if %}")
    monkeypatch.setattr(site, "MANY", 2)
    with pytest.raises(BuildError, match=r"templates/article.html:1: "):
        build(many)


@pytest.mark.slow
def test_a_slug_that_cannot_be_costs_its_own_article_only(many: Path, monkeypatch) -> None:
    write(many, "index.html", "Words.")
    write(many, "Assets", "Words.")
    monkeypatch.setattr(site, "MANY", 2)
    result, files = build(many)
    assert sorted(str(p.place.path) for p in result.problems) == ["articles/Assets.md", "articles/index.html.md"]
    assert {"site/index.html", "site/plain-1/index.html"} <= files.keys()
    assert not [name for name in files if name.startswith(("site/index.html/", "site/Assets/"))]


@pytest.mark.slow
@pytest.mark.parametrize("is_ahead", [True, False])
def test_no_article_waits_in_memory_for_others(root: Path, monkeypatch, is_ahead: bool) -> None:
    for number in range(6):
        write(root, f"plain-{number}", "Words.")
    monkeypatch.setattr(site, "MANY", 2)
    if not is_ahead:
        build(root)
        write(root, "plain-0", "Words and $x$, the first of the site, which all pages speak of.")
    printed, waiting = [], []
    print_article = pages.print_article

    def noted(printing, plan, *others):
        printed.append(weakref.ref(plan.article))
        waiting.append(sum(article() is not None for article in printed))
        return print_article(printing, plan, *others)

    monkeypatch.setattr(pages, "print_article", noted)
    build(root)
    assert len(waiting) >= 6
    assert max(waiting) <= 2
