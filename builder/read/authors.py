"""Who wrote an article."""

from __future__ import annotations

import re

from builder.plan.catalogue.nearest import nearest
from builder.read.front import Author
from builder.read.head import Mistake, text

ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?")
SCHEME = re.compile(r"(?!https?:|mailto:)[A-Za-z][\w+.-]*:")
SYNONYMS = {"affiliation": "affiliations", "website": "url", "homepage": "url"}
KEYS = ("name", "url", "orcid", "affiliations")


def people(key: str, value: object) -> tuple[Author, ...]:
    """Read one author or a list of them, each a name or a mapping."""
    return tuple(_person(key, person) for person in (value if isinstance(value, list) else [value]))


def _person(key: str, value: object) -> Author:
    if not isinstance(value, dict):
        return Author(text(key, value))
    parts = {SYNONYMS.get(str(name), str(name)): part for name, part in value.items() if part is not None}
    for name in value:
        if SYNONYMS.get(str(name), str(name)) not in KEYS:
            raise Mistake(f"{key}: no key {name!r} of an author{nearest(str(name), [*KEYS, 'affiliation'])}")
    if not value.get("name"):
        raise Mistake(f"{key}: an author needs a name, not {value!r}")
    plain = {name: text(key, part) for name, part in parts.items() if name != "affiliations"}
    if SCHEME.match(plain.get("url", "")):
        raise Mistake(f"{key}: expected an address like 'https://example.org', not {plain['url']!r}")
    if plain.get("orcid"):
        plain["orcid"] = _orcid(key, plain["orcid"])
    return Author(**plain, affiliations=_affiliations(key, parts.get("affiliations", ())))


def _orcid(key: str, written: str) -> str:
    match = ORCID.fullmatch(written)
    if match is None:
        raise Mistake(f"{key}: expected an ORCID like '0000-0002-1825-0097', not {written!r}")
    return match[1]


def _affiliations(key: str, value: object) -> tuple[str, ...]:
    """Read one place or several, each a name or, as MyST has it, a mapping with a name."""
    places = value if isinstance(value, list | tuple) else [value]
    named = (place.get("name", place) if isinstance(place, dict) else place for place in places)
    return tuple(text(key, place) for place in named)
