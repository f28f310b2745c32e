"""What the current articles need of a store."""

from __future__ import annotations

from collections.abc import Iterable

from builder import gathering
from builder.errors import BuildError, Place, Problem
from builder.plan.plan import House, Plan, open_house, plan_article
from builder.press import shared
from builder.reporter import Recorded, Reporter
from builder.settings import Settings
from builder.store import FIGURE, Store, StoreError, builds, opening, sync, upkeep
from builder.store.builds import Key
from builder.store.sync import Moved
from builder.store.upkeep import Swept

ROUNDS = 8
DAY_H = 24.0


def plans(house: House, *, drafts: bool) -> list[Plan]:
    """Bind the directives of every article."""
    return [plan_article(house, one) for one in gathering.discover(house.settings) if drafts or not one.front.draft]


def figures(made: Iterable[Plan]) -> list[Key]:
    """List the figures of all plans."""
    return list(dict.fromkeys((FIGURE, request.key) for plan in made for request in plan.wanted()))


def problems(house: House, made: Iterable[Plan]) -> list[Problem]:
    """List what stands against the plans."""
    found = [*house.problems, *(problem for plan in made for problem in plan.problems)]
    return sorted(set(found))


def known(house: House) -> list[Key]:
    """List the records that told about networks and data sets."""
    return sorted(house.catalogue.used)


def everything(house: House, made: Iterable[Plan]) -> list[Key]:
    """List all that plans need of the house's own store."""
    drawn = figures(made)
    measured = sync.measurements(house.store, [key for _, key in drawn])
    return [*known(house), *shared.keys(house.store), *measured, *drawn]


def push(settings: Settings, remote: str, reporter: Reporter, *, drafts: bool) -> tuple[Moved, list[Problem]]:
    """Bring what the articles need to the remote. Raises StoreError where it is lost."""
    house = open_house(settings, reporter, offline=True)
    target = opening.partner(settings, remote, reporter.warn)
    made = plans(house, drafts=drafts)
    return sync.move(house.store, target, everything(house, made), reporter, "pushing"), problems(house, made)


def pull(
    settings: Settings, remote: str, reporter: Reporter, *, drafts: bool, measurements: bool
) -> tuple[Moved, list[Problem]]:
    """Fetch what the articles need from the remote. Raises StoreError where it is lost.

    Planning may need cards of networks that only the remote has: what a plan looked for in vain
    is fetched, until nothing new comes.
    """
    source = opening.partner(settings, remote, reporter.warn, there=True)
    house, made, moved = _planned(settings, source, reporter, drafts)
    drawn = figures(made)
    moved += sync.move(source, house.store, [*shared.keys(source), *drawn], reporter, "pulling figures")
    if measurements:
        measured = sync.measurements(house.store, [key for _, key in drawn])
        moved += sync.move(source, house.store, measured, reporter, "pulling measurements")
    return moved, problems(house, made)


def _planned(settings: Settings, source: Store, reporter: Reporter, drafts: bool) -> tuple[House, list[Plan], Moved]:
    moved, sought = Moved(), set[Key]()
    for _ in range(ROUNDS):
        house = open_house(settings, Recorded(), offline=True)
        made = plans(house, drafts=drafts)
        new = set(known(house)) - sought
        if not new:
            return house, made, moved
        sought |= new
        moved += sync.move(source, house.store, sorted(new), reporter, "pulling cards")
    raise StoreError(f"{source.folder}: the cards of networks lead from one to the next without an end")


def gc(settings: Settings, reporter: Reporter, *, builds_kept: int, hours: float | None, delete: bool) -> Swept:
    """Delete, or count, what neither the current articles, drafts too, nor the last builds use.

    Raises BuildError where articles have problems, since what they need is not known then.
    """
    house = open_house(settings, reporter, offline=True)
    made = plans(house, drafts=True)
    wrong = [problem for problem in problems(house, made) if not problem.warning]
    if wrong:
        raise BuildError([*wrong, Problem(Place(settings.articles_folder), "mend this first: it hides what is needed")])
    logs = upkeep.history(house.store, settings.store_folder)
    if hours is None:
        hours = 0.0 if house.store.place.locks else DAY_H
    kept = builds.last(logs, builds_kept)
    if delete:
        upkeep.forget(house.store, logs)
    return upkeep.gc(house.store, everything(house, made), kept, grace_s=hours * 3600, delete=delete)
