"""Print the pages: what is shared, what the figures need, and every page of the site that does not stand already."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from builder.engine.artifacts import FigureEntry
from builder.errors import BuildError, Place, Problem, UsageError, unforeseen
from builder.output import Output
from builder.plan.plan import House, Plan
from builder.press import articles, furniture, listings, lists, overrides, page, shared, specimens
from builder.press.printing import Press
from builder.press.rows import Row
from builder.press.standing import Standing
from builder.store import StoreError

__all__ = ["begun", "press"]


def press(
    house: House,
    output: Output,
    plans: Sequence[Plan],
    entries: Mapping[str, FigureEntry],
    standing: Standing,
    whole: Callable[[Plan], Plan],
) -> list[Problem]:
    """Write every page that is whole and does not stand already; return what could not be printed.

    An article that has problems keeps its last good page, and its row on the front page. `whole` reads an article
    anew of which nothing but what others need is known.
    """
    with output.noting() as names:
        printing = begun(house, output, entries, standing)
    units = specimens.units(printing, standing.plans)
    rows: dict[str, Row] = {}
    problems: list[Problem] = []
    for plan in standing.plans:
        row, found = _row(printing, plan, units, standing, whole)
        problems += found
        rows |= {row.url: row} if row else {}
    is_whole = len(rows) == len(plans)
    with output.noting() as others:
        problems += _rest(printing, plans, standing.plans, rows, units)
    if is_whole and not problems:
        standing.keep_rest(names | others, output)
    return problems


def begun(house: House, output: Output, entries: Mapping[str, FigureEntry], standing: Standing) -> Press:
    """Write what all pages share, and open a printing."""
    env = page.environment(house.settings.template_folders, shared.templates(standing.recall.tool))
    site, dark = furniture.remembered(
        house, output, standing.memory, standing.networks, maths=standing.maths, charts=standing.charts
    )
    return Press(house, output, env, site, entries, standing.shelf, dark, standing.memory, standing.circumstances)


def _row(
    printing: Press, plan: Plan, units: specimens.Units, standing: Standing, whole: Callable[[Plan], Plan]
) -> tuple[Row | None, list[Problem]]:
    """Print an article, unless it stands; return its row in lists, or why there is none."""
    if known := standing.row(plan, printing.output):
        row, sizes = known
        page.styles_of(printing.env).rules.update(sizes)
        return row, []
    plan = whole(plan) if plan.is_remembered else plan
    return print_article(printing, plan, units, standing) if is_ready(plan, printing.entries) else (None, [])


def print_article(
    printing: Press, plan: Plan, units: specimens.Units, standing: Standing
) -> tuple[Row | None, list[Problem]]:
    """Print an article and remember it; return its row, or why there is none."""
    with printing.output.noting() as names:
        try:
            if problems := articles.article(printing, plan, units, standing.series):
                return None, problems
            row = lists.row(printing, plan)
        except Exception as error:
            if _concerns_all(printing, error):
                raise
            return None, [Problem(Place(plan.article.name), f"cannot be printed: {unforeseen(error)}{_where(error)}")]
    standing.keep(plan, row, page.styles_of(printing.env).of(row.hero), printing.output.stamps(names))
    return row, []


def _concerns_all(printing: Press, error: Exception) -> bool:
    """Tell whether what stopped one article stops all: a template, or a disk that takes no more."""
    settings = printing.house.settings
    if isinstance(error, BuildError | StoreError | UsageError):
        return True
    if isinstance(error, OSError):
        written = (str(settings.output_folder), str(settings.store_folder))
        return error.filename is None or str(error.filename).startswith(written)
    return overrides.is_of(error, settings.root / settings.templates)


def _where(error: Exception) -> str:
    """Say of what nobody foresaw which line it came from; of files that are gone that says nothing."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return "" if isinstance(error, OSError) else f" ({Path(last.filename).name}:{last.lineno})"


def is_ready(plan: Plan, entries: Mapping[str, FigureEntry]) -> bool:
    """Tell whether an article can be printed: one that is remembered could be, and its figures are there."""
    return not plan.broken and (plan.is_remembered or all(r.key in entries for r in plan.figures()))


def _rest(
    printing: Press, everything: Sequence[Plan], ready: Sequence[Plan], rows: dict[str, Row], units: specimens.Units
) -> list[Problem]:
    """Write the pages that are of no article."""
    specimens.pages(printing, units, specimens.mentions(ready))
    shown = lists.in_order(printing, (rows | _kept(printing, everything, rows)).values())
    lists.front(printing, shown, furniture.sheets({name.network for name in units.cards}))
    lists.gathered(printing, shown)
    problems = lists.redirects(printing, ready)
    lists.machine_readable(printing, shown)
    return problems


def _kept(printing: Press, everything: Iterable[Plan], printed: Mapping[str, Row]) -> dict[str, Row]:
    """List the articles that keep an earlier page."""
    others = [plan.article for plan in everything if f"{plan.article.slug}/index.html" not in printed]
    rows = {row.url: row for row in map(listings.row, others)}
    return {url: row for url, row in rows.items() if (printing.output.folder / url).is_file()}
