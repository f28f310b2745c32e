"""Links: to other articles by their slugs, to places of the page, to files beside the source."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import unquote

from builder.importers.files import split
from builder.importers.work import Work
from builder.read.markdown.cross_references import LABEL, THINGS, WORDS

LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)((?:\s+\"[^\"]*\")?)\)")
REFERENCE = re.compile(rf"(?<![\w@\\])@({LABEL})")
TORN = re.compile(r"\[([^\[\]]*\n[^\[\]]*)\]\(([^()\s]+)\)")


def others(work: Work, slugs: Collection[str]) -> None:
    """Lead links that go to Markdown files to the articles of those names."""

    def one(match: re.Match[str]) -> str | None:
        address = split(match[2])
        if address.scheme or address.netloc or not address.path.endswith((".md", ".mdx", ".Rmd", ".qmd")):
            return None
        slug = slug_of(unquote(address.path))
        if slug in slugs:
            return f"[{match[1]}](../{slug}/index.md{f'#{address.fragment}' if address.fragment else ''})"
        work.draft.note(match.start(), f"link {match[2]!r}: no such article here: its words stand without it")
        return match[1]

    work.draft.sub(LINK, one)


def slug_of(path: str) -> str:
    """Make the slug of an article of its file's path: the date that Jekyll sets before goes, and what is no letter."""
    parts = path.replace("\\", "/").split("/")
    stem = re.sub(r"(?:\.(?:hugo|jekyll|kramdown|distill|en))?\.\w+$", "", parts[-1])
    if stem.lower() in ("index", "_index", "readme") and len(parts) > 1:
        stem = parts[-2]
    stem = re.sub(r"^\d{4}-\d{2}-\d{2}-", "", stem)
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "article"


def within(work: Work, ids: Collection[str]) -> None:
    """Take links off that go to places which this page does not have."""

    def one(match: re.Match[str]) -> str | None:
        target = unquote(match[2].removeprefix("#"))
        if not match[2].startswith("#") or not target or target in ids or target.lower() in ids:
            return None
        work.draft.note(match.start(), f"link {match[2]!r}: the page has no such place: its words stand without it")
        return match[1]

    def other(match: re.Match[str]) -> str | None:
        thing = THINGS[next(prefix for prefix in THINGS if match[1].startswith(prefix))]
        if match[1] in ids:
            return None
        work.draft.note(match.start(), f"no {thing} {match[1]!r} here: the word stands without a number")
        return WORDS.get(thing, thing.capitalize())

    work.draft.sub(REFERENCE, other)
    work.draft.sub(LINK, one)


def files(work: Work) -> None:
    """Copy the files that links lead to; one that is not there is told."""

    def one(match: re.Match[str]) -> str | None:
        path = split(match[2]).path
        if "//" in match[2] or match[2].startswith(("#", "mailto:")) or not re.search(r"\.[a-zA-Z]\w{1,4}$", path):
            return None
        if path.endswith((".html", ".htm", ".md")):
            return None
        if name := work.files.take(path):
            return f"[{match[1]}]({name}{match[3]})"
        if path.startswith("/"):
            return None
        work.draft.note(match.start(), f"link {match[2]!r}: no such file beside the source: its words stand without it")
        return match[1]

    work.draft.sub(LINK, one)


def torn(work: Work) -> None:
    """Join the words of a link that is written over several lines."""
    work.draft.sub(TORN, lambda match: f"[{' '.join(match[1].split())}]({match[2]})")
