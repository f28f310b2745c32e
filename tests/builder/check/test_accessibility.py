"""What axe finds in an author's own pages is told with the page, the rule, the element and its line."""

import importlib.util
from concurrent.futures import ThreadPoolExecutor

import pytest

from builder import check, settings
from builder.check import accessibility
from builder.errors import UsageError
from builder.reporter import Recorded
from tests.builder.check.test_links import write


@pytest.mark.browser
@pytest.mark.slow
def test_faults_are_told_at_their_line(root) -> None:
    pytest.importorskip("axe_playwright_python")
    write(root, "one", "- [ ] A task.\n\n<a href='https://example.org/lone'></a>")
    before = {path for path in root.rglob("*") if ".microscribe" not in path.parts}
    with ThreadPoolExecutor(1) as apart:  # a browser that other tests opened here runs on this thread
        done = apart.submit(check.run, settings.load(root), Recorded(), accessible=True).result()
    (found,) = done.findings
    assert str(found).startswith(
        "articles/one.md:9: one/index.html: link-name: Links must have discernible text: a[href"
    )
    assert not found.warning
    assert {path for path in root.rglob("*") if ".microscribe" not in path.parts} == before


def test_what_is_missing_is_named_before_anything_is_built(root, monkeypatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="needs playwright and axe-playwright-python; get it with 'pip install"):
        check.run(settings.load(root), Recorded(), accessible=True)
    assert not (root / "site").exists()


def test_of_many_elements_that_break_a_rule_some_are_told_and_all_counted() -> None:
    faults = [accessibility.Fault("list", "minor", "Lists", "<ul>", f"ul:nth-child({i})", "", ()) for i in range(7)]
    *some, rest = accessibility._findings("index.html", None, faults)
    assert len(some) == accessibility.MOST
    assert str(rest) == "index.html: warning: index.html: list: 2 more elements"
