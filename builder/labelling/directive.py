"""What is to be labelled: a directive of an article, read without the labels that it may not have yet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from builder.engine.labelling import Wanted
from builder.errors import BuildError, Place, Problem, UsageError
from builder.frozen import frozen
from builder.gathering import discover
from builder.plan.catalogue.nearest import nearest
from builder.plan.plan import House, plan_article
from builder.plan.request import Request
from builder.read.article import Article
from builder.read.markdown.elements import Directive

STACKPLOT = "label-stackplot"
FIGURES = (STACKPLOT, "label-agreement")
OPTIONS = ("unit", "rubric", "order", "samples", "model", "dataset", "seed")
"""What decides which crops are drawn, and what they may be called; these are options of the stackplot."""
FILE = "labels.csv"


@frozen
class Task:
    """What to label: the article's title, which crops, and the file for the labels.

    `missing` is the option that the directive lacks, to write into the article.
    """

    title: str
    wanted: Wanted
    file: Path
    missing: str = ""


def task(house: House, slug: str, figure: str, count: int) -> Task:
    """Read what a directive of an article asks people to label.

    Raises UsageError for an article or a figure that there is not or that has no labels, BuildError for what is wrong
    about the directive.
    """
    article = _article(house, slug)
    directive = _directive(article, figure)
    request = _bound(house, article, directive)
    file = _file(article, directive)
    missing = "" if directive.options.get("labels") else f":labels: {file.name}"
    return Task(article.front.title or slug, _wanted(request, directive.place, count), file, missing)


def _article(house: House, slug: str) -> Article:
    articles = {one.slug: one for one in discover(house.settings)}
    if slug not in articles:
        raise UsageError(f"no article {slug!r}{nearest(slug, articles)}")
    return articles[slug]


def _directive(article: Article, figure: str) -> Directive:
    label = figure if figure.startswith("fig-") else f"fig-{figure}"
    directives = {one.label: one for one in article.directives}
    if label not in directives:
        raise UsageError(f"{article.slug} has no figure {label!r}{nearest(label, directives)}")
    if (found := directives[label]).figure not in FIGURES:
        raise UsageError(f"{found.place}: {found.figure} shows no labels; expected {' or '.join(FIGURES)}")
    if not found.options.get("unit"):
        raise UsageError(f"{found.place}: no unit to draw crops for; expected :unit:, for example mixed3b:17")
    return found


def _bound(house: House, article: Article, directive: Directive) -> Request:
    """Bind what decides the crops as a stackplot without labels would."""
    options = {name: text for name, text in directive.options.items() if name in OPTIONS}
    alone = replace(directive, figure=STACKPLOT, options=options)
    plan = plan_article(house, replace(article, directives=(alone,), units=(), problems=()))
    if plan.broken:
        raise BuildError(plan.problems)
    return plan.requests[directive.label]


def _wanted(request: Request, place: Place, count: int) -> Wanted:
    given = request.parameters
    rubric = request.paths.get("rubric")
    return Wanted(
        model=str(given["model"]),
        dataset=str(given["dataset"]),
        unit=str(given["unit"]),
        names=tuple(given["order"]),
        count=count,
        samples=int(given["samples"]),
        seed=int(given["seed"]),
        place=place,
        rubric=rubric if isinstance(rubric, Path) else None,
    )


def _file(article: Article, directive: Directive) -> Path:
    """Return the file of labels; raises BuildError for one that does not belong to the article."""
    folder = article.path.parent
    alone = article.path.name == "index.md"
    name = directive.options.get("labels") or (FILE if alone else f"{article.slug}-{FILE}")
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or path.suffix != ".csv" or path.is_dir():
        place = Place(directive.place.path, directive.option_lines.get("labels", directive.place.line))
        raise BuildError([Problem(place, f"labels {name!r}; expected a CSV file beside the article")])
    return path
