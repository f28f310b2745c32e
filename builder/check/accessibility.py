"""What does axe say of the pages? It runs in Chromium, where Playwright and axe are installed."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder import chromium
from builder.check.findings import Finding
from builder.check.pages import Page
from builder.errors import Place, UsageError
from builder.frozen import frozen
from builder.read.article import Article

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

HOW = "'pip install playwright axe-playwright-python'"
HOW_BROWSER = "'playwright install chromium', or a chromium on the path"
GRAVE = frozenset({"serious", "critical"})
"""Impacts that shut readers out; the others are warnings."""
MOST = 5
"""How many elements of a page are told of each rule."""
PATIENCE_MS = 60_000

LOOKS = (("light", "{}"), ("dark", "{runOnly: ['color-contrast', 'link-in-text-block']}"))
"""The schemes of colours, and what axe is asked in each: when only colours have changed, only rules of colours."""
ASK = """(options) => axe.run(document, {resultTypes: ['violations'], ...options}).then(({ violations }) =>
  violations.flatMap((rule) => rule.nodes.map(({ html, target }) => {
    const path = String(target[0]), element = document.querySelector(path);
    return { rule: rule.id, impact: rule.impact ?? "", help: rule.help, html, path,
      figure: element?.closest("figure[id]")?.id ?? "",
      words: [element?.getAttribute("src"), element?.getAttribute("href"), element?.textContent] };
  })))"""


@frozen
class Fault:
    """An element that breaks a rule: its markup, the figure that it stands in, and what a source may say of it."""

    rule: str
    impact: str
    help: str
    html: str
    path: str
    figure: str
    words: tuple[str, ...]


def axe() -> str:
    """Read axe from its package; raises UsageError, saying how to get it, where it or Playwright is missing."""
    found = {name: importlib.util.find_spec(name) for name in ("playwright", "axe_playwright_python")}
    if missing := [name.replace("_", "-") for name, spec in found.items() if spec is None]:
        raise UsageError(f"--accessibility needs {' and '.join(missing)}; get it with {HOW}")
    origin = getattr(found["axe_playwright_python"], "origin", None) or ""
    return (Path(origin).parent / "axe.min.js").read_text("utf-8")


def of_pages(pages: Mapping[str, Page], folder: Path, articles: Iterable[Article], reporter: Any) -> list[Finding]:
    """List what axe finds in the front page and the pages of articles, in the light and in the dark."""
    sources = {"index.html": None, **{f"{article.slug}/index.html": article for article in articles}}
    asked = [name for name in sources if name in pages]
    found: list[Finding] = []
    for name, faults in _looked_at(folder, asked, reporter):
        found += _findings(name, sources[name], faults)
    return found


def _looked_at(folder: Path, names: list[str], reporter: Any) -> Iterator[tuple[str, list[Fault]]]:
    from playwright.sync_api import Error, sync_playwright

    script, task = axe(), reporter.begin("accessibility", len(names))
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=chromium.program(), args=chromium.flags())
        except Error as error:
            raise UsageError(f"--accessibility needs a browser; get one with {HOW_BROWSER}") from error
        for name in names:
            yield name, _faults(browser, folder / name, script)
            reporter.advance(task, 1)
        browser.close()
    reporter.end(task)


def _faults(browser: Browser, file: Path, script: str) -> list[Fault]:
    with browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce") as tab:
        tab.set_default_timeout(PATIENCE_MS)
        tab.goto(file.resolve().as_uri())
        tab.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach((part) => part.click())")
        tab.evaluate(script)
        return list(dict.fromkeys(fault for scheme, options in LOOKS for fault in _asked(tab, scheme, options)))


def _asked(tab: Tab, scheme: str, options: str) -> Iterator[Fault]:
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for one in tab.evaluate(f"({ASK})({options})"):
        yield Fault(**{**one, "words": tuple(filter(None, one["words"]))})


def _findings(name: str, article: Article | None, faults: Iterable[Fault]) -> Iterator[Finding]:
    counts: dict[str, int] = {}
    for fault in faults:
        counts[fault.rule] = counts.get(fault.rule, 0) + 1
        if counts[fault.rule] <= MOST:
            yield _finding(name, article, fault)
    for rule, count in counts.items():
        if count > MOST:
            message = f"{name}: {rule}: {count - MOST} more elements"
            yield Finding(article and Place(article.name) or Place(Path(name)), "accessibility", message, True)


def _finding(name: str, article: Article | None, fault: Fault) -> Finding:
    place = _place(article, fault) if article else Place(Path(name))
    element = re.sub(r"\s+", " ", fault.html)
    element = element if len(element) <= 100 else f"{element[:99]}…"
    message = f"{name}: {fault.rule}: {fault.help}: {fault.path}, {element}"
    return Finding(place, "accessibility", message, fault.impact not in GRAVE)


def _place(article: Article, fault: Fault) -> Place:
    """Find the line that an element comes from: its figure's, else the first that says what it says."""
    for directive in article.directives:
        if directive.label == fault.figure:
            return directive.place
    lines = article.path.read_text("utf-8", errors="replace").splitlines()
    for said in (re.sub(r"\s+", " ", words).strip()[:40] for words in fault.words):
        for number, line in enumerate(lines, 1):
            if len(said) > 1 and (said in line or said.rpartition("/")[2] in line):
                return Place(article.name, number)
    return Place(article.name)
