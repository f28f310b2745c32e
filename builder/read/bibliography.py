"""The works of a BibTeX file, and how references are written."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from html import escape
from pathlib import Path

from builder.errors import Place, Problem
from builder.frozen import frozen
from builder.read import bibtex, names
from builder.read.bibtex import VENUES, Raw
from builder.read.undone import Phrase, phrase, undone

NUMBER = r"((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)"
ARXIV = re.compile(r"(?:arxiv[:./\s]*(?:org/(?:abs|pdf)/)?)?" + NUMBER, re.IGNORECASE)
PREPRINT = re.compile(r"^https?://(?:www\.)?|\.pdf$|\s*\[[\w.-]+\]$", re.IGNORECASE)
"""What stands around the number of a preprint."""
ADDRESS = re.compile(r"\s*(?:\\url\s*)?\{*((?:https?://|www\.)[^\s{}]+)\}*\.?\s*")
LINKED = re.compile(r"\\(?:url|href)\s*\{\s*(https?://[^\s{}]+)\s*\}")
DOI = re.compile(r"10\.\d{4,9}/\S+")
LOOKED_AT = re.compile(r"accessed|retrieved|last visited", re.IGNORECASE)
ONE_PAGE = re.compile(r"[A-Za-z]*\d+")
THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis", "techreport": "Technical report"}
JOURNALS = {
    "aap": "Astronomy & Astrophysics", "aj": "Astronomical Journal", "apj": "Astrophysical Journal",
    "apjl": "Astrophysical Journal Letters", "apjs": "Astrophysical Journal Supplement",
    "araa": "Annual Review of Astronomy and Astrophysics", "jcap": "Journal of Cosmology and Astroparticle Physics",
    "mnras": "Monthly Notices of the Royal Astronomical Society", "nat": "Nature", "physrep": "Physics Reports",
    "pasp": "Publications of the Astronomical Society of the Pacific", "pra": "Physical Review A",
    "prb": "Physical Review B", "prd": "Physical Review D", "pre": "Physical Review E",
    "prl": "Physical Review Letters", "rmp": "Reviews of Modern Physics", "ssr": "Space Science Reviews",
}  # fmt: skip
"""Journals by the commands that the Astrophysics Data System writes for them."""
YEAR = re.compile(r"\b\d{4}\b")
TILDE = re.compile(r"\{?\\(?:textasciitilde|~|sim)(?:\{\})?\}?")


@frozen
class Entry:
    """A work. `names` are (given, family) pairs, `text` is its BibTeX source.

    `html` is the reference in full, with links; `doi` and `arxiv` are bare identifiers;
    `link` is the best address or "". Other fields are plain text, LaTeX undone. `mistakes` say what of it
    cannot be meant so.
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
    mistakes: tuple[str, ...] = ()

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


@frozen
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
    title, doi = phrase(_whole_title(given)), _doi(given.get("doi", ""))
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
        html=" ".join(
            filter(None, [_title(title, link), _who(people), _where(venue, year, raw), _note(given), _what(doi, arxiv)])
        ),
        text=raw.text,
        place=raw.place,
        mistakes=tuple(_mistakes(given)),
    )


def _whole_title(given: Mapping[str, str]) -> str:
    title, below = given.get("title", ""), given.get("subtitle", "")
    return f"{title}: {below}" if title and below else title or below


def _mistakes(given: Mapping[str, str]) -> Iterator[str]:
    """Say what of an entry is not what its fields are for."""
    if not given.get("title"):
        yield "has no title"
    for key in ("author", "editor"):
        if mistake := names.mistake(given.get(key, "")):
            yield f"{key}: {mistake}"
    if given.get("doi", "").strip() and not _doi(given["doi"]):
        yield f"doi: {given['doi']!r} is none; one begins '10.' and holds a '/'"
    if given.get("url", "").strip() and not _address(given["url"]):
        yield f"url: {given['url']!r} is no address of the web"


def _doi(written: str) -> str:
    """Find the DOI in a field; "" where there is none."""
    found = DOI.search(_bare(written))
    return found[0].rstrip(".,;") if found else ""


def _address(written: str) -> str:
    """Find the address in a field that should hold nothing else."""
    first = _bare(written).split()
    match = ADDRESS.fullmatch(first[0]) if first else None
    return "" if match is None else match[1] if match[1].startswith("http") else f"https://{match[1]}"


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
    return next(filter(None, map(_journal, written)), "")


def _journal(written: str) -> str:
    own = JOURNALS.get(written.strip(" \\{}")) if written.strip(" {").startswith("\\") else None
    return own or undone(written)


def _arxiv(given: Mapping[str, str]) -> str:
    """Find an arXiv number in the fields that hold one by custom."""
    preprint = ARXIV.fullmatch(PREPRINT.sub("", given.get("eprint", "").strip()))
    if preprint and (given.get("archiveprefix") or given.get("eprinttype") or "arxiv").lower() == "arxiv":
        return preprint[1]
    volume = re.fullmatch(f"abs/{NUMBER}", given.get("volume", ""))
    if volume and given.get("journal", "").lower() in ("corr", "arxiv"):
        return volume[1]
    for key in ("journal", "journaltitle", "url", "note", "howpublished", "doi"):
        if "arxiv" in given.get(key, "").lower() and (match := ARXIV.search(given[key])):
            return match[1]
    return ""


def _link(given: Mapping[str, str], doi: str, arxiv: str) -> str:
    if link := _address(given.get("url", "")):
        return link
    for key in ("howpublished", "note"):
        written = given.get(key, "")
        if match := ADDRESS.fullmatch(_bare(written)) or LINKED.search(written):
            return _bare(match[1])
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


def _where(venue: str, year: str, raw: Raw) -> str:
    given, kind = raw.fields, THESES.get(raw.kind, "")
    volume, number = undone(given.get("volume", "")), undone(given.get("number") or given.get("issue") or "")
    kind = (undone(given.get("type", "")) or kind) if kind else ""
    parts = [
        escape(f"{kind} {number}".strip() if kind and not volume else kind),
        f'<span class="reference-venue">{escape(venue)}</span>' if venue else "",
        escape(volume) + (f"({escape(number)})" if number and volume else ""),
        escape(f"no. {number}" if number and not volume and not kind else ""),
        _pages(undone(given.get("pages", ""))),
        escape(year),
    ]
    return ", ".join(filter(None, parts)).removesuffix(".") + "." if any(parts) else ""


def _pages(written: str) -> str:
    """Write pages as a range, one alone in the singular."""
    pages = re.sub(r"(?<=\w)\s*[-–—]+\s*(?=\w)", "–", written)
    return f"{'p.' if ONE_PAGE.fullmatch(pages) else 'pp.'} {escape(pages)}" if pages else ""


def _note(given: Mapping[str, str]) -> str:
    """Print a remark, unless it is an address or says when one was looked at."""
    written = given.get("note", "")
    if not written or ADDRESS.fullmatch(_bare(written)) or LOOKED_AT.search(written) or "arxiv" in written.lower():
        return ""
    return f'<span class="reference-note">{escape(undone(written).removesuffix("."))}.</span>'


def _what(doi: str, arxiv: str) -> str:
    if doi:
        return f'<a class="reference-doi" href="https://doi.org/{escape(doi)}">doi:{escape(doi)}</a>'
    if arxiv:
        return f'<a class="reference-arxiv" href="https://arxiv.org/abs/{escape(arxiv)}">arXiv:{escape(arxiv)}</a>'
    return ""
