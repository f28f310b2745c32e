"""The example site as a newcomer builds it: cold, warm, and after one edit."""

import gzip
import math
import re
from pathlib import Path

import pytest

from figures.charts import theme

pytestmark = pytest.mark.slow

SLUGS = ("curve-detectors", "shape-and-texture")


def text(page: Path) -> str:
    return page.read_text("utf-8")


@pytest.mark.parametrize("slug", SLUGS)
def test_every_figure_stands_in_its_page_with_words_numbers_and_origin(example, slug: str) -> None:
    html = text(example.site / slug / "index.html")
    source = text(example.root / "articles" / slug / "index.md")
    figures = re.findall(r"^:::\{([\w-]+)\}", source, re.MULTILINE)
    figures = [name for name in figures if name not in ("note", "tip", "warning", "aside", "margin", "details")]
    assert len(re.findall(r"<figure class=\"figure", html)) == len(figures) >= 3
    assert "Not measured yet" not in html
    assert html.count("How this was made") == len(figures)
    assert "unresolved" not in html


@pytest.mark.parametrize("slug", SLUGS)
def test_every_chart_is_labelled_and_ids_are_unique(example, slug: str) -> None:
    html = text(example.site / slug / "index.html")
    for svg in re.findall(r"<svg class=\"marks\"[^>]*>|<svg [^>]*class=\"marks\"[^>]*>", html):
        assert 'role="img"' in svg
        assert re.search(r'aria-label="[^"]{40,}"', svg)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert not set(re.findall(r"url\(#([^)]+)\)", html)) - set(ids)


def test_links_lead_somewhere_and_to_no_other_host_for_assets(example) -> None:
    pages = list(example.site.rglob("*.html"))
    assert len(pages) >= 15
    anchors = {page: set(re.findall(r'\bid="([^"]+)"', text(page))) for page in pages}
    for page in pages:
        for name, link in re.findall(r'\b(href|src|data-spec|data-runtime)="([^"]+)"', text(page)):
            target, _, anchor = link.partition("#")
            if link.startswith("data:image/"):
                continue
            if link.startswith(("https://", "http://")):
                assert name == "href", (page.name, link)
                continue
            there = (page.parent / target).resolve() if target else page
            assert there.is_file(), (page.name, link)
            assert not anchor or anchor in anchors[there], (page.name, link)
    for sheet in example.site.glob("assets/*.css"):
        assert not re.search(r"url\([\"']?(?:https?:)?//", text(sheet))


def letters_px(page: Path, chart: str) -> float:
    """Return how large the smallest letters of a chart are on a narrow page, which a form of its own fits."""
    src = re.match(r'[^>]*>\s*<img[^>]* src="([^"]+)"', chart)
    svg = text((page.parent / src[1]).resolve()) if src else chart.partition("</svg>")[0]
    width = int(re.search(r'<svg[^>]* width="(\d+)"', svg)[1])
    least = min(map(float, re.findall(r'font-size="([\d.]+)', svg)), default=math.inf)
    return math.inf if "for-wide" in chart[:60] else least * min(1, theme.NARROW_PX / width)


def test_every_chart_can_be_read_on_a_phone(example) -> None:
    charts = [
        (page, chart) for page in example.site.rglob("*.html") for chart in text(page).split('<div class="chart ')[1:]
    ]
    assert len(charts) > 50
    small = {re.search(r'id="([^"]+)"', chart)[1]: px for page, chart in charts if (px := letters_px(page, chart)) < 9}
    assert small == {}
    narrow = [int(re.search(r' width="(\d+)"', chart)[1]) for _, chart in charts if "for-narrow" in chart[:60]]
    assert max(narrow) <= theme.NARROW_PX


@pytest.fixture
def copy(example, tmp_path: Path):
    """The example site in a folder of its own, to be built again."""
    return example.copied(tmp_path)


def test_a_warm_build_finds_everything_and_writes_nothing(copy) -> None:
    done = copy.build("--offline")
    assert done.returncode == 0, done.stderr
    assert "0 measured now, 0 files written" in done.stdout


def test_one_sentence_changes_one_page_and_measures_nothing(copy) -> None:
    path = copy.root / "articles" / "shape-and-texture" / "index.md"
    before = text(path)
    path.write_text(before.replace("## What that means", "One more sentence.\n\n## What that means"))
    done = copy.build("--offline")
    assert "0 measured now, 2 files written" in done.stdout
    path.write_text(before)
    assert "2 files written" in copy.build("--offline").stdout


def elements(page: Path) -> int:
    """Count what is in a page before a reader has come near or opened anything."""
    return len(re.findall(r"<[a-z]", re.sub(r"(?s)<(template|noscript)\b.*?</\1>", "", text(page))))


def weight(site: Path, page: Path) -> int:
    """Weigh what a page asks for at first, but for pictures: itself, its style sheets and scripts, six faces."""
    html = text(page)
    linked = re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', html)
    faces = [
        path for path in site.glob("assets/*.woff2") if "-" in path.name and not re.search("-(more|rare)", path.name)
    ]
    maths = site.glob("assets/maths.*.woff2") if "<math" in html else ()
    texts = [page, *(page.parent / name for name in linked)]
    assert (len(faces), len(linked) >= 3) == (6, True)
    return sum(len(gzip.compress(one.read_bytes(), 6)) for one in texts) + sum(
        one.stat().st_size for one in (*faces, *maths)
    )


def test_the_first_view_of_every_article_is_light(example) -> None:
    pages = [path.with_name("index.html") for path in example.site.glob("*/index.md")]
    assert {page.parent.name for page in pages} >= {*SLUGS, "reference", "reference-units"}
    assert {page.parent.name: count for page in pages if (count := elements(page)) >= 3_000} == {}
    assert {page.parent.name: bytes for page in pages if (bytes := weight(example.site, page)) > 150_000} == {}


def test_every_unit_of_the_articles_has_a_specimen_page(example) -> None:
    for slug in SLUGS:
        for link in set(re.findall(r'href="(\.\./units/[^"]+)"', text(example.site / slug / "index.html"))):
            page = (example.site / slug / link).resolve()
            assert page.is_file()
            if page.name != "index.html":
                assert "feature visualization" in text(page).lower()
