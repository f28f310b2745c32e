"""References from one article to another: found, or reported, once all articles are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from builder.errors import Problem
from builder.frozen import frozen
from builder.plan.catalogue.nearest import nearest
from builder.read import slugs
from builder.read.article import Article
from builder.read.markdown.cross_references import ForeignUse, Target, named, names, thing


@frozen
class Shelf:
    """All articles by slug; those in `drafts` are not built, those in `misnamed`, by their files, cannot be."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    drafts: frozenset[str] = frozenset()
    misnamed: Mapping[Path, Problem] = field(default_factory=dict)

    def problems(self, article: Article) -> Iterator[Problem]:
        """Yield why an article cannot have its slug, and what it points to in others and cannot be found there."""
        if article.name in self.misnamed:
            yield self.misnamed[article.name]
        for use in article.foreign:
            if message := self._wrong(use, article):
                yield Problem(use.place, message)

    def _wrong(self, use: ForeignUse, article: Article) -> str:
        other = self.articles.get(use.slug)
        if other is None:
            return f"no article {use.slug!r}{nearest(use.slug, self.articles)}"
        if use.slug in self.drafts and article.slug not in self.drafts:
            return f"article {use.slug!r} is a draft; its page is not built"
        if not use.label or use.label in other.ids or named(use.label, other.targets):
            return ""
        return f"no {thing(use.label)} {use.label!r} in {other.name}{nearest(use.label, names(other.targets))}"

    def answer(self, use: ForeignUse) -> tuple[object, ...]:
        """Give what a link shows of another article, and where it leads."""
        title, target = self.find(use.slug, use.label)
        shown = (target.kind, target.id, target.number, target.html) if target else ()
        return (title, *shown) if use.is_bare else shown

    def find(self, slug: str, label: str) -> tuple[str, Target | None]:
        """Return the title of an article and what a label names in it."""
        other = self.articles.get(slug)
        if other is None:
            return slug, None
        return other.front.title, named(label, other.targets) if label else None


def shelved(articles: Iterable[Article], *, drafts: bool) -> Shelf:
    """Put articles on a shelf; with `drafts`, those are built like the others."""
    everything = list(articles)
    hidden = () if drafts else (one.slug for one in everything if one.front.draft)
    misnamed = {problem.place.path: problem for problem in slugs.problems(everything)}
    return Shelf({one.slug: one for one in everything}, frozenset(hidden), misnamed)
