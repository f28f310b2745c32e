"""Which pages stand as they were printed, so that they need not be printed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path

from builder.frozen import frozen
from builder.memory import Memory, digest
from builder.output import Output
from builder.plan.plan import Plan
from builder.press import listings
from builder.press.rows import Row
from builder.read.article import Article
from builder.read.crossings import Shelf
from builder.recall import Recall

REST = "all pages but those of articles"


@frozen
class Standing:
    """What pages depend on besides their articles: `plans` are the articles that pages may lead to."""

    recall: Recall
    plans: Sequence[Plan]
    shelf: Shelf
    _rows: dict[Path, tuple[Article, Row]] = field(default_factory=dict, repr=False, compare=False)
    _known: dict[Path, tuple[Plan, str, str | None]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def memory(self) -> Memory:
        return self.recall.memory

    @cached_property
    def networks(self) -> Sequence[str]:
        """The networks of which units have pages, which every page names in its head."""
        return sorted({name.network for plan in self.plans for name in plan.cards})

    @cached_property
    def maths(self) -> bool:
        """Tell whether there is a formula anywhere: then all pages come with the font for them."""
        return any(plan.article.maths for plan in self.plans)

    @cached_property
    def charts(self) -> bool:
        """Tell whether any page may hold a chart: only sites of text alone do without the runtime."""
        return any(plan.article.directives or plan.cards for plan in self.plans)

    @cached_property
    def circumstances(self) -> str:
        """Digest what all pages show of the others."""
        return digest(list(self.networks), self.maths)

    @cached_property
    def _units(self) -> str:
        """Digest the units that tiles and chips may lead to."""
        shown = {str(name): request.key for plan in self.plans for name, request in plan.cards.items()}
        return digest(self.circumstances, sorted(shown.items()))

    @cached_property
    def series(self) -> Mapping[str, tuple[Row, ...]]:
        """The articles of each series."""
        return listings.series(self.listed(plan) for plan in self.plans)

    def listed(self, plan: Plan) -> Row:
        """Describe an article as a list does, without its picture."""
        article = plan.article
        known, row = self._rows.get(article.path, (None, None))
        if row is None or known is not article:
            row = listings.row(article)
            self._rows[article.path] = article, row
        return row

    @cached_property
    def _keys(self) -> dict[Path, str | None]:
        return {}

    def key(self, plan: Plan) -> str | None:
        """Digest all that goes into the pages of an article and its row in lists; None where that is not known."""
        path = plan.article.path
        if path not in self._keys:
            self._keys[path] = self._key(plan)
        return self._keys[path]

    def _key(self, plan: Plan) -> str | None:
        place = listings.place_in_series(self.listed(plan), self.series)
        if plan.wanted():
            return self.recall.page(plan, self.shelf, digest(self._units, place))
        # What shows no figures is the same before and after they are measured.
        around = digest(self.circumstances, place)
        known, before, key = self._known.get(plan.article.path, (None, "", None))
        if known is not plan or before != around:
            key = self.recall.page(plan, self.shelf, around)
            self._known[plan.article.path] = plan, around, key
        return key

    def stands(self, plan: Plan, output: Output) -> bool:
        """Tell whether the pages of an article need not be printed."""
        key = self.key(plan)
        return key is not None and self.memory.stands(_name(plan), key, output)

    def row(self, plan: Plan, output: Output) -> tuple[Row, Mapping[str, str]] | None:
        """Recall an article whose pages stand: its row, and the sizes that its picture there names."""
        key = self.key(plan)
        known = self.memory.recall(_name(plan), key, output) if key else None
        if known is None:
            return None
        row = self.listed(plan)
        return (replace(row, hero=known["hero"]) if known["hero"] else row), known["sizes"]

    def printed(self, plan: Plan) -> list[str]:
        """List the files that were written when an article was last printed."""
        return self.memory.files(_name(plan))

    def keep(self, plan: Plan, row: Row, sizes: Mapping[str, str], files: Mapping[str, list[int]]) -> None:
        """Remember an article that has been printed, unless it was changed meanwhile."""
        key = self.key(plan)
        if key and self.recall.is_current(plan.article):
            self.memory.keep(_name(plan), key, {"hero": row.hero, "sizes": dict(sizes)}, files)

    @cached_property
    def _all(self) -> str:
        return digest(self._units, [(plan.article.slug, self.key(plan)) for plan in self.plans])

    def whole(self, output: Output) -> bool:
        """Recall a site of which every page stands."""
        names = [(_name(plan), key) for plan in self.plans if (key := self.key(plan))]
        return len(names) == len(self.plans) and self.memory.recall_all([(REST, self._all), *names], output)

    def keep_rest(self, names: Iterable[str], output: Output) -> None:
        """Remember the pages that are of no article, where all articles have theirs."""
        self.memory.keep(REST, self._all, files=output.stamps(names))


def _name(plan: Plan) -> str:
    return f"pages {plan.article.path}"
