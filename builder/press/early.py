"""Articles that can be read while the figures of others are still measured."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from builder.engine.artifacts import FigureEntry
from builder.output import Output
from builder.plan.plan import House, Plan
from builder.press import articles, lists, overrides, page, pages, specimens
from builder.press.standing import Standing
from builder.press.views import Frame
from builder.reporter import Reporter

SHARE = 0.1
"""How much of the time of measuring may go into pages that are printed anew at the end."""


@dataclass
class Early:
    """Writes each article as soon as its figures and the cards of its units are there.

    The end prints all pages anew, as if there had been none: what stands here decides nothing of them, and
    links to what comes at the end, such as units' pages, lead nowhere until then. An article that
    was whole from the start is written where its page is missing or older than its text. So is a front page
    where there was none, with the articles that can be read.

    `standing` knows the articles of the site, `wanted` are those to build; `alone` keeps other builds off while
    pages are written; `opened` is told once, as soon as there is an article to read, where the front page lies.
    """

    house: House
    standing: Standing
    wanted: Sequence[Plan]
    reporter: Reporter
    alone: Callable[[], AbstractContextManager[None]]
    opened: Callable[[Path], None] | None = None
    entries: dict[str, FigureEntry] = field(default_factory=dict)
    whole: dict[str, Plan] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    fronted: bool = field(init=False)
    begun: bool = False
    rested: float = 0.0

    def __post_init__(self) -> None:
        self.fronted = self.index.is_file()

    @property
    def index(self) -> Path:
        """The front page."""
        return self.house.settings.output_folder / "index.html"

    def hear(self, entries: Mapping[str, FigureEntry]) -> None:
        """Take figures that are there, and write the articles that miss nothing more."""
        begun, self.begun = self.begun, True
        self.entries |= entries
        if time.monotonic() < self.rested:
            return
        fresh = [plan for plan in self.wanted if plan.article.slug not in self.whole and self._is_whole(plan)]
        self.whole |= {plan.article.slug: plan for plan in fresh}
        due = fresh if begun else [plan for plan in fresh if self._is_stale(plan)]
        if due:
            self._write(due)
        if self.whole:
            self.open()

    def open(self) -> None:
        """Tell where the front page lies, once, if there is one."""
        if self.opened is not None and self.index.is_file():
            opened, self.opened = self.opened, None
            opened(self.index)

    def _is_whole(self, plan: Plan) -> bool:
        return not plan.broken and all(request.key in self.entries for request in plan.shown())

    def _is_stale(self, plan: Plan) -> bool:
        there, written = self._page(plan), plan.article.path
        try:
            is_old = not there.is_file() or there.stat().st_mtime < written.stat().st_mtime
        except OSError:  # one of them is gone by now
            is_old = False
        return is_old and not plan.is_remembered

    def _page(self, plan: Plan) -> Path:
        return self.house.settings.output_folder / plan.article.slug / "index.html"

    def _write(self, due: Sequence[Plan]) -> None:
        start, settings = time.monotonic(), self.house.settings
        output = Output(settings.output_folder, settings.store_folder / "output.json")
        with self.alone(), overrides.explained(settings.root, settings.root / settings.templates):
            printed = self._printed(output, due)
        self.changed += output.changed
        for plan in printed:
            self.reporter.say(f"{plan.article.front.title} can be read: {self._page(plan)}")
        self.rested = time.monotonic() + (time.monotonic() - start) * (1 / SHARE - 1)

    def _printed(self, output: Output, due: Sequence[Plan]) -> list[Plan]:
        printing = pages.begun(self.house, output, self.entries, self.standing)
        units = specimens.units(printing, self.whole.values())
        printed = [plan for plan in due if not articles.article(printing, plan, units, self.standing.series)]
        if not self.fronted:
            there = [plan for plan in self.whole.values() if plan in printed or self._page(plan).is_file()]
            rows = lists.in_order(printing, [lists.row(printing, plan) for plan in there])
            printing.page("index.html", page.front_page(printing.env, Frame(printing.site, "index.html"), rows))
        return printed
