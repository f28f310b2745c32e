"""Pages that gather articles: by tag, by series; and what stands at an article's old addresses."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from builder import inside
from builder.errors import Place, Problem
from builder.frozen import frozen
from builder.press.rows import Row
from builder.read import slugs

if TYPE_CHECKING:
    from builder.read.article import Article

WORDS_A_MINUTE = 220


@frozen
class Series:
    """A series as one of its articles sees it: `number` counts from 1."""

    name: str
    url: str
    rows: tuple[Row, ...]
    number: int

    @property
    def previous(self) -> Row | None:
        """The article before this one."""
        return self.rows[self.number - 2] if self.number > 1 else None

    @property
    def following(self) -> Row | None:
        """The article after this one."""
        return self.rows[self.number] if self.number < len(self.rows) else None


def row(article: Article) -> Row:
    """Describe an article as a list does, without its picture."""
    front = article.front
    return Row(
        title=front.title,
        url=f"{article.slug}/index.html",
        description=front.description,
        authors=tuple(author.name for author in front.authors),
        date=front.date,
        minutes=max(round(article.words / WORDS_A_MINUTE), 1),
        tags=front.tags,
        draft=front.draft,
        updated=front.updated,
        series=front.series,
    )


@functools.cache
def slug(text: str) -> str:
    """Write a name as part of an address: `Ünits & Shapes` becomes `units-shapes`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"


def tags(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Gather rows by tag, tags in alphabetical order; spellings of one address are one tag."""
    found: dict[str, tuple[str, list[Row]]] = {}
    for row in rows:
        for address, tag in {slug(tag): tag for tag in row.tags}.items():
            found.setdefault(address, (tag, []))[1].append(row)
    return dict(sorted(found.values(), key=lambda one: one[0].lower()))


def tag_address(tag: str) -> str:
    """Give the address of a tag's page."""
    return f"tags/{slug(tag)}/index.html"


def series_address(name: str) -> str:
    """Give the address of a series' page."""
    return f"series/{slug(name)}/index.html"


def series(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    """Gather rows by series, in the order of their dates."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.series:
            found.setdefault(row.series, []).append(row)
    order = {name: sorted(some, key=lambda r: (r.date is None, r.date and r.date.toordinal(), r.title)) for name, some
             in found.items()}  # fmt: skip
    return {name: tuple(some) for name, some in order.items()}


def place_in_series(row: Row, gathered: Mapping[str, Sequence[Row]]) -> Series | None:
    """Say where an article stands in its series, if there are others."""
    rows = tuple(gathered.get(row.series, ()))
    if len(rows) < 2:
        return None
    number = next(i for i, other in enumerate(rows, 1) if other.url == row.url)
    return Series(row.series, series_address(row.series), rows, number)


WELL_KNOWN = ".well-known"
HOSTS_OWN = frozenset({"cname", "_redirects", "_headers"})
"""Files by which hosts are told things."""


def redirects(article: Article, taken: Iterable[str], problems: list[Problem]) -> Iterator[str]:
    """Yield the old addresses of an article as files of the site; those that cannot be are problems."""
    place = Place(article.name, article.front.lines.get("aliases", 1))
    names = {slugs.same(name) for name in taken}
    for alias in article.front.aliases:
        path = alias.strip().lstrip("/")
        path = path if path.endswith(".html") else f"{path.rstrip('/')}/index.html"
        if message := _refused(path, names):
            problems.append(Problem(place, f"aliases: {alias!r} {message}"))
        else:
            names.add(slugs.same(path))
            yield path


def _refused(path: str, taken: set[str]) -> str:
    """Say why an old address cannot lead anywhere; `taken` are the files of the site, written alike."""
    *folders, last = slugs.same(path).split("/")
    above = {"/".join(folders[:count]) for count in range(1, len(folders) + 1)}
    if not re.fullmatch(r"[\w.~-]+(/[\w.~-]+)*", path) or inside.wrong(path):
        return "is not a path within the site, such as old/address/"
    if slugs.same(path) in taken or any(name.startswith(f"{slugs.same(path)}/") for name in taken):
        return "is the address of another page of the site"
    if any(name.endswith(".html") for name in folders) or above & taken:
        return "leads into a page or a file; expected a path such as old/address/ or old/page.html"
    if message := next(filter(None, map(slugs.odd, path.split("/"))), ""):
        return message
    if hidden := next((name for name in (*folders, last) if name.startswith(".") and name != WELL_KNOWN), None):
        return f"has {hidden!r} in it, which is hidden and which hosts keep to themselves"
    if folders and folders[0] in HOSTS_OWN:
        return "is the place of a file that hosts read"
    if slugs.same(path).split("/")[0] in slugs.FILES | slugs.MADE:
        return "is the place of a file that the site makes itself"
    return ""
