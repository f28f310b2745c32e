"""The whole site: discover articles, resolve their figures, write pages, prune."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from builder import article as articles
from builder import atomic
from builder.article import Article
from builder.engine import Engine, Resolved, describe
from builder.errors import Place, Problem, UsageError, nearest
from builder.output import Output
from builder.plan import House, Plan, open_house, plan_article
from builder.reporter import Reporter
from builder.settings import Settings


@dataclass(frozen=True)
class Options:
    """What a command asks of a build."""

    only: tuple[str, ...] = ()
    offline: bool = False
    force: str = ""
    drafts: bool = False
    device: str = ""


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
    from builder import press

    house = open_house(settings, reporter)
    plans, problems = _plans(house, options)
    good = [plan for plan in plans if not plan.broken]
    resolved = _resolve(house, reporter, good, options)
    problems += resolved.problems
    output = Output(settings.output_folder, settings.store_folder / "output.json")
    problems += press.press(house, output, plans, resolved.entries)
    _finish(house, output, plans, options, problems)
    return Result(
        index=settings.output_folder / "index.html",
        problems=tuple(dict.fromkeys(sorted(problems))),
        articles=len(good),
        figures=sum(len(plan.requests) for plan in good),
        measured=resolved.measured,
        changed=tuple(output.changed),
    )


def _plans(house: House, options: Options) -> tuple[list[Plan], list[Problem]]:
    everything = list(_discover(house.settings))
    problems = [*house.problems, *_clashes(everything)]
    _check_only(options.only, everything)
    plans = [plan_article(house, article) for article in everything if options.drafts or not article.front.draft]
    for plan in plans:
        problems += plan.problems
    return plans, problems


def _discover(settings: Settings) -> Iterator[Article]:
    folder = settings.articles_folder
    if not folder.is_dir():
        raise UsageError(f"no folder {folder} for articles; `microscribe new my-article` begins one")
    for path in sorted([*folder.glob("*.md"), *folder.glob("*/index.md")]):
        yield articles.read(path, settings.root)


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


def _resolve(house: House, reporter: Reporter, plans: Iterable[Plan], options: Options) -> Resolved:
    wanted = [p for p in plans if not options.only or p.article.slug in options.only]
    requests = [request for plan in wanted for request in plan.wanted()]
    gallery = house.settings.root / house.settings.gallery
    engine = Engine(house.store, house.sources, reporter, options.device or house.settings.device, gallery)
    resolved = engine.resolve(requests, offline=options.offline, force=options.force)
    others = [request for plan in plans if plan not in wanted for request in plan.wanted()]
    found = {r.key: house.store.get("figure", r.key) for r in others if r.key not in resolved.entries}
    entries = {**resolved.entries, **{key: entry for key, entry in found.items() if entry is not None}}
    return Resolved(entries, resolved.problems, resolved.measured)


def _finish(house: House, output: Output, plans: Iterable[Plan], options: Options, problems: list[Problem]) -> None:
    """Remove stale files, unless something that failed may still need them; remember keys for `why`."""
    plans = list(plans)
    failed = any(not problem.warning for problem in problems)
    keep = {"assets", "units", *(plan.article.slug for plan in plans)} if failed or options.only else set()
    output.prune(keep)
    house.catalogue.save()
    for plan in plans:
        if not plan.broken:
            _remember(house.settings, plan)


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
    found = {one.slug: one for one in _discover(settings)}
    if slug not in found:
        raise UsageError(f"no article {slug!r}{nearest(slug, found)}")
    plan = plan_article(house, found[slug])
    label = figure if figure.startswith("fig-") else f"fig-{figure}"
    if label not in plan.requests:
        raise UsageError(f"{slug} has no figure {label!r}{nearest(label, plan.requests)}")
    parts = json.loads(json.dumps(plan.requests[label].parts))
    before, last = (_kept(settings, slug, kind).get(label) for kind in (".before.json", ".json"))
    changes = describe(parts, last)
    if changes:
        return [f"{label} will be made again at the next build:", *(f"  {change}" for change in changes)]
    lines = [f"{label} is up to date: nothing changed since the last build."]
    earlier = describe(parts, before) if before is not None else []
    return lines + ["Before that:", *(f"  {change}" for change in earlier)] if earlier else lines


def _kept(settings: Settings, slug: str, kind: str) -> dict[str, object]:
    try:
        return json.loads((settings.store_folder / "last" / f"{slug}{kind}").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
