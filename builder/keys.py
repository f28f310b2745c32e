"""What can be set: the keys of an article's head and of the settings, each explained once, as tables in Markdown.

What a key takes and what holds without it are read from the code that reads it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from builder.read.front import Author, FrontMatter
from builder.settings import CHOICES, Settings

ARTICLE: Mapping[str, str] = {
    "title": "what the article is called",
    "subtitle": "a second line below the title",
    "description": "one sentence, for lists, feeds and search engines",
    "authors": "one name, or a list of names and of authors with keys of their own",
    "date": "the day it was published; without one it is not in the feed",
    "updated": "the day of the last change that readers should know of",
    "tags": "words that gather articles on a page of their own",
    "bibliography": "the BibTeX file beside the article",
    "model": "the network of every figure and unit that names none",
    "dataset": "the data set of every figure that names none",
    "seed": "where random numbers of every figure start from",
    "draft": "keep it out of the site until `--drafts` asks for it",
    "hero": "what stands beside the title and in lists: the label of a figure, or a picture file beside the article",
    "doi": "its DOI, for those who cite it",
    "license": "under which licence it may be used, as an address or a name",
    "series": "the name of the series that it belongs to, in the order of dates",
    "toc": "show the list of contents",
    "aliases": "old addresses that lead to it",
    "macros": "commands of its formulas: from `\\RR` to `\\mathbb{R}`, a line each, arguments as `#1`",
    "variables": "what `{{ name }}` stands for, a line each: `network: GoogLeNet`",
}
AUTHOR: Mapping[str, str] = {
    "name": "a person or a group",
    "url": "where the author is found",
    "orcid": "the author's ORCID",
    "affiliations": "where the author works, one place or a list",
}
SITE: Mapping[str, str] = {
    "title": "the name of the site",
    "description": "one sentence about it, for the front page and search engines",
    "url": "its full address; with one, the site has a feed, a sitemap and cards for those who link to it",
    "repository": "the address of the repository that the site is made from, such as `https://github.com/ada/atlas`: "
    "notebooks of figures fetch from there what these read of the site, and scripts of figures are linked there",
    "articles": "the folder of articles",
    "output": "the folder that the site is written to, and that holds nothing else",
    "store": "where measurements and figures are kept: a folder, or an address such as `s3://bucket/folder`",
    "remote": "where `store push` and `store pull` go",
    "templates": "the folder of templates that stand in for the tool's own",
    "gallery": "the folder of the site's own figure scripts",
    "model": "the network of articles that name none",
    "dataset": "the data set of articles that name none",
    "seed": "where random numbers of articles that say nothing start from",
    "device": "where to measure: `cpu`, `cuda`, `cuda:1` or `mps`; the best there is unless given",
    "engine": "who measures: this process, several processes, or a Dask cluster",
    "workers": "how many processes or Dask workers to start; as many as fit unless given",
    "dask": "the address of a Dask scheduler; one is started here unless given",
    "precision": "in what feature visualizations climb, `float32` or `bfloat16`; numbers are measured in float32",
    "citations": "how marks name works",
    "budget_kb": "what one page may weigh before `check` complains, in thousands of bytes; 0 for no limit",
    "reference": "let the site explain its own figures",
    "search": "let readers search the site",
    "markdown": "write every article as Markdown too, with its numbers, and list them in `llms.txt`",
    "specimens": "which units get a page: those `mentioned` in prose by `{unit}`, or `all`, those that figures name "
    "too. Arcs are shown to units that see at least 15 px and not the whole image, in layers with a map; to no class",
    "publish": "where and how to publish: `target` and what that needs",
    "macros": "commands that the formulas of all articles may use, by name",
    "variables": "what `{{ name }}` stands for in all articles, by name; an article's own go before",
    "models": "networks of the site's own, by name",
    "datasets": "data sets of the site's own, by name",
}

ARTICLE_EXAMPLES: Mapping[str, str] = {
    "title": "Curve detectors",
    "subtitle": "What a thousand images say",
    "description": "Units that answer to curves.",
    "authors": "[Ada Lovelace, {name: Vision group, url: https://example.org}]",
    "date": "2026-11-28",
    "updated": "2026-12-01",
    "tags": "[curves, early vision]",
    "bibliography": "works.bib",
    "model": "efficientnet-lite0",
    "dataset": "photographs",
    "seed": "7",
    "draft": "true",
    "hero": "fig-tuning",
    "doi": "10.5555/12345678",
    "license": "CC BY 4.0",
    "series": "Early vision",
    "toc": "false",
    "aliases": "[old-name]",
    "macros": "{'\\RR': '\\mathbb{R}'}",
    "variables": "{network: GoogLeNet}",
}
"""In the YAML of a head."""
AUTHOR_EXAMPLES: Mapping[str, str] = {
    "name": "Ada Lovelace",
    "url": "https://example.org/ada",
    "orcid": "0000-0002-1825-0097",
    "affiliations": "[Analytical Society, University of London]",
}
SITE_EXAMPLES: Mapping[str, str] = {
    "title": '"Early vision"',
    "description": '"What networks see first."',
    "url": '"https://example.org/atlas/"',
    "repository": '"https://github.com/ada/atlas"',
    "articles": '"texts"',
    "output": '"public"',
    "store": '"s3://bucket/folder"',
    "remote": '"s3://bucket/shared"',
    "templates": '"look"',
    "gallery": '"figures"',
    "model": '"efficientnet-lite0"',
    "dataset": '"photographs"',
    "seed": "7",
    "device": '"cuda:1"',
    "engine": '"processes"',
    "workers": "4",
    "dask": '"tcp://head:8786"',
    "precision": '"bfloat16"',
    "citations": '"author-year"',
    "budget_kb": "1500",
    "reference": "true",
    "search": "true",
    "markdown": "false",
    "specimens": '"all"',
    "publish": '{target = "github-pages"}',
    "macros": "{'\\RR' = '\\mathbb{R}'}",
    "variables": '{network = "GoogLeNet"}',
    "models": '{mine = {factory = "nets:build", weights = "none"}}',
    "datasets": '{mine = {kind = "folder", path = "pictures"}}',
}
"""In the TOML of the settings."""


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
        _table(FrontMatter, ARTICLE, ARTICLE_EXAMPLES, ":"),
        _table(Author, AUTHOR, AUTHOR_EXAMPLES, ":"),
        _table(Settings, SITE, SITE_EXAMPLES, " ="),
    )
    lines = [*head, *tables[0], *authors, *tables[1], *site, *tables[2]]
    return "\n".join([*lines, ""])


def _table(of: type, about: Mapping[str, str], examples: Mapping[str, str], sign: str) -> Iterator[str]:
    fields = {field.name: field for field in dataclasses.fields(of)}
    yield "| key | what it does | for example |"
    yield "|---|---|---|"
    for name, words in about.items():
        yield f"| `{name}` | {words}{_otherwise(fields[name])} | `{name}{sign} {examples[name]}` |"


def _otherwise(field: dataclasses.Field) -> str:
    """Say what a key takes, where that is a choice, and what holds where it is not given."""
    choices = f" ({', '.join(f'`{one}`' for one in CHOICES[field.name])})" if field.name in CHOICES else ""
    if field.default in (dataclasses.MISSING, None, "", ()) or type(field.default) is int and not field.default:
        return choices
    default = str(field.default).lower() if isinstance(field.default, bool) else field.default
    return f"{choices}; `{default}` unless given"
