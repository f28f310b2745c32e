"""BibTeX files: entries, and how references are written."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from builder.errors import Place, Problem
from builder.plan.catalogue.nearest import nearest

NUMBER = r"((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)"
ARXIV = re.compile(r"(?:arxiv[:./\s]*(?:org/(?:abs|pdf)/)?)?" + NUMBER, re.IGNORECASE)
VENUES = ("journal", "journaltitle", "booktitle", "howpublished", "school", "institution", "publisher", "organization")
MONTHS = frozenset(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
MATHS = re.compile(r"(\$[^$]*\$)")


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
        families = [family or given for given, family in self.names]
        if not families:
            return self.title or self.key
        if len(families) > 2 or families[-1] == "others":
            return f"{families[0]} et al."
        return " and ".join(families)

    @property
    def short(self) -> str:
        """Name authors and year: "Olah et al., 2020"."""
        return f"{self.short_names}, {self.year}" if self.year else self.short_names


@dataclass(frozen=True)
class Library:
    """The good entries of a file, by key, and what is wrong with the others."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
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
    import logging

    import bibtexparser

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    parsed = bibtexparser.parse_string(text)
    strings = {key.lower(): str(string.value) for key, string in parsed.strings_dict.items()}
    problems = [_problem(block, name, parsed.entries_dict) for block in parsed.failed_blocks]
    twice = [block.ignore_error_block for block in parsed.failed_blocks if _repeats_field(block)]
    entries: dict[str, Entry] = {}
    for block in (*parsed.entries, *twice):
        raw = {item.key.lower(): _value(item, strings, name, problems) for item in block.fields}
        if block.key:
            entries.setdefault(block.key, _entry(block, raw, name))
        else:
            problems.append(Problem(_place(block, name), "bibliography: an entry without a key cannot be cited"))
    return Library(entries, tuple(sorted(problems)))


def _place(block, name: Path) -> Place:
    return Place(name, (block.start_line or 0) + 1)


def _repeats_field(block) -> bool:
    return type(block).__name__ == "DuplicateFieldKeyBlock"


def _value(item, strings: Mapping[str, str], name: Path, problems: list[Problem]) -> str:
    """Give the text of a field, its strings joined; a lost comma shows as text behind a brace."""
    value = str(item.value)
    if item.enclosing != "no-enclosing" or re.fullmatch(r"\d+", value):
        return value
    words = []
    for part in map(str.strip, re.split(r"\s#\s", value)):
        if enclosed := re.fullmatch(r'"([^"]*)"|\{([^{}]*)\}|(\d+)', part):
            words.append(next(group for group in enclosed.groups() if group is not None))
        elif re.fullmatch(r"[\w:.+/-]+", part):
            words.append(_string(part, strings, item, name, problems))
        else:
            message = f"bibliography: field {item.key!r} cannot be read: {value!r}; is a comma or brace missing?"
            problems.append(Problem(_place(item, name), message))
            return ""
    return " ".join(" ".join(words).split())


def _string(key: str, strings: Mapping[str, str], item, name: Path, problems: list[Problem]) -> str:
    if key.lower() in strings:
        return strings[key.lower()]
    if key.lower() not in MONTHS:
        message = f"bibliography: field {item.key!r}: no string {key!r}{nearest(key, strings)}"
        problems.append(Problem(_place(item, name), message))
    return key


def _problem(block, name: Path, entries) -> Problem:
    place, kind = _place(block, name), type(block).__name__
    if kind == "DuplicateBlockKeyBlock":
        first = f", first at line {entries[block.key].start_line + 1}" if block.key in entries else ""
        return Problem(place, f"bibliography: key {block.key!r} is given twice{first}")
    if _repeats_field(block):
        twice = ", ".join(sorted(map(repr, block.duplicate_keys)))
        return Problem(place, f"bibliography: {block.ignore_error_block.key}: field {twice} is given twice")
    head = (block.raw or "").strip().split("\n")[0].strip()
    reason = _reason(getattr(block.error, "abort_reason", None) or str(block.error))
    return Problem(place, f"bibliography: the entry {head!r} cannot be read: {reason}")


def _reason(text: str) -> str:
    """Keep of the parser's words what an author can use."""
    if "Unexpected block start" in text:
        return "it is not closed before the next entry begins"
    if "Expected comma after entry key" in text:
        return "a comma must follow its key"
    if "end of file" in text.lower():
        return "it is not closed"
    return " ".join(text.split()) or "syntax error"


def _entry(block, raw: Mapping[str, str], name: Path) -> Entry:
    plain = {key: undone(value) for key, value in raw.items() if key not in ("author", "editor", "url", "doi")}
    doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", raw.get("doi", "").strip(), flags=re.I).replace("\\_", "_")
    fields = {
        "title": plain.get("title", ""),
        "names": _names(raw.get("author") or raw.get("editor") or ""),
        "year": plain.get("year") or plain.get("date", "")[:4],
        "venue": next((plain[key] for key in VENUES if plain.get(key)), ""),
        "doi": doi,
        "arxiv": _arxiv(raw),
    }
    fields["link"] = _link(raw.get("url", ""), doi, fields["arxiv"])
    return Entry(
        key=block.key,
        kind=block.entry_type.lower(),
        html=_html(fields, plain),
        text=(block.raw or "").strip(),
        place=_place(block, name),
        **fields,
    )


def _arxiv(raw: Mapping[str, str]) -> str:
    """Find an arXiv number in the fields that hold one by custom."""
    preprint = ARXIV.fullmatch(raw.get("eprint", "").strip())
    if preprint and raw.get("archiveprefix", "arxiv").lower() == "arxiv":
        return preprint[1]
    for key in ("journal", "url", "note", "howpublished", "doi"):
        if "arxiv" in raw.get(key, "").lower() and (match := ARXIV.search(raw[key])):
            return match[1]
    return ""


def _link(url: str, doi: str, arxiv: str) -> str:
    url = re.sub(r"\\url\{([^}]*)\}", r"\1", url).replace("\\_", "_").replace("\\%", "%").replace("\\&", "&").strip()
    if url.startswith(("http://", "https://")):
        return url
    if doi:
        return f"https://doi.org/{doi}"
    return f"https://arxiv.org/abs/{arxiv}" if arxiv else ""


def _names(field_text: str) -> tuple[tuple[str, str], ...]:
    if not field_text.strip():
        return ()
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    names = []
    for person in split_multiple_persons_names(" ".join(field_text.split())):
        parts = parse_single_name_into_parts(person, strict=False)
        family = undone(" ".join([*parts.von, *parts.last]))
        names.append((undone(" ".join([*parts.first, *parts.jr])), family))
    return tuple(names)


def undone(text: str) -> str:
    """Undo LaTeX accents, braces and commands in a field; formulas stay as they are."""
    decode = _decoder() if "\\" in text else _without_braces
    parts = (part if part.startswith("$") else _tidy(decode(part)) for part in MATHS.split(text))
    return " ".join("".join(parts).split())


def _without_braces(text: str) -> str:
    return text.replace("{", "").replace("}", "")


def _tidy(text: str) -> str:
    from builder.read.markdown.typography import curled

    return curled(text.replace("~", " ").replace("``", "“").replace("''", "”").replace("`", "‘"))


@functools.cache
def _decoder():
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(keep_braced_groups=False, strict_latex_spaces=True).latex_to_text


def _html(fields: Mapping[str, object], plain: Mapping[str, str]) -> str:
    """Write a reference: title with its link, authors, venue and year, identifiers."""
    title = _with_maths(str(fields["title"])) or "Untitled"
    if link := fields["link"]:
        title = f'<a href="{escape(str(link))}">{title}</a>'
    parts = [f'<span class="reference-title">{title}</span>']
    if names := _listed(fields["names"]):
        parts.append(f'<span class="reference-authors">{escape(names)}.</span>')
    parts.append(_where(fields, plain))
    parts.append(_identifier(fields))
    return " ".join(part for part in parts if part)


def _with_maths(text: str) -> str:
    from builder.read.markdown.maths import formula

    pieces = MATHS.split(text)
    return "".join(formula(p[1:-1], False).html if p.startswith("$") and len(p) > 2 else escape(p) for p in pieces)


def _listed(names: tuple[tuple[str, str], ...]) -> str:
    """List authors with initials: "C. Olah, N. Cammarata and L. Schubert"."""
    shown = [_initials(given, family) for given, family in names if family != "others"]
    if len(shown) < len(names):
        return f"{', '.join(shown)} et al".strip()
    text = ", ".join(shown[:-1]) + " and " + shown[-1] if len(shown) > 1 else "".join(shown)
    return text.removesuffix(".")


def _initials(given: str, family: str) -> str:
    letters = [f"{'-'.join(part[0] + '.' for part in word.split('-') if part)}" for word in given.split()]
    return " ".join([*letters, family]).strip()


def _where(fields: Mapping[str, object], plain: Mapping[str, str]) -> str:
    venue = f'<span class="reference-venue">{escape(str(fields["venue"]))}</span>' if fields["venue"] else ""
    volume = escape(plain.get("volume", "")) + (f"({escape(plain['number'])})" if plain.get("number") else "")
    pages = f"pp. {escape(plain['pages'])}" if plain.get("pages") else ""
    parts = [part for part in (venue, volume, pages, escape(str(fields["year"]))) if part]
    return ", ".join(parts) + "." if parts else ""


def _identifier(fields: Mapping[str, object]) -> str:
    if fields["doi"]:
        doi = escape(str(fields["doi"]))
        return f'<a class="reference-doi" href="https://doi.org/{doi}">doi:{doi}</a>'
    if fields["arxiv"]:
        arxiv = escape(str(fields["arxiv"]))
        return f'<a class="reference-arxiv" href="https://arxiv.org/abs/{arxiv}">arXiv:{arxiv}</a>'
    return ""
