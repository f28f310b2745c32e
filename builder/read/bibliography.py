"""The works of a BibTeX file, and how references are written."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from builder.errors import Place, Problem
from builder.read import bibtex, names
from builder.read.bibtex import VENUES, Raw
from builder.read.undone import Phrase, phrase, undone

NUMBER = r"((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)"
ARXIV = re.compile(r"(?:arxiv[:./\s]*(?:org/(?:abs|pdf)/)?)?" + NUMBER, re.IGNORECASE)
ADDRESS = re.compile(r"\s*(?:\\url\s*)?\{*(https?://[^\s{}]+)\}*\.?\s*")
YEAR = re.compile(r"\b\d{4}\b")
TILDE = re.compile(r"\{?\\(?:textasciitilde|~|sim)(?:\{\})?\}?")


@dataclass(frozen=True)
class Entry:
    """A work. `names` are (given, family) pairs, `text` is its BibTeX source.

    `html` is the reference in full, with links; `doi` and `arxiv` are bare identifiers;
    `link` is the best address or "". Other fields are plain text, LaTeX undone.
    """

    key: str
    kind: str
    title: str
    names: tuple[tuple[str, str], ...]
    year: str
    venue: str
    doi: str
    arxiv: str
    link: str
    html: str
    text: str = field(repr=False)
    place: Place = field(compare=False)

    @property
    def short_names(self) -> str:
        """Name the authors as running text does: "Olah et al.", "Geirhos and Bethge"."""
        return names.short(self.names) or self.title or self.key

    @property
    def short(self) -> str:
        """Name authors and year: "Olah et al., 2020"."""
        return f"{self.short_names}, {self.year}" if self.year else self.short_names


class Works(Mapping[str, Entry]):
    """The entries of a file by key; each is put into words when it is asked for, for few are ever cited."""

    def __init__(self, raw: Mapping[str, Raw] | None = None) -> None:
        self.raw = raw or {}
        self.made: dict[str, Entry] = {}

    def __getitem__(self, key: str) -> Entry:
        if key not in self.made:
            self.made[key] = _entry(self.raw[key])
        return self.made[key]

    def __contains__(self, key: object) -> bool:
        return key in self.raw

    def __iter__(self) -> Iterator[str]:
        return iter(self.raw)

    def __len__(self) -> int:
        return len(self.raw)


@dataclass(frozen=True)
class Library:
    """The good entries of a file, by key, and what is wrong with the others."""

    entries: Works = field(default_factory=Works)
    problems: tuple[Problem, ...] = ()


def load(path: Path, name: Path) -> Library:
    """Read a BibTeX file; `name` is its path in messages."""
    data = path.read_bytes()
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    library = _parsed(text, name)
    if "\N{REPLACEMENT CHARACTER}" in text:
        line = text[: text.index("\N{REPLACEMENT CHARACTER}")].count("\n") + 1
        problem = Problem(Place(name, line), "a byte is not UTF-8; save the file as UTF-8")
        return Library(library.entries, (problem, *library.problems))
    return library


@functools.lru_cache(maxsize=64)
def _parsed(text: str, name: Path) -> Library:
    entries, problems = bibtex.parsed(text, name)
    return Library(Works(entries), tuple(problems))


def _entry(raw: Raw) -> Entry:
    given = raw.fields
    title, doi = phrase(given.get("title", "")), _doi(given.get("doi", ""))
    people, arxiv, venue = names.read(given.get("author") or given.get("editor") or ""), _arxiv(given), _venue(given)
    year, link = _year(given), _link(given, doi, _arxiv(given))
    return Entry(
        key=raw.key,
        kind=raw.kind,
        title=title.plain,
        names=people,
        year=year,
        venue=venue,
        doi=doi,
        arxiv=arxiv,
        link=link,
        html=" ".join(filter(None, [_title(title, link), _who(people), _where(venue, year, given), _what(doi, arxiv)])),
        text=raw.text,
        place=raw.place,
    )


def _doi(written: str) -> str:
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", _bare(written), flags=re.IGNORECASE)


def _bare(address: str) -> str:
    """Write an identifier or address without what LaTeX needs."""
    plain = TILDE.sub("~", address.strip())
    return re.sub(r"\\([_%&#$~{}])", r"\1", re.sub(r"\{(\\[_%&#~])\}", r"\1", plain)).strip()


def _year(given: Mapping[str, str]) -> str:
    date = given.get("date", "")
    found = YEAR.search(date)
    return undone(given.get("year", "")) or (found[0] if found else undone(date))


def _venue(given: Mapping[str, str]) -> str:
    written = (given[key] for key in VENUES if given.get(key) and not ADDRESS.fullmatch(given[key]))
    return next(filter(None, map(undone, written)), "")


def _arxiv(given: Mapping[str, str]) -> str:
    """Find an arXiv number in the fields that hold one by custom."""
    preprint = ARXIV.fullmatch(given.get("eprint", "").strip())
    if preprint and (given.get("archiveprefix") or given.get("eprinttype") or "arxiv").lower() == "arxiv":
        return preprint[1]
    if given.get("journal") == "CoRR" and (match := re.fullmatch(f"abs/{NUMBER}", given.get("volume", ""))):
        return match[1]
    for key in ("journal", "journaltitle", "url", "note", "howpublished", "doi"):
        if "arxiv" in given.get(key, "").lower() and (match := ARXIV.search(given[key])):
            return match[1]
    return ""


def _link(given: Mapping[str, str], doi: str, arxiv: str) -> str:
    for key in ("url", "howpublished", "note"):
        if match := ADDRESS.fullmatch(_bare(given.get(key, ""))):
            return match[1]
    if doi:
        return f"https://doi.org/{doi}"
    return f"https://arxiv.org/abs/{arxiv}" if arxiv else ""


def _title(title: Phrase, link: str) -> str:
    html = title.html or "Untitled"
    html = f'<a href="{escape(link)}">{html}</a>' if link else html
    return f'<span class="reference-title">{html}</span>'


def _who(people: names.Names) -> str:
    listed = names.listed(people)
    return f'<span class="reference-authors">{escape(listed)}.</span>' if listed else ""


def _where(venue: str, year: str, given: Mapping[str, str]) -> str:
    volume, number = undone(given.get("volume", "")), undone(given.get("number") or given.get("issue") or "")
    pages = undone(given.get("pages", ""))
    parts = [
        f'<span class="reference-venue">{escape(venue)}</span>' if venue else "",
        escape(volume) + (f"({escape(number)})" if number else ""),
        f"pp. {escape(pages)}" if pages else "",
        escape(year),
    ]
    return ", ".join(filter(None, parts)) + "." if any(parts) else ""


def _what(doi: str, arxiv: str) -> str:
    if doi:
        return f'<a class="reference-doi" href="https://doi.org/{escape(doi)}">doi:{escape(doi)}</a>'
    if arxiv:
        return f'<a class="reference-arxiv" href="https://arxiv.org/abs/{escape(arxiv)}">arXiv:{escape(arxiv)}</a>'
    return ""
