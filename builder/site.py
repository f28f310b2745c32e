"""The whole site: discover articles, resolve their figures, write pages, prune."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder import atomic, locks, reference
from builder.engine import Engine, Resolved, artifacts, changes
from builder.errors import Place, Problem, UsageError
from builder.output import Output
from builder.plan.catalogue.nearest import nearest
from builder.plan.plan import House, Plan, open_house, plan_article, signatures
from builder.press import overrides, search
from builder.read import article as articles
from builder.read import crossings
from builder.read.article import Article
from builder.reporter import Reporter
from builder.settings import Settings
from builder.store import builds

if TYPE_CHECKING:
    from builder.press.early import Early

STORED = ("objects", "records", "cache")
"""Folders of many files that are put together elsewhere."""


@dataclass(frozen=True)
class Options:
    """What a command asks of a build.

    `opened` is told where the front page lies as soon as it leads to an article that can be read.
    """

    only: tuple[str, ...] = ()
    offline: bool = False
    force: str = ""
    drafts: bool = False
    device: str = ""
    opened: Callable[[Path], None] | None = None


@dataclass(frozen=True)
class Result:
    """What a build did."""

    index: Path
    problems: tuple[Problem, ...]
    articles: int = 0
    figures: int = 0
    measured: int = 0
    changed: tuple[str, ...] = ()

    @property
    def written(self) -> int:
        return len(self.changed)

    @property
    def failed(self) -> bool:
        return any(not problem.warning for problem in self.problems)


def build(settings: Settings, reporter: Reporter, options: Options) -> Result:
    """Build the site; every problem is collected, and good pages are written all the same."""
    if settings.search:
        search.check()
    house = open_house(settings, reporter, offline=options.offline)
    with builds.recorded(house.store, settings.store_folder, settings.title):
        return _build(house, reporter, options)


def _build(house: House, reporter: Reporter, options: Options) -> Result:
    from builder.press import pages
    from builder.press.early import Early

    settings = house.settings
    plans, problems = _plans(house, options)
    good = [plan for plan in plans if not plan.broken]
    wanted = [plan for plan in good if not options.only or plan.article.slug in options.only]
    early = Early(house, plans, wanted, reporter, lambda: _alone(settings, reporter), options.opened)
    resolved = _resolve(house, reporter, good, options, early)
    problems += resolved.problems
    output = Output(settings.output_folder, settings.store_folder / "output.json")
    with _alone(settings, reporter):
        with overrides.explained(settings.root, settings.root / settings.templates):
            problems += pages.press(house, output, plans, resolved.entries)
        _finish(house, output, plans, options, problems)
    early.open()
    return Result(
        index=settings.output_folder / "index.html",
        problems=tuple(dict.fromkeys(sorted(problems))),
        articles=len(good),
        figures=sum(len(plan.requests) for plan in good),
        measured=resolved.measured,
        changed=tuple(dict.fromkeys([*(name for name in early.changed if name in output.current), *output.changed])),
    )


def measure(settings: Settings, reporter: Reporter, options: Options) -> Result:
    """Measure and draw what is missing from the store, and write no page."""
    house = open_house(settings, reporter)
    with builds.recorded(house.store, settings.store_folder, settings.title):
        plans, problems = _plans(house, options)
        good = [plan for plan in plans if not plan.broken]
        wanted = [plan for plan in good if not options.only or plan.article.slug in options.only]
        requests = [request for plan in wanted for request in plan.wanted()]
        resolved = open_engine(house, reporter, options.device).resolve(requests, force=options.force)
        house.catalogue.save()
    return Result(
        index=settings.output_folder / "index.html",
        problems=tuple(dict.fromkeys(sorted([*problems, *resolved.problems]))),
        articles=len(wanted),
        figures=len({request.key for request in requests}),
        measured=resolved.measured,
    )


def _alone(settings: Settings, reporter: Reporter) -> AbstractContextManager[None]:
    """Let one build at a time write the site: two would prune each other's files."""
    waiting = "another build is writing the site; this one waits for it"
    return locks.held(settings.store_folder / "site.lock", waiting=lambda: reporter.say(waiting))


def _plans(house: House, options: Options) -> tuple[list[Plan], list[Problem]]:
    everything = list(discover(house.settings))
    problems = [*house.problems, *_clashes(everything)]
    _check_only(options.only, everything)
    shelf = crossings.shelved(everything, drafts=options.drafts)
    plans = [
        _crossed(plan_article(house, article), shelf)
        for article in everything
        if options.drafts or not article.front.draft
    ]
    for plan in plans:
        problems += plan.problems
    return plans, problems


def _crossed(plan: Plan, shelf: crossings.Shelf) -> Plan:
    """Look up what an article points to in others."""
    return replace(plan, problems=(*plan.problems, *shelf.problems(plan.article)))


def discover(settings: Settings) -> Iterator[Article]:
    """Read every article of the site, drafts too; raises UsageError where there is no folder for them."""
    folder = settings.articles_folder
    if not folder.is_dir():
        raise UsageError(f"no folder {folder} for articles; `microscribe new my-article` begins one")
    for path in sorted([*folder.glob("*.md"), *folder.glob("*/index.md")]):
        yield articles.read(path, settings.root)
    if settings.reference:
        yield articles.read(reference.write(signatures(settings), settings.store_folder), settings.root)


def _clashes(everything: Iterable[Article]) -> Iterator[Problem]:
    seen: dict[str, Article] = {}
    for one in everything:
        if one.slug in seen:
            yield Problem(Place(one.name), f"has the same slug as {seen[one.slug].name}: {one.slug!r}")
        seen.setdefault(one.slug, one)


def _check_only(only: Iterable[str], everything: Iterable[Article]) -> None:
    slugs = [one.slug for one in everything]
    for slug in only:
        if slug not in slugs:
            raise UsageError(f"no article {slug!r}{nearest(slug, slugs)}")


def open_engine(house: House, reporter: Reporter, device: str = "") -> Engine:
    """Return the engine that the settings ask for."""
    settings = house.settings
    return Engine(
        house.store,
        house.sources,
        reporter,
        device or settings.device,
        settings.root / settings.gallery,
        kind=settings.engine,
        workers=settings.workers,
        dask=settings.dask,
        precision=settings.precision,
        site=house.catalogue.site,
    )


def _resolve(house: House, reporter: Reporter, plans: Iterable[Plan], options: Options, early: Early) -> Resolved:
    requests = [request for plan in early.wanted for request in plan.wanted()]
    together = [plan.shown() for plan in early.wanted]
    resolved = open_engine(house, reporter, options.device).resolve(
        requests, offline=options.offline, force=options.force, together=together, there=early.hear
    )
    slugs = {plan.article.slug for plan in early.wanted}
    others = [request for plan in plans if plan.article.slug not in slugs for request in plan.wanted()]
    found = {r.key: artifacts.find(house.store, r.key) for r in others if r.key not in resolved.entries}
    entries = {**resolved.entries, **{key: entry for key, entry in found.items() if entry is not None}}
    return Resolved(entries, resolved.problems, resolved.measured)


def _finish(house: House, output: Output, plans: Iterable[Plan], options: Options, problems: list[Problem]) -> None:
    """Remove stale files, unless something that failed may still need them; remember keys for `why`."""
    plans = list(plans)
    failed = any(not problem.warning for problem in problems)
    whole = not failed and not options.only
    keep = set() if whole else {"assets", "figures", "units", search.FOLDER, *(plan.article.slug for plan in plans)}
    if house.settings.search and (whole or not search.there(output)):
        search.write(output, house.settings.store_folder / "search")
    output.prune(keep)
    _sweep(house)
    house.catalogue.save()
    for plan in plans:
        if not plan.broken:
            _remember(house.settings, plan)


def _sweep(house: House) -> None:
    """Remove the temporary files that builds left behind which were killed."""
    atomic.sweep(house.settings.output_folder, deep=True)
    side = house.settings.store_folder
    for folder in (side, *(one for one in side.iterdir() if one.is_dir() and one.name not in STORED)):
        atomic.sweep(folder)
    house.store.sweep()


def _remember(settings: Settings, plan: Plan) -> None:
    last = {label: request.parts for label, request in plan.requests.items()}
    path = settings.store_folder / "last" / f"{plan.article.slug}.json"
    data = json.dumps(last, sort_keys=True).encode()
    if not path.is_file() or path.read_bytes() != data:
        if path.is_file():
            atomic.write(path.with_suffix(".before.json"), path.read_bytes())
        atomic.write(path, data)


def why(settings: Settings, slug: str, figure: str) -> list[str]:
    """Say which parts of a figure's key changed since the last build, or in the last one."""
    from builder.reporter import Recorded

    house = open_house(settings, Recorded())
    found = {one.slug: one for one in discover(settings)}
    if slug not in found:
        raise UsageError(f"no article {slug!r}{nearest(slug, found)}")
    plan = plan_article(house, found[slug])
    label = figure if figure.startswith("fig-") else f"fig-{figure}"
    if label not in plan.requests:
        raise UsageError(f"{slug} has no figure {label!r}{nearest(label, plan.requests)}")
    parts = json.loads(json.dumps(plan.requests[label].parts))
    before, last = (_kept(settings, slug, kind).get(label) for kind in (".before.json", ".json"))
    fresh = changes(parts, last)
    if fresh:
        return [f"{label} will be made again at the next build:", *(f"  {change}" for change in fresh)]
    lines = [f"{label} is up to date: nothing changed since the last build."]
    earlier = changes(parts, before) if before is not None else []
    return lines + ["Before that:", *(f"  {change}" for change in earlier)] if earlier else lines


def _kept(settings: Settings, slug: str, kind: str) -> dict[str, object]:
    try:
        return json.loads((settings.store_folder / "last" / f"{slug}{kind}").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
