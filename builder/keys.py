"""What can be set: the keys of an article's head and of the settings, each explained once, as tables in Markdown.

What a key takes and what holds without it are read from the code that reads it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from builder.frozen import frozen
from builder.read.front import Author, FrontMatter
from builder.settings import CHOICES, Settings


@frozen
class Key:
    """A key: what it does, and a value that it may have, as it is written."""

    does: str
    example: str


ARTICLE: Mapping[str, Key] = {
    "title": Key("what the article is called", "Curve detectors"),
    "subtitle": Key("a second line below the title", "What a thousand images say"),
    "description": Key("one sentence, for lists, feeds and search engines", "Units that answer to curves."),
    "authors": Key(
        "one name, or a list of names and of authors with keys of their own",
        "[Ada Lovelace, {name: Vision group, url: https://example.org}]",
    ),
    "date": Key("the day it was published; without one it is not in the feed", "2026-11-28"),
    "updated": Key("the day of the last change that readers should know of", "2026-12-01"),
    "tags": Key("words that gather articles on a page of their own", "[curves, early vision]"),
    "bibliography": Key("the BibTeX file beside the article", "works.bib"),
    "model": Key("the network of every figure and unit that names none", "efficientnet-lite0"),
    "dataset": Key("the data set of every figure that names none", "photographs"),
    "seed": Key("where random numbers of every figure start from", "7"),
    "draft": Key("keep it out of the site until `--drafts` asks for it", "true"),
    "hero": Key(
        "what stands beside the title and in lists: the label of a figure, or a picture file beside the article",
        "fig-tuning",
    ),
    "doi": Key("its DOI, for those who cite it", "10.5555/12345678"),
    "license": Key("under which licence it may be used, as an address or a name", "CC BY 4.0"),
    "series": Key("the name of the series that it belongs to, in the order of dates", "Early vision"),
    "toc": Key("show the list of contents", "false"),
    "aliases": Key("old addresses that lead to it", "[old-name]"),
    "macros": Key(
        "commands of its formulas: from `\\RR` to `\\mathbb{R}`, a line each, arguments as `#1`",
        "{'\\RR': '\\mathbb{R}'}",
    ),
    "variables": Key("what `{{ name }}` stands for, a line each: `network: GoogLeNet`", "{network: GoogLeNet}"),
}
"""Of heads, in YAML."""
AUTHOR: Mapping[str, Key] = {
    "name": Key("a person or a group", "Ada Lovelace"),
    "url": Key("where the author is found", "https://example.org/ada"),
    "orcid": Key("the author's ORCID", "0000-0002-1825-0097"),
    "affiliations": Key("where the author works, one place or a list", "[Analytical Society, University of London]"),
}
"""Of an author in a head, in YAML."""
SITE: Mapping[str, Key] = {
    "title": Key("the name of the site", '"Early vision"'),
    "description": Key("one sentence about it, for the front page and search engines", '"What networks see first."'),
    "url": Key(
        "its full address; with one, the site has a feed, a sitemap and cards for those who link to it",
        '"https://example.org/atlas/"',
    ),
    "repository": Key(
        "the address of the repository that the site is made from, such as `https://github.com/ada/atlas`: "
        "notebooks of figures fetch from there what these read of the site, and scripts of figures are "
        "linked there",
        '"https://github.com/ada/atlas"',
    ),
    "articles": Key("the folder of articles", '"texts"'),
    "output": Key("the folder that the site is written to, and that holds nothing else", '"public"'),
    "store": Key(
        "where measurements and figures are kept: a folder, or an address such as `s3://bucket/folder`",
        '"s3://bucket/folder"',
    ),
    "remote": Key("where `store push` and `store pull` go", '"s3://bucket/shared"'),
    "templates": Key("the folder of templates that stand in for the tool's own", '"look"'),
    "gallery": Key("the folder of the site's own figure scripts", '"figures"'),
    "model": Key("the network of articles that name none", '"efficientnet-lite0"'),
    "dataset": Key("the data set of articles that name none", '"photographs"'),
    "seed": Key("where random numbers of articles that say nothing start from", "7"),
    "device": Key("where to measure: `cpu`, `cuda`, `cuda:1` or `mps`; the best there is unless given", '"cuda:1"'),
    "engine": Key("who measures: this process, several processes, or a Dask cluster", '"processes"'),
    "workers": Key("how many processes or Dask workers to start; as many as fit unless given", "4"),
    "dask": Key("the address of a Dask scheduler; one is started here unless given", '"tcp://head:8786"'),
    "precision": Key(
        "in what feature visualizations climb, `float32` or `bfloat16`; numbers are measured in float32", '"bfloat16"'
    ),
    "citations": Key("how marks name works", '"author-year"'),
    "budget_kb": Key("what one page may weigh before `check` complains, in thousands of bytes; 0 for no limit", "1500"),
    "reference": Key("let the site explain its own figures", "true"),
    "search": Key("let readers search the site", "true"),
    "markdown": Key("write every article as Markdown too, with its numbers, and list them in `llms.txt`", "false"),
    "specimens": Key(
        "which units get a page: those `mentioned` in prose by `{unit}`, or `all`, those that figures name "
        "too. Arcs are shown to units that see at least 15 px and not the whole image, in layers with a map; "
        "to no class",
        '"all"',
    ),
    "publish": Key("where and how to publish: `target` and what that needs", '{target = "github-pages"}'),
    "macros": Key("commands that the formulas of all articles may use, by name", "{'\\RR' = '\\mathbb{R}'}"),
    "variables": Key(
        "what `{{ name }}` stands for in all articles, by name; an article's own go before", '{network = "GoogLeNet"}'
    ),
    "models": Key("networks of the site's own, by name", '{mine = {factory = "nets:build", weights = "none"}}'),
    "datasets": Key("data sets of the site's own, by name", '{mine = {kind = "folder", path = "pictures"}}'),
}
"""Settings, in TOML."""


def sections() -> str:
    """Write the sections of the reference that explain the keys."""
    head = ["## Keys of an article", "", "They stand between two lines `---` at the top of its file.", ""]
    authors = ["", "An author is a name, or has these keys:", ""]
    site = [
        "",
        "## Settings of a site",
        "",
        "They stand in its `pyproject.toml`, in the table `[tool.microscribe]`.",
        "",
    ]
    tables = (
        _table(FrontMatter, ARTICLE, ":"),
        _table(Author, AUTHOR, ":"),
        _table(Settings, SITE, " ="),
    )
    lines = [*head, *tables[0], *authors, *tables[1], *site, *tables[2]]
    return "\n".join([*lines, ""])


def _table(of: type, about: Mapping[str, Key], sign: str) -> Iterator[str]:
    fields = {field.name: field for field in dataclasses.fields(of)}
    yield "| key | what it does | for example |"
    yield "|---|---|---|"
    for name, key in about.items():
        yield f"| `{name}` | {key.does}{_otherwise(fields[name])} | `{name}{sign} {key.example}` |"


def _otherwise(field: dataclasses.Field[Any]) -> str:
    """Say what a key takes, where that is a choice, and what holds where it is not given."""
    choices = f" ({', '.join(f'`{one}`' for one in CHOICES[field.name])})" if field.name in CHOICES else ""
    if field.default in (dataclasses.MISSING, None, "", ()) or type(field.default) is int and not field.default:
        return choices
    default = str(field.default).lower() if isinstance(field.default, bool) else field.default
    return f"{choices}; `{default}` unless given"
