"""Every key of an article and every setting is explained, with what holds where it is not given."""

import dataclasses
import re

import pytest

from builder import keys, settings
from builder.read.front_matter import READ, Author

TABLES = {
    "article": (keys.ARTICLE, set(READ)),
    "author": (keys.AUTHOR, {field.name for field in dataclasses.fields(Author)}),
    "site": (keys.SITE, {field.name for field in dataclasses.fields(settings.Settings)} - {"root"}),
}


@pytest.mark.parametrize("name", TABLES)
def test_what_is_read_is_explained_and_nothing_else(name: str) -> None:
    explained, read = TABLES[name]
    assert set(explained) == read
    assert all(words and not words.endswith(".") for words in explained.values())


def test_every_key_has_a_row_with_its_choices_and_its_default() -> None:
    text = keys.sections()
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", text, re.MULTILINE)
    assert [name for name, _ in rows] == [name for explained, _ in TABLES.values() for name in explained]
    site = dict(rows[-len(keys.SITE) :])
    for name, choices in settings.CHOICES.items():
        assert all(f"`{choice}`" in site[name] for choice in choices)
    assert site["articles"].endswith("; `articles` unless given")
    assert site["search"].endswith("; `false` unless given")
    assert "unless given" not in site["remote"]
