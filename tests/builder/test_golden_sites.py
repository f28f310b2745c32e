"""Folders in, folders out: whole pages against those that were looked at and kept.

`UPDATE_GOLDENS=1 python -m pytest tests/builder/test_golden_sites.py` writes them anew, except in CI.
"""

import os
import re
import shutil
from pathlib import Path

import pytest

from builder import settings, site
from builder.engine import setup as engines
from builder.reporter import Recorded

SITES = Path(__file__).parents[1] / "sites"
CASES = sorted(path.parent.name for path in SITES.glob("*/pyproject.toml"))
CHANGING = [
    (r"(assets/[\w-]+)\.[0-9a-f]{12}\.", r"\1.HASH."),
    (r"\b[0-9a-f]{12,64}\b", "DIGEST"),
    (r'(<time[^>]*datetime=")[^"]+("[^>]*>)[^<]+(</time>)', r"\1WHEN\2WHEN\3"),
    (r"\b\d+(\.\d+)?\s(ms|s|min)\b", "TIME"),
    (r"(<dt>Date</dt><dd>)[^<]+", r"\1DAY"),
    (r"(<dt>Script</dt>\s*<dd>).*?(</dd>)", r"\1SCRIPT\2"),
    (r"(<dt>Versions</dt>\s*<dd>).*?(</dd>)", r"\1VERSIONS\2"),
]


def steady(html: str) -> str:
    """Take out what differs from machine to machine and day to day."""
    for pattern, plain in CHANGING:
        html = re.sub(pattern, plain, html, flags=re.DOTALL)
    return html


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_pages_are_those_that_were_kept(case: str, tmp_path: Path, cut: Path) -> None:
    shutil.copytree(SITES / case, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected"))
    shutil.copytree(cut, tmp_path / ".microscribe", ignore=shutil.ignore_patterns("output.json"))
    engines.forget_figures()
    result = site.build(settings.load(tmp_path), Recorded(), site.Options(device="cpu"))
    engines.forget_figures()
    assert [str(problem) for problem in result.problems] == []
    made = {
        str(path.relative_to(tmp_path / "site")): steady(path.read_text("utf-8"))
        for path in sorted((tmp_path / "site").rglob("*.html"))
    }
    kept = SITES / case / "expected"
    if os.environ.get("UPDATE_GOLDENS") and not os.environ.get("CI"):
        shutil.rmtree(kept, ignore_errors=True)
        for name, html in made.items():
            (kept / name).parent.mkdir(parents=True, exist_ok=True)
            (kept / name).write_text(html, "utf-8")
    assert made == {str(p.relative_to(kept)): p.read_text("utf-8") for p in sorted(kept.rglob("*.html"))}
