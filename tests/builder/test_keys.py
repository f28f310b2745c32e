"""Every key of an article and every setting is explained, with what holds where it is not given."""

import dataclasses
import re
from pathlib import Path

import pytest

from builder import keys, settings
from builder.read import article
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
    assert all(key.does and key.example and not key.does.endswith(".") for key in explained.values())


def test_every_key_has_a_row_with_its_choices_and_its_default() -> None:
    text = keys.sections()
    rows = re.findall(r"^\| `(\w+)` \| (.*) \| `.*` \|$", text, re.MULTILINE)
    assert [name for name, _ in rows] == [name for explained, _ in TABLES.values() for name in explained]
    site = dict(rows[-len(keys.SITE) :])
    for name, choices in settings.CHOICES.items():
        assert all(f"`{choice}`" in site[name] for choice in choices)
    assert site["articles"].endswith("; `articles` unless given")
    assert site["search"].endswith("; `false` unless given")
    assert "unless given" not in site["remote"]


def test_the_examples_of_heads_are_read(tmp_path: Path) -> None:
    (tmp_path / "works.bib").write_text("")
    author = "".join(f"    {name}: {key.example}\n" for name, key in keys.AUTHOR.items())
    alone = f"authors:\n  -\n{author}"
    text = "".join(f"{name}: {key.example}\n" for name, key in keys.ARTICLE.items())
    for head in (text, f"title: A\n{alone}"):
        (tmp_path / "index.md").write_text(f"---\n{head}---\n\n![A](a.png){{#fig-tuning}}\n")
        told = [one.message for one in article.read(tmp_path / "index.md", tmp_path).problems]
        assert not [one for one in told if "a.png" not in one and "fig-tuning" not in one]
    read = article.read(tmp_path / "index.md", tmp_path).front.authors[0]
    assert (read.orcid, len(read.affiliations)) == ("0000-0002-1825-0097", 2)


def test_the_examples_of_settings_are_read(tmp_path: Path) -> None:
    lines = "".join(f"{name} = {key.example}\n" for name, key in keys.SITE.items())
    (tmp_path / "pyproject.toml").write_text(f"[tool.microscribe]\n{lines}")
    found = settings.load(tmp_path)
    plain = settings.Settings(tmp_path)
    assert [name for name in keys.SITE if getattr(found, name) == getattr(plain, name)] == []
