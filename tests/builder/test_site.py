import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from builder import settings, site
from builder.engine import artifacts
from builder.engine import engine as engines
from builder.engine.setup import forget_figures
from builder.errors import UsageError
from builder.press import page as pages
from builder.reporter import Recorded

ARTICLE = """\
---
title: First
description: A trial.
date: 2026-01-02
---

Text about {{unit}}`mixed3b:4` and @fig-numbers, which sum to {{value}}`fig-numbers.sum:.1f`.

:::{{probe}}
:name: numbers
:units: mixed3b:1,2
:log: {log}

Numbers.
:::
"""


@pytest.fixture
def write(root: Path):
    def one(slug: str = "first", **changes: str) -> Path:
        text = ARTICLE.format(log=root / "log.txt")
        for old, new in changes.values():
            assert old in text
            text = text.replace(old, new)
        path = root / "articles" / slug / "index.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    yield one
    forget_figures()


@pytest.fixture
def build(root: Path):
    def run(**options):
        return site.build(settings.load(root), Recorded(), site.Options(device="cpu", **options))

    return run


def page(root: Path, name: str = "first/index.html") -> str:
    return (root / "site" / name).read_text("utf-8")


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def stamps(root: Path) -> dict[str, int]:
    return {str(p.relative_to(root / "site")): p.stat().st_mtime_ns for p in (root / "site").rglob("*") if p.is_file()}


def test_an_article_becomes_pages(root: Path, write, build) -> None:
    write()
    result = build()
    assert [str(p) for p in result.problems] == []
    assert "which sum to 6.0." in text_of(page(root))
    assert "First" in page(root, "index.html")
    assert (root / "site/units/glyphs/mixed3b-4.html").is_file()
    assert (root / "site/units/glyphs/index.html").is_file()


@pytest.mark.slow
def test_a_second_build_touches_nothing(root: Path, write, build) -> None:
    write()
    build()
    before = stamps(root)
    result = build()
    assert result.changed == ()
    assert result.measured == 0
    assert stamps(root) == before


@pytest.mark.slow
def test_of_what_has_not_changed_nothing_is_looked_up_or_printed(
    root: Path, write, build, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    write("second", unit=("`mixed3b:4`", "`mixed3b:5`"))
    build()
    sought: list[str] = []
    printed: list[str] = []
    find, article = artifacts.find, pages.article

    def found(store, key: str):
        sought.append(key)
        return find(store, key)

    def counted(env, frame, *others, **options) -> str:
        printed.append(frame.path)
        return article(env, frame, *others, **options)

    monkeypatch.setattr(artifacts, "find", found)
    monkeypatch.setattr(pages, "article", counted)
    monkeypatch.setattr(engines.Engine, "_run", lambda *_: pytest.fail("nothing is missing"))
    assert build().changed == ()
    assert (sought, printed) == ([], [])
    (root / ".microscribe" / "memory.json").unlink()
    assert build().changed == ()
    assert len(sought) == len(set(sought)) == 1 + 2 * 2, "the probe that both share, a card and a tuning for each unit"
    assert printed == ["first/index.html", "second/index.html"]


@pytest.mark.slow
def test_an_edit_of_prose_rewrites_its_page_and_measures_nothing(root: Path, write, build) -> None:
    write()
    write("second")
    build()
    write(change=("Text about", "More about"))
    result = build()
    assert result.changed == ("first/index.html", "first/index.md")
    assert result.measured == 0


@pytest.mark.slow
def test_what_no_longer_belongs_is_pruned_and_nothing_else(root: Path, write, build) -> None:
    write()
    write("second")
    build()
    (root / "site" / "mine.txt").write_text("not ours")
    (root / "articles" / "second" / "index.md").unlink()
    build()
    assert not (root / "site" / "second").exists()
    assert (root / "site" / "mine.txt").is_file()
    assert (root / "site" / "first" / "index.html").is_file()


def test_all_problems_come_in_one_run_and_good_pages_are_written(root: Path, write, build) -> None:
    write()
    write("second", figure=("{probe}", "{prob}"), unit=("`mixed3b:4`", "`mixed3c:4`"))
    write("third", value=("fig-numbers.sum", "fig-numbers.sun"), front=("date:", "dat:"))
    write("fourth", value=("numbers.sum:.1f", "numbers.sun:.1f"))
    result = build()
    assert [str(p) for p in result.problems] == [
        "articles/fourth/index.md:7: fig-numbers has no value 'sun'; did you mean 'sum'?",
        "articles/second/index.md:7: unit: glyphs has no layer 'mixed3c'; did you mean 'mixed3b'? "
        "(it has conv1, conv2, mixed3a, mixed3b, mixed4a, mixed4b, shape, texture)",
        "articles/second/index.md:9: no figure 'prob'; did you mean 'probe'?",
        "articles/third/index.md:4: front matter: no key 'dat'; did you mean 'date'?",
    ]
    assert result.failed
    assert (root / "site" / "first" / "index.html").is_file()
    assert not (root / "site" / "second").exists()


def test_offline_lists_what_is_missing_and_measures_nothing(root: Path, write, build) -> None:
    write()
    result = build(offline=True)
    assert "articles/first/index.md:9: probe is not in the store, and this build may not measure" in map(
        str, result.problems
    )
    assert not (root / "log.txt").exists()


def test_drafts_stay_out_unless_asked_for(root: Path, write, build) -> None:
    write(draft=("date:", "draft: true\ndate:"))
    build()
    assert not (root / "site" / "first").exists()
    build(drafts=True)
    assert (root / "site" / "first").exists()


@pytest.mark.slow
def test_only_builds_one_article_and_leaves_the_others(root: Path, write, build) -> None:
    write()
    write("second")
    build()
    write("second", change=("Text about", "More about"), figure=(":units: mixed3b:1,2", ":units: mixed3b:3"))
    build(only=("first",))
    assert "More about" not in page(root, "second/index.html")
    with pytest.raises(UsageError, match="no article 'frist'; did you mean 'first'"):
        build(only=("frist",))


@pytest.mark.slow
def test_why_names_what_changed(root: Path, write, build) -> None:
    write()
    build()
    why = lambda: site.why(settings.load(root), "first", "numbers")  # noqa: E731
    assert why() == ["fig-numbers is up to date: nothing changed since the last build."]
    write(change=(":units: mixed3b:1,2", ":units: mixed3b:1,2\n:power: 2"))
    script = root / "figures" / "gallery" / "zz_probe.py"
    script.write_text(script.read_text().replace("FACTOR = 2.0", "FACTOR = 4.0"))
    assert why() == [
        "fig-numbers will be made again at the next build:",
        "  parameter power: 1 became 2",
        "  source figures.gallery.zz_probe, FACTOR changed",
    ]


def test_links_are_relative_and_lead_somewhere(root: Path, write, build) -> None:
    write()
    build()
    pages = list((root / "site").rglob("*.html"))
    assert len(pages) >= 5
    for path in pages:
        html = path.read_text("utf-8")
        ids = set(re.findall(r'\bid="([^"]+)"', html))
        for link in re.findall(r'\b(?:href|src|data-spec|data-runtime)="([^"]+)"', html):
            target, _, anchor = link.partition("#")
            if link.startswith("data:image/"):
                continue
            assert not target.startswith(("/", "http:", "https:")), link
            assert (path.parent / target).is_file() if target else anchor in ids, (path.name, link)


ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_warm_build_imports_no_numerics(root: Path, write, build) -> None:
    write()
    build()
    code = (
        "import sys; sys.argv = ['microscribe', 'build']\n"
        "from builder.cli import main\n"
        "try: main()\n"
        "finally: print([m for m in ('torch', 'numpy', 'altair', 'vl_convert', 'figures.lab', 'PIL', 'fontTools')"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr
    assert "0 measured now, 0 files written" in done.stdout


@pytest.mark.slow
def test_broken_store_files_are_measured_again_and_reported(root: Path, write, build) -> None:
    write()
    build()
    for path in (root / ".microscribe" / "records" / "figure").rglob("*.json"):
        record = json.loads(path.read_bytes())
        path.write_text(json.dumps({**record, "record": record["record"].replace("sum", "sun")}))
    reporter = Recorded()
    result = site.build(settings.load(root), reporter, site.Options(device="cpu"))
    assert not result.failed
    assert any("damaged" in line for line in reporter.lines)
    assert "sum to 6.0" in text_of(page(root))
