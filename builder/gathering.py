"""The articles of a site: found, read or remembered, bound, and held against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from builder.errors import Place, Problem, UsageError
from builder.plan.catalogue.nearest import nearest
from builder.plan.plan import House, Plan, plan_article, signatures
from builder.read import article as articles
from builder.read import crossings, finding
from builder.read.article import Article
from builder.recall import Recall
from builder.settings import Settings


def discover(settings: Settings) -> Iterator[Article]:
    """Read every article of the site, drafts too; raises UsageError where there is no folder for them."""
    return (_read(settings, path) for path in paths(settings))


def paths(settings: Settings) -> Iterator[Path]:
    """Find the files of all articles; raises UsageError where there is no folder for them."""
    yield from _written(settings)
    if settings.reference:
        yield from _reference(settings)


def files(settings: Settings, site: Recall) -> list[Path]:
    """Find the files of all articles; those that explain the figures are written only where they changed."""
    return _written(settings) + (site.reference(partial(_reference, settings)) if settings.reference else [])


def plans(
    site: Recall, files: Sequence[Path], *, only: Sequence[str] = (), drafts: bool = False
) -> tuple[list[Plan], crossings.Shelf, list[Problem]]:
    """Read and bind every article; `files` are theirs."""
    read = partial(_read, site.house.settings)
    everything = [site.article(path, read) for path in files]
    problems = [*site.problems(), *_overlooked(site, files, everything)]
    _check_only(only, everything)
    shelf = crossings.shelved(everything, drafts=drafts)
    built = [article for article in everything if drafts or not article.front.draft]
    plans = [_crossed(site.plan(article, read), shelf) for article in built]
    return plans, shelf, problems


def _overlooked(site: Recall, files: Sequence[Path], everything: Sequence[Article]) -> Iterator[Problem]:
    """Warn of what lies among the articles and is none, although it looks like one."""
    settings = site.house.settings
    read = {path for article in everything for path in article.reads}  # also those of articles that are broken

    def is_part(file: Path) -> bool:
        return file in read or str(file) in site.inserted

    for path, message in finding.overlooked(settings.articles_folder, files, is_part):
        name = path.relative_to(settings.root) if path.is_relative_to(settings.root) else path
        yield Problem(Place(name), message, warning=True)


def whole(site: Recall, shelf: crossings.Shelf, plan: Plan) -> Plan:
    """Read and bind an article anew of which nothing but what others need is known."""
    return _crossed(site.whole(plan.article, partial(_read, site.house.settings)), shelf)


def planned(house: House, slug: str) -> Plan:
    """Read and bind one article. Raises UsageError where there is none of this name."""
    found = {one.slug: one for one in discover(house.settings)}
    if slug not in found:
        raise UsageError(f"no article {slug!r}{nearest(slug, found)}")
    return plan_article(house, found[slug])


def _crossed(plan: Plan, shelf: crossings.Shelf) -> Plan:
    """Look up what an article points to in others."""
    problems = tuple(shelf.problems(plan.article))
    return replace(plan, problems=plan.problems + problems) if problems else plan


def _read(settings: Settings, path: Path) -> Article:
    from builder.read.markdown import macros, variables

    own = macros.of_site(settings.macros), variables.of_site(settings.variables)
    return articles.attempted(path, settings.root, *own)


def _written(settings: Settings) -> list[Path]:
    folder = settings.articles_folder
    if not folder.is_dir():
        raise UsageError(f"no folder {folder} for articles; `microscribe new my-article` begins one")
    return finding.candidates(folder)


def _reference(settings: Settings) -> list[Path]:
    """Write the articles that explain the figures."""
    from builder import reference

    return reference.write(signatures(settings), settings.store_folder)


def _check_only(only: Iterable[str], everything: Iterable[Article]) -> None:
    slugs = [one.slug for one in everything]
    for slug in only:
        if slug not in slugs:
            raise UsageError(f"no article {slug!r}{nearest(slug, slugs)}")
