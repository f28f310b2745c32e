"""Links: `[text](../other/index.md)` to where that article's page will lie, `[data](table.csv)` to a copy."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it.token import Token

from builder.plan.catalogue.nearest import nearest
from builder.read.finding import can_be
from builder.read.markdown.cross_references import ForeignUse
from builder.read.markdown.elements import FileUse
from builder.read.markdown.explained import Explained
from builder.read.markdown.files import located
from builder.read.markdown.source import Source

EXPLAINED = Explained(
    title="Links",
    text="A link to another article leads to its page, one to a file beside the article to a copy that is "
    "published with it. An empty link takes the words of what it leads to.",
    example="""\
[Data](data.csv), [elsewhere](https://example.org), [a section](#sec-here) and [](#sec-here).

## Here {#sec-here}""",
    alone=False,
)

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
UNREAD = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
"""What browsers leave out of an address before they read it (URL standard, section 4.4)."""
SCHEMES = ("http", "https", "mailto")
PAGES = (".md", ".html", "/")
HELD = {"citation": "citation", "footnote_ref": "footnote", "cross_reference": "cross-reference", "unit": "unit"}


def is_safe(address: str) -> bool:
    """Tell whether an address leads to a page, a file or a letter: others may run what they say."""
    scheme = SCHEME.match(UNREAD.sub("", address))
    return scheme is None or scheme[1].lower() in SCHEMES


def check(children: list[Token], source: Source, line: int) -> None:
    """Report what is a link itself and stands inside one: a page cannot nest them."""
    within = False
    for token in children:
        if token.type in ("link_open", "link_close"):
            within, line = token.type == "link_open", token.meta.get("line", line)
        elif within and token.type in HELD:
            source.problem(line, f"a link cannot hold a {HELD[token.type]}; set it behind the link")


def resolve(link: Token, source: Source) -> None:
    """Turn the name of an article's file into the address of its page, `../<slug>/index.html`."""
    written = str(link.attrs.get("href", ""))
    if not is_safe(written):
        source.problem(
            link.meta.get("line", source.line), f"link {written!r}: expected https:, http:, mailto: or a path"
        )
        return
    href = urlsplit(written)
    if href.scheme or href.netloc or not href.path.endswith(".md"):
        return
    line = link.meta.get("line", 0)
    folder = source.stretch(line).folder
    file = folder / unquote(href.path)
    if not can_be(unquote(href.path)) or not file.is_file():
        names = [str(found.relative_to(folder)) for found in folder.glob("*.md")]
        names += _beside(folder.parent, folder.parent.stat().st_mtime_ns) if folder.is_dir() else []
        source.problem(line, f"no article {href.path!r}{nearest(href.path, names)}")
        return
    slug = file.resolve().parent.name if file.stem == "index" else file.stem
    link.attrs["href"] = f"../{slug}/index.html" + (f"#{href.fragment}" if href.fragment else "")
    link.meta["foreign"] = ForeignUse(slug, unquote(href.fragment), source.place(line))


@functools.lru_cache(maxsize=4)
def _beside(parent: Path, _changed_ns: int) -> list[str]:
    """Name the articles in folders of their own, as those beside them do; looked up once, for many may be missing."""
    return [f"../{found.parent.name}/index.md" for found in parent.glob("*/index.md")]


def file(link: Token, source: Source) -> FileUse | None:
    """Read a link to a file beside the article; None where it leads anywhere else."""
    href = urlsplit(str(link.attrs.get("href", "")))
    path = unquote(href.path)
    if href.scheme or href.netloc or not Path(path).suffix or path.endswith(PAGES):
        return None
    line = link.meta.get("line", 0)
    there = can_be(path) and (source.stretch(line).folder / path).is_file()
    if path.startswith("/") or (path.startswith("../") and not there):
        return None  # it may lie elsewhere on the site; `check` knows what does
    use = link.meta["file"] = FileUse(path, located(path, source, line, "file"), source.place(line))
    return use
