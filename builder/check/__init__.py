"""Is a site fit to be published? Its articles, its links, its words for the blind, its weight."""

from __future__ import annotations

import tempfile
from pathlib import Path

from builder.check import accessibility
from builder.check.articles import of_articles
from builder.check.findings import Finding, Report
from builder.check.links import external, internal
from builder.check.pages import Page, read_pages
from builder.check.weight import weigh
from builder.reporter import Reporter
from builder.settings import Settings

SCRATCH = ".check-"

__all__ = ["Finding", "Page", "Report", "external", "internal", "of_articles", "read_pages", "run", "weigh"]


def run(settings: Settings, reporter: Reporter, *, beyond: bool = False, accessible: bool = False) -> Report:
    """Build on trial without measuring, then look at what came out; `beyond` asks the hosts of other sites too.

    `accessible` asks axe, in a browser; raises UsageError where there is none.
    """
    if accessible:
        accessibility.axe()  # what is missing is told before anything is built
    settings.store_folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=settings.store_folder) as scratch:
        return _looked_at(settings, reporter, Path(scratch), beyond=beyond, accessible=accessible)


def _looked_at(settings: Settings, reporter: Reporter, folder: Path, *, beyond: bool, accessible: bool) -> Report:
    from builder import gathering, site, topics
    from builder.press import addresses

    result = site.build(settings, reporter, site.Options(offline=True, scratch=folder))
    found = [Finding.of(problem) for problem in result.problems]
    apart = topics.SLUGS if settings.reference else ()
    articles = [one for one in gathering.discover(settings) if not one.front.draft and one.slug not in apart]
    pages = read_pages(folder)
    found += of_articles(articles)
    found += internal(pages, folder, articles, addresses.base(settings.url))
    found += weigh(pages, folder, settings.budget_kb)
    if beyond:
        found += external(pages, articles, reporter)
    if accessible:
        found += accessibility.of_pages(pages, folder, articles, reporter)
    return Report(tuple(dict.fromkeys(sorted(found))), len(pages), len(articles))
