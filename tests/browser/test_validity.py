"""HTML as the standard wants it: html-validate on every page of the example site and of the sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.browser import node

RULES = {
    "root": True,
    "extends": ["html-validate:recommended", "html-validate:document"],
    "rules": {
        # The standard takes either; pages are written small.
        "doctype-style": ["error", {"style": "lowercase"}],
        # Pages ask no other host for anything: what is of our own needs no digest in the page.
        "require-sri": ["error", {"target": "crossorigin"}],
    },
}


def faults(folder: Path, scratch: Path) -> list[str]:
    """Validate every page of a folder; each fault as `page:line:column: error [rule] message`."""
    rules = scratch / "rules.json"
    rules.write_text(json.dumps(RULES), "utf-8")
    pages = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.html"))
    assert pages
    try:
        # not as JSON: that holds the pages too, and a pipe is cut off when the program ends
        done = node.npx(node.HTML_VALIDATE, "--config", str(rules), "--formatter=text", *pages, cwd=folder)
    except node.NoProgram as error:
        node.absent(str(error))
    found = done.stdout.replace(f"{folder}/", "").splitlines()
    assert (done.returncode != 0) == bool(found), done.stderr
    return found


@pytest.mark.browser
def test_every_page_of_the_example_is_valid(example, tmp_path):
    assert faults(example.site, tmp_path) == []


@pytest.mark.browser
def test_every_page_of_the_sample_is_valid(site, tmp_path):
    assert faults(site["index.html"].parent, tmp_path) == []


@pytest.mark.browser
def test_faults_are_found(tmp_path):
    page = '<!doctype html><html lang="en"><head><title>A</title></head><body><p id=a><div id="a"></p></body></html>'
    (tmp_path / "index.html").write_text(page, "utf-8")
    assert any("no-dup-id" in fault for fault in faults(tmp_path, tmp_path))
