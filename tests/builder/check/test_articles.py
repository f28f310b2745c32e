"""What an article owes its readers: words for pictures, labels that are used, a date."""

from pathlib import Path

import pytest
from PIL import Image

from builder import check, gathering, settings
from builder.reporter import Recorded
from tests.builder.pages import BIB


def head(title: str, more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\n\n"


def write(root, slug: str, body: str, head: str = "description: D.\ndate: 2026-01-02\n") -> None:
    (root / "articles" / f"{slug}.md").write_text(f"---\ntitle: {slug.title()}\n{head}---\n\n{body}\n")


def report(root, **options) -> check.Report:
    return check.run(settings.load(root), Recorded(), **options)


def said(found: check.Report) -> list[str]:
    return [str(one) for one in found.findings]


def test_pictures_need_words_and_no_more_pixels_than_are_shown(root) -> None:
    Image.new("RGB", (4000, 10)).save(root / "articles" / "wide.png")
    write(root, "art", "![](wide.png)")
    lines = said(report(root))
    assert any("articles/art.md:7: picture 'wide.png' has no alternative text" in line for line in lines)
    assert any("warning: picture 'wide.png' is 4000 x 10 px" in line for line in lines)


@pytest.mark.slow
def test_a_missing_figure_and_an_unused_label_are_found(root) -> None:
    log = root / "log"
    write(root, "art", f":::{{probe}}\n:name: lonely\n:units: mixed3b:1\n:log: {log}\n\nWords.\n:::\n")
    found = report(root)
    assert found.failed
    assert any("probe is not in the store" in line for line in said(found))
    assert any("articles/art.md:8: warning: label 'fig-lonely' is never referred to" in line for line in said(found))
    write(
        root, "art", f":::{{probe}}\n:name: lonely\n:units: mixed3b:1\n:log: {log}\n\nWords.\n:::\n\nSee @fig-lonely."
    )
    assert not [line for line in said(report(root)) if "label" in line]


def test_an_article_without_date_and_description_gets_a_warning(root) -> None:
    write(root, "art", "Text.", head="")
    found = report(root)
    assert len(found.findings) == 2
    assert not found.failed


def test_works_that_no_article_cites_are_found_by_a_check(built, root: Path) -> None:
    front = "bibliography: ../shared.bib\n"
    files = {"one/index.md": head("One", front) + "[@marr]", "two/index.md": head("Two", front) + "[@olah]"}
    assert built({**files, "shared.bib": BIB})[0] == []
    found = check.of_articles(gathering.discover(settings.load(root)))
    assert [str(one) for one in found if one.kind == "work"] == [
        "articles/shared.bib:2: warning: work 'olahb' is never cited",
        "articles/shared.bib:4: warning: work 'anon' is never cited",
    ]
