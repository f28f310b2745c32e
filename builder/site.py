"""The whole site: articles gathered, their figures resolved, pages written, what is stale removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder import finishing, gathering, history, locks, recall
from builder.errors import Problem, UsageError
from builder.frozen import frozen
from builder.output import Output
from builder.plan.catalogue.nearest import nearest
from builder.plan.choices import Choices
from builder.plan.plan import House, Plan, open_house
from builder.read import finding
from builder.read.markdown.values import read_figure
from builder.recall import Recall
from builder.reporter import Reporter
from builder.settings import Settings
from builder.store import builds

if TYPE_CHECKING:
    from builder.engine.artifacts import Resolved
    from builder.engine.engine import Engine
    from builder.press.early import Early
    from builder.press.standing import Standing

MANY = 40
"""So many new articles are read ahead."""


@frozen
class Options:
    """What a command asks of a build.

    `again` are the keys that `force` names. `opened` is told where the front page lies as soon as it leads to an
    article that can be read. With `scratch`, the site is written there, and the one that stands stays as it is.
    Unless `searched`, the index that readers search stays as it is.
    """

    only: tuple[str, ...] = ()
    offline: bool = False
    force: str = ""
    drafts: bool = False
    device: str = ""
    opened: Callable[[Path], None] | None = None
    scratch: Path | None = None
    again: frozenset[str] = frozenset()
    searched: bool = True


@frozen
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
        from builder.press import search

        search.check()
    house = open_house(settings, reporter, offline=options.offline)
    with builds.recorded(house.store, settings.store_folder, settings.title):
        return _build(house, reporter, options)


def _build(house: House, reporter: Reporter, options: Options) -> Result:
    from builder.press.standing import Standing

    settings = house.settings
    site = recall.opened(house, forgetful=bool(options.force))
    output = _output(settings, options)
    files = gathering.files(settings, site)
    _prepare(site, files)
    with _alone(settings, reporter):
        _read_ahead(site, output, files, options)
    plans, shelf, problems = gathering.plans(site, files, only=options.only, drafts=options.drafts)
    options = _forced(house, plans, options)
    standing = Standing(site, [plan for plan in plans if not plan.broken], shelf)
    _take_back(standing, output, plans)
    plans = [_due(plan, standing, output) for plan in plans]
    problems += [problem for plan in plans for problem in plan.problems]
    if all(plan.is_remembered for plan in plans):
        with _alone(settings, reporter):
            if standing.whole(output):
                _finish(house, output, plans, options, problems)
                _remember(site, options)
                return _stood(settings, plans, problems, options)
    return _printed(house, reporter, options, plans, problems, standing, output)


def _printed(
    house: House,
    reporter: Reporter,
    options: Options,
    plans: list[Plan],
    problems: list[Problem],
    standing: Standing,
    output: Output,
) -> Result:
    """Measure what is missing, and write the pages that do not stand."""
    from builder.press.early import Early

    settings = house.settings
    good = [plan for plan in plans if not plan.broken]
    standing = replace(standing, plans=good)
    wanted = [plan for plan in good if not options.only or plan.article.slug in options.only]
    early = Early(house, standing, wanted, reporter, lambda: _alone(settings, reporter), options.opened)
    resolved = _resolve(house, reporter, good, options, early)
    problems += resolved.problems
    with _alone(settings, reporter):
        output.look_anew()
        problems += _print(house, plans, resolved, standing, output)
        _finish(house, output, plans, options, problems)
        _remember(standing.recall, options)
    early.open()
    changed = dict.fromkeys([*(name for name in early.changed if name in output.current), *output.changed])
    return replace(_result(settings, plans, problems), measured=resolved.measured, changed=tuple(changed))


def _stood(settings: Settings, plans: list[Plan], problems: list[Problem], options: Options) -> Result:
    """Tell of a site that stands as it is."""
    result = _result(settings, plans, problems)
    if options.opened is not None and result.index.is_file():
        options.opened(result.index)
    return result


def _result(settings: Settings, plans: Iterable[Plan], problems: Iterable[Problem]) -> Result:
    good = [plan for plan in plans if not plan.broken]
    return Result(
        index=settings.output_folder / "index.html",
        problems=tuple(dict.fromkeys(sorted(problems))),
        articles=len(good),
        figures=sum(len(plan.requests) for plan in good),
    )


def _due(plan: Plan, standing: Standing, output: Output) -> Plan:
    """Return the plan of an article with its text, if something is wrong with it or its figures are asked for.

    One without figures whose pages must be printed again is read when it is its turn, so that no two wait in memory.
    """
    is_due = plan.broken or (plan.wanted() and not standing.stands(plan, output))
    return gathering.whole(standing.recall, standing.shelf, plan) if plan.is_remembered and is_due else plan


def _print(house: House, plans: list[Plan], resolved: Resolved, standing: Standing, output: Output) -> list[Problem]:
    """Write the pages that do not stand."""
    from builder.engine import artifacts
    from builder.press import overrides, pages

    entries = artifacts.Entries(house.store, dict(resolved.entries))
    standing = replace(standing, plans=[plan for plan in standing.plans if pages.is_ready(plan, entries)])
    settings = house.settings
    with overrides.explained(settings.root, settings.root / settings.templates):
        whole = partial(gathering.whole, standing.recall, standing.shelf)
        return pages.press(house, output, plans, entries, standing, whole)


def measure(settings: Settings, reporter: Reporter, options: Options) -> Result:
    """Measure and draw what is missing from the store, and write no page."""
    house = open_house(settings, reporter)
    with builds.recorded(house.store, settings.store_folder, settings.title):
        plans, _, problems = gathering.plans(
            recall.opened(house, forgetful=True),
            list(gathering.paths(settings)),
            only=options.only,
            drafts=options.drafts,
        )
        problems += [problem for plan in plans for problem in plan.problems]
        good = [plan for plan in plans if not plan.broken]
        wanted = [plan for plan in good if not options.only or plan.article.slug in options.only]
        requests = [request for plan in wanted for request in plan.wanted()]
        again = _forced(house, plans, options).again
        resolved = open_engine(house, reporter, options.device).resolve(requests, force=again)
        house.save()
    return Result(
        index=settings.output_folder / "index.html",
        problems=tuple(dict.fromkeys(sorted([*problems, *resolved.problems]))),
        articles=len(wanted),
        figures=len({request.key for request in requests}),
        measured=resolved.measured,
    )


def _forced(house: House, plans: Iterable[Plan], options: Options) -> Options:
    """Find what is to be measured and drawn again; raises UsageError where no article has it."""
    if not options.force:
        return options
    from builder import forced

    wanted = [plan for plan in plans if not options.only or plan.article.slug in options.only]
    return replace(options, again=forced.keys(options.force, wanted, house.binder.signatures))


def _output(settings: Settings, options: Options) -> Output:
    """Open the folder to write to."""
    folder, manifest = settings.output_folder, settings.store_folder / "output.json"
    if options.scratch is None:
        return Output(folder, manifest)
    from builder.trial import Trial

    return Trial(folder, manifest, scratch=options.scratch)


def _finish(house: House, output: Output, plans: Iterable[Plan], options: Options, problems: list[Problem]) -> None:
    """Remove stale files, unless something that failed may still need them."""
    failed = any(not problem.warning for problem in problems)
    whole, kept = not failed and not options.only, options.scratch is None
    finishing.finish(house, output, plans, whole=whole, kept=kept, searched=options.searched)


def _remember(site: Recall, options: Options) -> None:
    """Remember what was built, unless it was on trial."""
    if options.scratch is None:
        site.save()


def _alone(settings: Settings, reporter: Reporter) -> AbstractContextManager[None]:
    """Let one build at a time write the site: two would prune each other's files."""
    waiting = "another build is writing the site; this one waits for it"
    return locks.held(settings.store_folder / "site.lock", waiting=lambda: reporter.say(waiting))


def _prepare(site: Recall, files: Sequence[Path]) -> None:
    """Begin what takes longest where a site is built from nothing: to cut the fonts that a machine has not yet."""
    if not site.memory.known and isinstance(site.house.store.folder, Path):
        from builder.press import shared

        shared.prepare(site.house.store, maths=any(map(finding.may_have_formulas, files)))


def _read_ahead(site: Recall, output: Output, files: Sequence[Path], options: Options) -> None:
    """Print what shows nothing of other articles, where much is new."""
    new = [path for path in files if not site.knows(path)]
    if len(new) >= MANY and options.scratch is None:
        from builder.press import ahead, bodies

        ahead.read(site, output, new, drafts=options.drafts)
        bodies.forget(site, files)


def _take_back(standing: Standing, output: Output, plans: Iterable[Plan]) -> None:
    """Remove the new pages of articles that were printed ahead and turn out to lead nowhere."""
    for plan in plans:
        if plan.broken:
            output.take_back(standing.printed(plan))


def open_engine(house: House, reporter: Reporter, device: str = "") -> Engine:
    """Return the engine that the settings ask for."""
    from builder.engine.engine import Engine

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
        costs=settings.store_folder / "costs.json",
    )


def _resolve(house: House, reporter: Reporter, plans: Iterable[Plan], options: Options, early: Early) -> Resolved:
    from builder.engine import artifacts
    from builder.engine.artifacts import Resolved

    due = [plan for plan in early.wanted if not plan.is_remembered]
    requests = [request for plan in due for request in plan.wanted()]
    resolved = Resolved({}, (), 0)
    if requests:
        resolved = open_engine(house, reporter, options.device).resolve(
            requests,
            offline=options.offline,
            force=options.again,
            together=[plan.shown() for plan in due],
            there=early.hear,
        )
    slugs = {plan.article.slug for plan in early.wanted}
    others = [request for plan in plans if plan.article.slug not in slugs for request in plan.wanted()]
    found = {r.key: artifacts.find(house.store, r.key) for r in others if r.key not in resolved.entries}
    entries = {**resolved.entries, **{key: entry for key, entry in found.items() if entry is not None}}
    return Resolved(entries, resolved.problems, resolved.measured)


def why(settings: Settings, slug: str, figure: str) -> list[str]:
    """Say which parts of a figure's key changed since the last build, or in the last one.

    `figure` is a label; of several figures that readers choose among, one may be named behind it, `[count=8]`.
    """
    from builder.reporter import Recorded

    plan = gathering.planned(open_house(settings, Recorded()), slug)
    label, values = read_figure(figure)
    if label not in plan.requests:
        raise UsageError(f"{slug} has no figure {label!r}{nearest(label, plan.requests)}")
    requests = history.named(plan)[label]
    if values:
        name = label + _state(plan, label, values)
        requests = {name: requests[name]}
    return history.why(settings, plan, requests)


def _state(plan: Plan, label: str, values: Mapping[str, str]) -> str:
    several = plan.choices.get(label, Choices((), ()))
    try:
        return several.name(several.named(values))
    except ValueError as error:
        raise UsageError(f"{label} {error}") from None
