"""BibTeX files: entries as they are written, and what is wrong with the others."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.errors import Place, Problem
from builder.frozen import frozen
from builder.plan.catalogue.nearest import nearest

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry, Field, ParsingFailedBlock

VENUES = ("journal", "journaltitle", "booktitle", "howpublished", "school", "institution", "publisher", "organization")
SHOWN = frozenset(
    ("title", "author", "editor", "year", "date", "volume", "number", "issue", "pages", "url", "doi", "note", "eprint")
    + ("archiveprefix", "eprinttype", "crossref", "series", "maintitle", "subtitle", "type", "xdata", "ids", *VENUES)
)
"""Fields that a reference is made of; nothing reads the others."""
MONTHS = frozenset(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
INHERITED = frozenset({"editor", "publisher", "series", "volume", "year", "date", "doi", "url", "organization"})
"""What a part of a book has of its book, where it says nothing itself."""


@frozen
class Raw:
    """An entry as it is written, its strings joined; `fields` are those that a reference may show."""

    key: str
    kind: str
    fields: Mapping[str, str]
    place: Place
    text: str = field(repr=False)


def parsed(text: str, name: Path) -> tuple[dict[str, Raw], list[Problem]]:
    """Read entries by key; one that is broken costs only itself."""
    import bibtexparser

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    try:
        file = bibtexparser.parse_string(text)
    except Exception as error:
        return {}, [Problem(Place(name), f"bibliography: cannot be read: {type(error).__name__}: {error}")]
    strings = {key.lower(): str(string.value) for key, string in file.strings_dict.items()}
    problems = [_problem(block, name, file.entries_dict) for block in file.failed_blocks]
    entries: dict[str, Raw] = {}
    for block in (*file.entries, *_repeating(file.failed_blocks)):
        if block.key:
            entries.setdefault(block.key, _raw(block, strings, name, problems))
        else:
            problems.append(Problem(_place(block, name), "bibliography: an entry without a key cannot be cited"))
    lower = {key.lower(): entry for key, entry in reversed(entries.items())}
    whole = {key: _whole(_filled(entry, entries), entries, lower, problems) for key, entry in entries.items()}
    return {**_aliases(whole), **whole}, sorted(problems)


def _raw(block: Entry, strings: Mapping[str, str], name: Path, problems: list[Problem]) -> Raw:
    shown = [item for item in block.fields if item.key.lower() in SHOWN]
    fields = {item.key.lower(): _value(item, strings, name, problems) for item in shown}
    return Raw(block.key, block.entry_type.lower(), fields, _place(block, name), (block.raw or "").strip())


def _filled(entry: Raw, entries: Mapping[str, Raw]) -> Raw:
    """Add what an entry of biblatex shares with others by `xdata`."""
    shared = [entries[key.strip()].fields for key in entry.fields.get("xdata", "").split(",") if key.strip() in entries]
    return replace(entry, fields={key: value for fields in [*shared, entry.fields] for key, value in fields.items()})


def _aliases(entries: Mapping[str, Raw]) -> dict[str, Raw]:
    """Give entries of biblatex their other keys."""
    return {key.strip(): one for one in entries.values() for key in one.fields.get("ids", "").split(",") if key.strip()}


def _whole(entry: Raw, entries: Mapping[str, Raw], lower: Mapping[str, Raw], problems: list[Problem]) -> Raw:
    """Complete a part of a book by what its book says."""
    above = entry.fields.get("crossref", "").strip()
    if not above:
        return entry
    book = entries.get(above) or lower.get(above.lower())
    if book is None:
        message = f"bibliography: {entry.key}: crossref: no entry {above!r}{nearest(above, entries)}"
        problems.append(Problem(entry.place, message))
        return entry
    given = {key: value for key, value in book.fields.items() if key in INHERITED}
    if title := book.fields.get("booktitle") or book.fields.get("title"):
        given["booktitle"] = title
    return Raw(entry.key, entry.kind, {**given, **entry.fields}, entry.place, entry.text)


def _place(block: Block | Field, name: Path) -> Place:
    return Place(name, (block.start_line or 0) + 1)


def _repeating(blocks: Iterable[Block]) -> list[Entry]:
    """List the entries that give a field twice: they count nevertheless."""
    from bibtexparser.model import DuplicateFieldKeyBlock, Entry

    entries = (block.ignore_error_block for block in blocks if isinstance(block, DuplicateFieldKeyBlock))
    return [entry for entry in entries if isinstance(entry, Entry)]


def _value(item: Field, strings: Mapping[str, str], name: Path, problems: list[Problem]) -> str:
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
    return " ".join("".join(words).split())


def _string(key: str, strings: Mapping[str, str], item: Field, name: Path, problems: list[Problem]) -> str:
    if key.lower() in strings:
        return strings[key.lower()]
    if key.lower() not in MONTHS:
        message = f"bibliography: field {item.key!r}: no string {key!r}{nearest(key, strings)}"
        problems.append(Problem(_place(item, name), message))
    return key


def _problem(block: ParsingFailedBlock, name: Path, entries: Mapping[str, Entry]) -> Problem:
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry

    place = _place(block, name)
    match block:
        case DuplicateBlockKeyBlock(key=key):
            first = f", first at line {_place(entries[key], name).line}" if key in entries else ""
            return Problem(place, f"bibliography: key {key!r} is given twice{first}")
        case DuplicateFieldKeyBlock(duplicate_keys=fields, ignore_error_block=Entry(key=key)):
            twice = ", ".join(sorted(map(repr, fields)))
            return Problem(place, f"bibliography: {key}: field {twice} is given twice")
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
