"""Articles that show nothing of others, read and printed ahead: one by one, by as many processes as help.

What comes of it is what an earlier build would have left: the build goes on as if one had been there before. So no
text stays in memory, and whatever was taken for granted and turns out otherwise is printed again.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cached_property, partial
from pathlib import Path

from builder.engine import processes
from builder.engine.setup import processors
from builder.frozen import frozen
from builder.memory import Memory
from builder.output import Output
from builder.plan.catalogue.files import FileDigests
from builder.plan.plan import House, Plan
from builder.press import bodies, pages, specimens
from builder.press.rows import Row
from builder.press.standing import Standing
from builder.read import article as articles
from builder.read import crossings, finding, slugs
from builder.read.markdown import macros, variables
from builder.read.markdown.cross_references import ForeignUse
from builder.recall import Recall
from builder.reporter import Recorded
from builder.settings import Settings

SHARE = 100
"""How many articles another process is worth."""
_MEASURED = re.compile(rb"\{(?:unit|value)\}")
_CLEANED = 100


@frozen
class Assumed(Standing):
    """What is taken for granted before all articles are read: no unit has a page, and formulas are where texts look so.

    What is printed then shows no chart.
    """

    has_maths: bool = False

    @cached_property
    def networks(self) -> Sequence[str]:
        return ()

    @cached_property
    def maths(self) -> bool:
        return self.has_maths

    @cached_property
    def charts(self) -> bool:
        return False

    @cached_property
    def series(self) -> Mapping[str, tuple[Row, ...]]:
        return {}


@frozen
class Job:
    """A share of the articles, for a process of its own."""

    settings: Settings
    era: str
    paths: Sequence[Path]
    drafts: bool
    has_maths: bool


def read(recall: Recall, output: Output, paths: Sequence[Path], *, drafts: bool) -> None:
    """Read and print articles ahead; `recall` and `output` learn what came of it."""
    settings, era = recall.house.settings, recall.memory.era
    has_maths = any(map(finding.may_have_formulas, paths))
    count = min(processors(), max(1, len(paths) // SHARE))
    jobs = [Job(settings, era, paths[start::count], drafts, has_maths) for start in range(count)]
    for known, changed in _done(jobs):
        recall.memory.known |= known
        output.changed += changed


def _done(jobs: Sequence[Job]) -> Iterator[tuple[Mapping[str, str], list[str]]]:
    if len(jobs) == 1:
        return map(_printed, jobs)
    context = multiprocessing.get_context("fork") if processes.can_copy() else processes.fresh()
    with ProcessPoolExecutor(len(jobs), context) as pool:
        return iter(list(pool.map(_printed, jobs)))


def _printed(job: Job) -> tuple[Mapping[str, str], list[str]]:
    """Read and print a share; return what is to be remembered, and the files that were written.

    What stops this, such as a mistake in a template, stops the build itself when it comes there, and is told then.
    """
    settings = job.settings
    house, output = House(settings, Recorded()), Output(settings.output_folder, settings.store_folder / "output.json")
    recall = Recall(house, Memory(era=job.era), FileDigests(settings.store_folder / "files.json"))
    with contextlib.suppress(Exception):
        _print(job, recall, output)
    return recall.memory.kept, output.changed


def _print(job: Job, recall: Recall, output: Output) -> None:
    settings, house = job.settings, recall.house
    assumed = partial(Assumed, recall, (), crossings.Shelf(), has_maths=job.has_maths)
    printing = pages.begun(house, output, {}, assumed())
    units = specimens.units(printing, ())
    printing.bodies = bodies.Bodies(recall, printing.env, printing.site)
    read = partial(_read, printing.bodies, settings)
    for path in seldom_cleaned(job.paths):
        if not finding.holds(path, _MEASURED):
            plan = recall.plan(recall.article(path, read), _again)
            if _is_alone(plan, job.drafts):
                pages.print_article(printing, plan, units, assumed())  # which knows the plan, and goes with it


def _read(known: bodies.Bodies, settings: Settings, path: Path) -> articles.Article:
    own = macros.of_site(settings.macros), variables.of_site(settings.variables)
    return known.article(path) or articles.attempted(path, settings.root, *own)


def seldom_cleaned(paths: Sequence[Path]) -> Iterator[Path]:
    """Give one path after the other, and let go of what articles leave behind after some of them.

    Texts are many small objects: to look through them for circles, as often as Python does, takes a tenth of the time.
    """
    gc.freeze()
    gc.disable()
    try:
        for number, path in enumerate(paths, 1):
            yield path
            if number % _CLEANED == 0:
                gc.collect(0)
    finally:
        gc.enable()
        gc.unfreeze()


def _again(path: Path) -> articles.Article:
    raise AssertionError(f"{path} was read a moment ago")


def _is_alone(plan: Plan, drafts: bool) -> bool:
    """Tell whether the pages of an article show nothing that is known only when all are read."""
    article = plan.article
    hidden = article.front.draft and not drafts
    is_bound = plan.wanted() or article.front.series or any(map(shows, article.foreign))
    return not (plan.broken or hidden or slugs.wrong(article.slug) or is_bound)


def shows(use: ForeignUse) -> bool:
    """Tell whether a link says something of the article that it leads to."""
    return bool(use.label) or use.is_bare
