"""Print the pages: what is shared, what the figures need, and every page of the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from builder.engine.artifacts import FigureEntry
from builder.errors import Problem
from builder.output import Output
from builder.plan.plan import House, Plan
from builder.press import articles, drawing, furniture, listings, lists, page, specimens
from builder.press.printing import Press
from builder.press.views import Mention, Row
from builder.read import crossings

__all__ = ["begun", "press"]


def press(house: House, output: Output, plans: Iterable[Plan], entries: Mapping[str, FigureEntry]) -> list[Problem]:
    """Write every page that is whole; return what could not be printed.

    An article that has problems keeps its last good page, and its row on the front page.
    """
    everything = list(plans)
    plans = [p for p in everything if not p.broken and all(r.key in entries for r in p.requests.values())]
    printing = begun(house, output, everything, plans, entries)
    units = specimens.views(printing, plans)
    mentions: dict[str, list[Mention]] = {}
    series = listings.series(map(lists.plain_row, plans))
    problems: list[Problem] = []
    printed: list[Plan] = []
    for plan in plans:
        found = articles.article(printing, plan, units, mentions, series)
        problems += found
        printed += [] if found else [plan]
    specimens.pages(printing, units, mentions)
    rows = _rows(printing, everything, printed)
    lists.front(printing, rows, furniture.sheets(units))
    lists.gathered(printing, rows)
    problems += lists.redirects(printing, plans)
    lists.machine_readable(printing, rows)
    output.keep(printing.site.styles[-1], page.sizes(printing.env))
    return problems


def begun(
    house: House, output: Output, everything: Sequence[Plan], plans: Sequence[Plan], entries: Mapping[str, FigureEntry]
) -> Press:
    """Write what all pages share, and open a printing; `plans` are the articles that pages may lead to."""
    env = page.environment(house.settings.template_folders)
    shelf = crossings.shelved((plan.article for plan in everything), drafts=True)
    printing = Press(house, output, env, furniture.spread(house, output, plans), entries, shelf)
    printing.dark = drawing.dark_colours(furniture.rules_of(house))
    return printing


def _rows(printing: Press, everything: Iterable[Plan], printed: Iterable[Plan]) -> list[Row]:
    """List the articles that have a page."""
    rows = {row.url: row for row in (lists.row(printing, plan) for plan in printed)}
    kept = [row for row in map(lists.plain_row, everything) if row.url not in rows]
    rows |= {row.url: row for row in kept if (printing.output.folder / row.url).is_file()}
    return lists.in_order(printing, rows.values())
