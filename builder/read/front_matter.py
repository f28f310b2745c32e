"""The YAML head of an article, checked key by key."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from builder.errors import Place, Problem
from builder.plan.catalogue.nearest import nearest
from builder.read.front import Author, FrontMatter

FENCE = re.compile(r"---[ \t]*$")
END = re.compile(r"(---|\.\.\.)[ \t]*$")
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,}/\S+)", re.IGNORECASE)
ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
SYNONYMS = {"author": "authors"}
IGNORED = frozenset({"imported"})


class Mistake(ValueError):
    """A value that a key cannot have; the message says what was expected."""


@dataclass(frozen=True)
class Head:
    """The text of a head; `line` is that of its first line in the file, `before` counts all its lines."""

    text: str
    line: int
    before: int


def split(text: str, name: Path, problems: list[Problem]) -> tuple[Head, str]:
    """Part the front matter of a file from its Markdown."""
    lines = text.split("\n")
    if not FENCE.match(lines[0]):
        problems.append(Problem(Place(name, 1), "no front matter; expected '---', 'title: …' and '---' at the top"))
        return Head("", 1, 0), text
    for number, line in enumerate(lines[1:], 1):
        if END.match(line):
            return Head("\n".join(lines[1:number]), 2, number + 1), "\n".join(lines[number + 1 :])
    problems.append(Problem(Place(name, 1), "the front matter is not closed; expected a line '---'"))
    return Head("", 1, len(lines)), ""


def read(head: Head, name: Path, folder: Path, problems: list[Problem]) -> FrontMatter:
    """Read and check a head; each mistake is added to `problems` and leaves a default."""
    if not head.before or (not head.text and head.line == 1):
        return FrontMatter()
    entries = _entries(head, name, problems)
    if entries is None:
        return FrontMatter()
    values: dict[str, object] = {}
    lines = {key: line for key, _, line in entries}
    for key, value, line in entries:
        try:
            _take(key, value, folder, values)
        except Mistake as mistake:
            problems.append(Problem(Place(name, line), f"front matter: {mistake}"))
    if not values.get("title") and not any("title:" in problem.message for problem in problems):
        problems.append(Problem(Place(name, lines.get("title", 1)), "front matter: no title"))
    return FrontMatter(**values, lines={SYNONYMS.get(key, key): line for key, line in lines.items()})


def _entries(head: Head, name: Path, problems: list[Problem]) -> list[tuple[str, object, int]] | None:
    """List (key, value, line) of a head; None where the YAML itself is broken."""

    def problem(mark_line: int, message: str) -> None:
        problems.append(Problem(Place(name, head.line + mark_line), f"front matter: {message}"))

    try:
        loader, node = _composed(head.text)
    except yaml.reader.ReaderError as error:
        problem(head.text.count("\n", 0, error.position), f"broken YAML: character {error.character:#x} may not occur")
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem(mark.line if mark else 0, f"broken YAML: {error.problem or error.context}")
        return None
    except yaml.YAMLError as error:
        problem(0, f"broken YAML: {error}")
        return None
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        problem(node.start_mark.line, "expected lines 'key: value'")
        return None
    return _values(loader, node, head, problem)


def _composed(text: str):
    """Read YAML by libyaml, ten times as fast; what it refuses is read again, for a message with its place."""
    for kind in (getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader):
        loader = kind(text)
        with contextlib.suppress(yaml.YAMLError):
            return loader, loader.get_single_node()
    return loader, yaml.SafeLoader(text).get_single_node()


def _values(loader, node: yaml.MappingNode, head: Head, problem: Callable[[int, str], None]):
    entries: list[tuple[str, object, int]] = []
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line
        if key in seen:
            problem(line, f"key {key!r} is given twice, first at line {head.line + seen[key]}")
            continue
        seen[key] = line
        try:
            entries.append((key, loader.construct_object(value_node, deep=True), head.line + line))
        except (yaml.YAMLError, ValueError) as error:
            problem(line, f"{key}: {getattr(error, 'problem', None) or error}, not {value_node.value!r}")
    return entries


def _take(key: str, value: object, folder: Path, values: dict[str, object]) -> None:
    name = SYNONYMS.get(key, key)
    if name in IGNORED:
        return
    if name not in READ:
        raise Mistake(f"no key {key!r}{nearest(key, [*READ, *SYNONYMS])}")
    if name in values:
        other = next(synonym for synonym, meant in SYNONYMS.items() if meant == name)
        raise Mistake(f"{other!r} and {name!r} are the same; keep one")
    if value is not None:
        values[name] = READ[name](key, value, folder)


def _text(key: str, value: object, folder: Path) -> str:
    if isinstance(value, bool | list | dict):
        raise Mistake(f"{key}: expected a text, not {value!r}")
    return " ".join(str(value).split())


def _prose(key: str, value: object, folder: Path) -> str:
    from builder.read.markdown.typography import curled

    return curled(_text(key, value, folder))


def _flag(key: str, value: object, folder: Path) -> bool:
    if not isinstance(value, bool):
        raise Mistake(f"{key}: expected true or false, not {value!r}")
    return value


def _integer(key: str, value: object, folder: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Mistake(f"{key}: expected a whole number, not {value!r}")
    return value


def _day(key: str, value: object, folder: Path) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            return datetime.date.fromisoformat(value.strip())
    raise Mistake(f"{key}: expected a date like 2026-03-31, not {value!r}")


def _texts(key: str, value: object, folder: Path) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if not isinstance(value, list):
        raise Mistake(f"{key}: expected a list, not {value!r}")
    return tuple(_text(key, item, folder) for item in value)


def _file(key: str, value: object, folder: Path) -> Path:
    path = folder / _text(key, value, folder)
    if not path.is_file():
        beside = [file.name for file in path.parent.glob("*")] if path.parent.is_dir() else []
        raise Mistake(f"{key}: no file {str(value)!r} beside the article{nearest(path.name, beside)}")
    return path


def _doi(key: str, value: object, folder: Path) -> str:
    match = DOI.fullmatch(_text(key, value, folder))
    if match is None:
        raise Mistake(f"{key}: expected a DOI like '10.23915/distill.00024', not {value!r}")
    return match[1]


def _people(key: str, value: object, folder: Path) -> tuple[Author, ...]:
    people = value if isinstance(value, list) else [value]
    return tuple(_person(key, person, folder) for person in people)


def _person(key: str, value: object, folder: Path) -> Author:
    if not isinstance(value, dict):
        return Author(_text(key, value, folder))
    known = [item.name for item in fields(Author)]
    for name in value:
        if name not in known:
            raise Mistake(f"{key}: no key {name!r} of an author{nearest(str(name), known)}")
    if not value.get("name"):
        raise Mistake(f"{key}: an author needs a name, not {value!r}")
    parts = {name: _text(key, part, folder) for name, part in value.items() if part is not None}
    if orcid := parts.get("orcid"):
        match = ORCID.fullmatch(orcid)
        if match is None:
            raise Mistake(f"{key}: expected an ORCID like '0000-0002-1825-0097', not {orcid!r}")
        parts["orcid"] = match[1]
    return Author(**parts)


READ: dict[str, Callable[[str, object, Path], object]] = {
    "title": _prose,
    "subtitle": _prose,
    "description": _prose,
    "authors": _people,
    "date": _day,
    "updated": _day,
    "tags": _texts,
    "bibliography": _file,
    "model": _text,
    "dataset": _text,
    "seed": _integer,
    "draft": _flag,
    "hero": _text,
    "doi": _doi,
    "license": _text,
    "series": _text,
    "toc": _flag,
    "aliases": _texts,
}
