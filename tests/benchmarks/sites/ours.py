"""What only Microscribe is asked: its first build on a machine, an address, a search, and the preview."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace

from tests.benchmarks.sites.preview import previews
from tests.benchmarks.sites.turns import Edit, Result, Site, cold, measure, sentence

FIRST_ARTICLES = 10
"""A first build on a machine is measured with so many articles: what it costs besides does not depend on them."""


def first_build(site: Site, articles: int) -> Result:
    """Build as on a machine that has never built a site: there is no cache of the user's either."""
    with tempfile.TemporaryDirectory() as cache:
        variables = {**site.tool.variables(site.folder), "MICROSCRIBE_CACHE": cache}
        new = replace(site, tool=replace(site.tool, variables=lambda _: variables))
        return measure(new, articles, "first on a machine", cold)


def with_settings(site: Site, articles: int, step: str, lines: str, edit: Edit) -> Result:
    """Build with more settings, cold or after a build with them."""
    path = site.folder / site.tool.settings
    before = path.read_text("utf-8")
    path.write_text(before + lines, "utf-8")
    try:
        if edit is not cold:
            site.build()
        return measure(site, articles, step, edit)
    finally:
        path.write_text(before, "utf-8")


def extras(site: Site, articles: int, count: int) -> Iterator[Result]:
    """Yield results of what the other generators are not asked."""
    for _ in range(count):
        if articles == FIRST_ARTICLES:
            yield first_build(site, articles)
        yield with_settings(site, articles, "with url, cold", 'url = "https://example.org/"\n', cold)
        yield with_settings(site, articles, "with search, one sentence", "search = true\n", sentence)
    yield from previews(site, articles, count)
