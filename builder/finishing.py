"""The end of a build: what is stale goes, what was learnt is kept."""

from __future__ import annotations

from collections.abc import Iterable

from builder import atomic, history
from builder.output import Output
from builder.plan.plan import House, Plan

SEARCH = "pagefind"
"""The folder of the index that readers search."""
STORED = ("objects", "records", "cache")
"""Folders of many files that are put together elsewhere."""


def finish(
    house: House, output: Output, plans: Iterable[Plan], *, whole: bool, kept: bool = True, searched: bool = True
) -> None:
    """Remove stale files, unless some pages are not `whole` and may still need them; keep what the build learnt.

    Unless `searched`, the index that readers search stays as it is.
    """
    plans = list(plans)
    keep = set() if whole else {"assets", "figures", "units", SEARCH, *(plan.article.slug for plan in plans)}
    if house.settings.search and searched:
        _index(house, output, whole)
    elif house.settings.search:
        keep.add(SEARCH)
    if kept:
        _sweep(house, output)
    output.prune(keep)
    house.save()
    for plan in plans if kept else ():
        if not plan.broken and not plan.is_remembered:
            history.remember(house.settings, plan)


def _index(house: House, output: Output, whole: bool) -> None:
    """Write the index that readers search."""
    from builder.press import search

    if whole or not search.there(output):
        search.write(output, house.settings.store_folder / "search")


def _sweep(house: House, output: Output) -> None:
    """Remove the temporary files that builds left behind which were killed."""
    if output.was_stopped:
        atomic.sweep(output.folder, deep=True)
    side = house.settings.store_folder
    for folder in (side, *(one for one in side.iterdir() if one.is_dir() and one.name not in STORED)):
        atomic.sweep(folder)
    house.store.sweep()
