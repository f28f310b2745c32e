"""What an article owes its readers besides being right: words for pictures, labels that are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PIL import Image, UnidentifiedImageError

from builder.check.findings import Finding
from builder.errors import Place
from builder.read.article import Article

if TYPE_CHECKING:
    from markdown_it.token import Token

WIDEST_PX = 3200
COMMON = ("name", "alt")


def of_articles(articles: Iterable[Article]) -> Iterator[Finding]:
    """Yield what is amiss in the text of articles."""
    articles = list(articles)
    yield from _works(articles)
    for article in articles:
        yield from _alternative_texts(article)
        yield from _labels(article)
        yield from _pictures(article)
        yield from _front(article)


def _alternative_texts(article: Article) -> Iterator[Finding]:
    for image in article.images:
        if not image.alt.strip():
            yield Finding(image.place, "alt", f"picture {image.source!r} has no alternative text; expected ![words](…)")


def _works(articles: Iterable[Article]) -> Iterator[Finding]:
    """Yield the works of bibliographies that no article cites; several articles may share one file."""
    cited = {entry.place for article in articles for entry in article.bibliography}
    works = {place: key for article in articles for key, place in article.library.items()}
    for place in sorted(works.keys() - cited):
        yield Finding(place, "work", f"work {works[place]!r} is never cited", warning=True)


def _labels(article: Article) -> Iterator[Finding]:
    """Yield the labels that the author gave and never refers to."""
    used = {value.label for value in article.values}
    used |= {token.content for token in _tokens(article) if token.type == "cross_reference"}
    used |= {str(token.attrs.get("href", ""))[1:] for token in _tokens(article) if token.type == "link_open"}
    used |= {article.hero.label} if article.hero else set()
    for directive in article.directives:
        line = directive.option_lines.get("name")
        if line and directive.label not in used:
            message = f"label {directive.label!r} is never referred to; write @{directive.label} or drop ':name:'"
            yield Finding(Place(article.name, line), "label", message, warning=True)


def _tokens(article: Article) -> Iterator[Token]:
    waiting = [*article.tokens, *(token for one in article.directives for token in one.caption)]
    while waiting:
        token = waiting.pop()
        waiting += token.children or []
        yield token


def _pictures(article: Article) -> Iterator[Finding]:
    for image in article.images:
        try:
            with Image.open(image.file) as picture:
                width, height = picture.size
        except (OSError, UnidentifiedImageError):
            continue  # vector drawings have no pixels, and a missing file is the build's to report
        if max(width, height) > WIDEST_PX:
            message = f"picture {image.source!r} is {width} x {height} px; at most {WIDEST_PX} px are ever shown"
            yield Finding(image.place, "picture", message, warning=True)


def _front(article: Article) -> Iterator[Finding]:
    if not article.front.description:
        yield Finding(Place(article.name, 1), "front", "no description; search engines show it", warning=True)
    if article.front.date is None:
        yield Finding(Place(article.name, 1), "front", "no date; the feed leaves the article out", warning=True)
