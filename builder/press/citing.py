"""How an article cites, and how it asks to be cited."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from builder.frozen import frozen
from builder.press.views import Frame
from builder.read.article import Article

if TYPE_CHECKING:
    from builder.read.bibliography import Entry

NUMBERED, AUTHOR_YEAR = "numbered", "author-year"


@frozen
class Marks:
    """How marks name works; `years` holds "2020a" where two works have the same authors and year."""

    style: str = NUMBERED
    years: Mapping[str, str] = field(default_factory=dict)

    @property
    def numbered(self) -> bool:
        return self.style == NUMBERED

    def year(self, entry: Entry) -> str:
        """Give the year as a mark says it."""
        return self.years.get(entry.key, entry.year) or "n.d."

    def name(self, entry: Entry) -> str:
        """Name a work by authors and year: "Olah et al., 2020a"."""
        return f"{entry.short_names}, {self.year(entry)}"

    def order(self, entry: Entry) -> tuple[str, str, str]:
        """Sort works by their authors' family names, then by year."""
        families = " ".join(family or given for given, family in entry.names) or entry.title
        plain = unicodedata.normalize("NFKD", families).encode("ascii", "ignore").decode()
        return plain.casefold(), self.year(entry), entry.title


def marks(style: str, works: Iterable[Entry]) -> Marks:
    """Choose the marks of an article that cites these works."""
    return Marks(style, _years(works) if style == AUTHOR_YEAR else {})


def _years(works: Iterable[Entry]) -> dict[str, str]:
    """Put letters behind equal years of equal authors, in the order of titles."""
    alike: dict[str, list[Entry]] = {}
    for entry in works:
        alike.setdefault(entry.short, []).append(entry)
    return {
        entry.key: f"{entry.year}{letter}"
        for same in alike.values()
        if len(same) > 1
        for entry, letter in zip(sorted(same, key=lambda one: one.title), string.ascii_lowercase, strict=False)
    }


def bibtex(article: Article, frame: Frame) -> str:
    """Write the BibTeX entry of an article."""
    front = article.front
    fields = {
        "title": "{" + front.title + "}",
        **_published(article),
        "journal": frame.site.title,
        "doi": front.doi,
        "url": frame.canonical,
    }
    return _entry("article", _key(article), fields)


def of_figure(article: Article, frame: Frame, label: str) -> str:
    """Write the BibTeX entry of one figure of an article."""
    target = article.targets.get(label)
    fields = {
        "title": f"{{Figure {target.number} of {article.front.title}}}" if target else f"{{{article.front.title}}}",
        **_published(article),
        "howpublished": frame.site.title,
        "url": f"{frame.canonical}#{label}" if frame.canonical else "",
    }
    return _entry("misc", f"{_key(article)}-{label.removeprefix('fig-')}", fields)


def _published(article: Article) -> dict[str, str]:
    """Say who published an article, and when."""
    front = article.front
    return {
        "author": " and ".join(author.name for author in front.authors),
        "year": str(front.date.year) if front.date else "",
        "month": f"{front.date:%b}".lower() if front.date else "",
    }


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    lines = (f"  {name} = {{{_escaped(name, value)}}}," for name, value in fields.items() if value)
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _escaped(field: str, value: str) -> str:
    """Write the signs that BibTeX takes for its own so that it prints them."""
    return value if field in ("doi", "url") else re.sub(r"(?<!\\)([&%#_$])", r"\\\1", value)


def _key(article: Article) -> str:
    """Make a key like "olah2020zoom"; without authors one like "zoom2020"."""
    front = article.front
    words = [word for word in re.findall(r"\w+", front.title) if len(word) > 3]
    word, year = words[0] if words else article.slug, str(front.date.year) if front.date else ""
    written = f"{_family(front.authors[0].name)}{year}{word}" if front.authors else f"{word}{year}"
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", plain).lstrip("0123456789") or article.slug


def _family(name: str) -> str:
    """Give the family name of a person: before a comma, or else the last word that is no suffix."""
    words = [word for word in name.partition(",")[0].split() if word.rstrip(".") not in ("Jr", "Sr", "II", "III")]
    return words[-1] if words else name
