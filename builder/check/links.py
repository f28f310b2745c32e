"""Do links lead somewhere? Those within the site always, those to other hosts when asked."""

from __future__ import annotations

import concurrent.futures
import posixpath
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from builder.check.findings import Finding
from builder.check.pages import Page
from builder.errors import Place
from builder.plan.catalogue.nearest import nearest
from builder.read.article import Article
from builder.reporter import Reporter

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
LOST = "404.html"
PATIENCE_S = 15
AGENT = "Mozilla/5.0 (compatible; microscribe-check)"
KEEPS_OUT = frozenset({401, 403, 405, 406, 418, 429, 503, 999})
"""Answers of hosts that are there and do not want to be asked by a program."""


def internal(pages: Mapping[str, Page], folder: Path, articles: Iterable[Article], base: str = "") -> Iterator[Finding]:
    """Yield every address within the site that leads to no file, or to no place in a page.

    `base` is the path at which the site stands on its host; only the page for lost readers may name it.
    """
    sources = {f"{article.slug}/index.html": article for article in articles}
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for page in pages.values():
        for address in dict.fromkeys(link.address for link in page.links):
            if not SCHEME.match(address) and not address.startswith("//"):
                here = address.removeprefix(base) if page.path == LOST else address
                message = _wrong(page, here, pages, files)
                if message:
                    yield Finding(_place(page, address, sources), "link", message)


def _wrong(page: Page, address: str, pages: Mapping[str, Page], files: set[str]) -> str:
    path, _, anchor = address.partition("#")
    path, anchor = urllib.parse.unquote(path.partition("?")[0]), urllib.parse.unquote(anchor)
    if path.startswith("/"):
        return f"link {address!r} begins at the root of the host; expected one relative to the page"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path
    if target not in files:
        inside = f"{target}/index.html".removeprefix("./")
        if inside in files:
            return f"link {address!r} leads to a folder; expected '{path.rstrip('/')}/index.html'"
        return f"link {address!r} leads to no file of the site{nearest(target, files)}"
    if anchor and target in pages and anchor not in pages[target].ids:
        return f"link {address!r}: nothing bears the id {anchor!r}{nearest(anchor, pages[target].ids)}"
    return ""


def _place(page: Page, address: str, sources: Mapping[str, Article]) -> Place:
    """Find the line of an article that an address was written in; else name the page."""
    article = sources.get(page.path)
    if article is None:
        return Place(Path(page.path))
    for number, line in enumerate(article.path.read_text("utf-8", errors="replace").splitlines(), 1):
        if address in line:
            return Place(article.name, number)
    return Place(article.name)


def external(pages: Mapping[str, Page], articles: Iterable[Article], reporter: Reporter) -> list[Finding]:
    """Ask every other host for the pages that articles link to."""
    sources = {f"{article.slug}/index.html": article for article in articles}
    asked = {
        link.address: page
        for page in pages.values()
        for link in page.links
        if link.element == "a" and link.address.startswith(("http://", "https://"))
    }
    task = reporter.begin("links", len(asked))
    findings = []
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for (address, page), answer in zip(asked.items(), pool.map(_answer, asked), strict=True):
            reporter.advance(task, 1)
            if answer:
                place = _place(page, address, sources)
                findings.append(Finding(place, "external", f"link {address!r}: {answer[0]}", answer[1]))
    reporter.end(task)
    return findings


def _answer(address: str) -> tuple[str, bool] | None:
    """Return what is wrong with an address and whether it may be well all the same."""
    for method in ("HEAD", "GET"):
        request = urllib.request.Request(address.partition("#")[0], method=method, headers={"User-Agent": AGENT})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S):  # noqa: S310 - http and https only
                return None
        except urllib.error.HTTPError as error:
            if method == "GET":
                return f"the host answers {error.code} {error.reason}", error.code in KEEPS_OUT
        except (OSError, ValueError) as error:
            return f"no answer ({getattr(error, 'reason', None) or error})", False
    return None
