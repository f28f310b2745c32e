"""The head of an article elsewhere: YAML, TOML or JSON, and what its keys are called here."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from builder.importers.draft import Remark
from builder.importers.files import Files
from builder.read.front_matter import MEANT, READ, SYNONYMS
from builder.read.head import END, FENCE, Mistake

TOML = re.compile(r"\+\+\+\n(.*?\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
JSON = re.compile(r"(\{\n.*?\n\})[ \t]*\n", re.DOTALL)
FILES = ("hero", "bibliography")
HELD = ("src", "url", "image", "path")
"""Where heads with more to say of a file name it."""
OWN = frozenset({"math", "macros"})
"""Keys that mean something else in other systems."""
FURTHER = {"tagline": "subtitle", "publisheddate": "date", "pubdate": "date", "modified_date": "updated"}
PERSON = {
    "author": "name", "authorurl": "url", "author_url": "url", "link": "url", "affiliation": "affiliations",
    "institution": "affiliations", "orcid_id": "orcid", "orcid": "orcid", "name": "name", "url": "url",
    "affiliations": "affiliations", "homepage": "url", "website": "url", "first_name": "", "last_name": "",
}  # fmt: skip
WRITTEN = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d %H:%M:%S %z")
Value = object


@dataclass
class OldHead:
    """Keys and values as the source has them; `lines` gives the line of each key."""

    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    before: int = 0
    remarks: list[Remark] = field(default_factory=list)


def split(text: str) -> tuple[OldHead, str]:
    """Part the head from the text below it."""
    if match := TOML.match(text):
        return _read(match[1], match.end(), text, tomllib.loads)
    if match := JSON.match(text):
        return _read(match[1], match.end(), text, json.loads)
    lines = text.split("\n")
    if FENCE.match(lines[0]):
        for number, line in enumerate(lines[1:], 1):
            if END.match(line):
                head = "\n".join(lines[1:number])
                return _read(head, len("\n".join(lines[: number + 1])) + 1, text, yaml.safe_load)
    return OldHead(), text


def _read(head: str, end: int, text: str, load: Callable[[str], Value]) -> tuple[OldHead, str]:
    before = text.count("\n", 0, end) if end <= len(text) else text.count("\n") + 1
    old = OldHead(before=before)
    try:
        values = load(head)
    except (ValueError, yaml.YAMLError) as error:
        old.remarks.append(Remark(1, f"the head cannot be read: {' '.join(str(error).split())}", head))
        return old, text[end:]
    old.values = dict(values) if isinstance(values, Mapping) else {}
    for key in old.values:
        found = re.search(rf"^[ \t]*[\"']?{re.escape(str(key))}[\"']?\s*[:=]", text, re.MULTILINE)
        old.lines[str(key)] = text.count("\n", 0, found.start()) + 1 if found else 1
    return old, text[end:]


def converted(old: OldHead, files: Files) -> dict[str, Value]:
    """Give the head that an article has here; what has no key here stays under `imported`, and is told."""
    new: dict[str, Value] = {}
    for key, value in old.values.items():
        meant = _meaning(str(key))
        line = old.lines.get(str(key), 1)
        try:
            _take(meant, str(key), value, files, new)
        except Mistake as mistake:
            old.remarks.append(Remark(line, f"{mistake}; it is kept under 'imported'"))
    _link(old.values, new)
    if str(new.get("title", "")).endswith(".md"):
        old.remarks.append(Remark(old.lines.get("title", 1), f"title {new['title']!r} ends like the name of a file"))
    return {key: new[key] for key in READ if key in new}


def _meaning(key: str) -> str:
    small = key.lower()
    if small in OWN:
        return ""
    known = {**MEANT, **FURTHER, **SYNONYMS}
    return small if small in READ else known.get(small, "")


def _take(meant: str, key: str, value: Value, files: Files, new: dict[str, Value]) -> None:
    if meant == "slug":
        return
    if value is None or value in ("", [], {}):
        return
    if not meant:
        raise Mistake(f"no key {key!r} here")
    read = _file(key, value, files) if meant in FILES else VALUES.get(meant, _plain)(key, value)
    if meant not in FILES:
        READ[meant](key, read, Path())
    if meant == "tags" and isinstance(read, list):
        new[meant] = list(dict.fromkeys([*_list(new.get(meant)), *read]))
    elif meant in new:
        raise Mistake(f"{key!r} and another key both mean {meant!r}")
    else:
        new[meant] = read


def _plain(key: str, value: Value) -> Value:
    return value


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(key: str, value: Value) -> Value:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return [str(item) for item in _list(value)]


def _day(key: str, value: Value) -> Value:
    """Read a day as it is written where the author is, not in Greenwich."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if not isinstance(value, str):
        return value
    if iso := re.match(r"\d{4}-\d{2}-\d{2}", value):
        return datetime.date.fromisoformat(iso[0]) if _is_day(iso[0]) else value
    for form in WRITTEN:
        try:
            return datetime.datetime.strptime(value.strip(), form).date()
        except ValueError:
            continue
    raise Mistake(f"{key}: {value!r} is not a date")


def _is_day(text: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _draft(key: str, value: Value) -> Value:
    """Turn `published: false` round."""
    if not isinstance(value, bool):
        raise Mistake(f"{key}: {value!r} is neither true nor false")
    return not value if key.lower() in ("published", "publish") else value


def _toc(key: str, value: Value) -> Value:
    return value.get("enable", True) if isinstance(value, Mapping) else value


def _people(key: str, value: Value) -> Value:
    people = [_person(one) for one in _list(value)]
    return people[0] if len(people) == 1 and isinstance(people[0], str) else people


def _person(value: Value) -> Value:
    if not isinstance(value, Mapping):
        return str(value)
    person: dict[str, Value] = {}
    for key, part in value.items():
        meant = PERSON.get(str(key).lower(), "")
        if meant and part and meant not in person:
            person[meant] = part
    both = " ".join(str(value[key]) for key in ("first_name", "last_name") if value.get(key))
    person = {"name": person.get("name") or both, **{k: v for k, v in person.items() if k != "name"}}
    return person if len(person) > 1 else person["name"]


def _link(old: Mapping[str, Value], new: dict[str, Value]) -> None:
    """Give a single author the address that Hugo keeps apart."""
    address = next((value for key, value in old.items() if str(key).lower() == "authorlink"), "")
    if isinstance(address, str) and address and isinstance(new.get("authors"), str):
        new["authors"] = [{"name": new["authors"], "url": address}]


def _file(key: str, value: Value, files: Files) -> Value:
    written = next((value[one] for one in HELD if value.get(one)), value) if isinstance(value, Mapping) else value
    written = written[0] if isinstance(written, list) and written else written
    name = files.take(str(written))
    if not name:
        raise Mistake(f"{key}: no file {written!r} beside the source")
    return name


VALUES: dict[str, Callable[[str, Value], Value]] = {
    "tags": _texts,
    "aliases": _texts,
    "date": _day,
    "updated": _day,
    "draft": _draft,
    "toc": _toc,
    "authors": _people,
}
