"""HTML in an article: files beside it go with the page, and what the page's policy stops is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it.token import Token

from builder.plan.catalogue.nearest import nearest
from builder.read.markdown import links
from builder.read.markdown.elements import FileUse
from builder.read.markdown.explained import Explained
from builder.read.markdown.files import located
from builder.read.markdown.source import Source

EXPLAINED = Explained(
    title="HTML",
    text="HTML may stand between blocks and in lines. Files that it names with `src`, `poster` or `href` go "
    "with the page; the policy of the page stops scripts and styles in it, and the build says so.",
    example="""\
<div class="own">

Words in *Markdown*.

</div>""",
)

SOURCES = ("src", "poster", "href")
ELSEWHERE = {
    "d-cite": "write [@key]",
    "d-footnote": "write ^[the note]",
    "d-math": "write $…$",
    "d-code": "write a block of code between ```",
    "d-figure": "write a directive",
    "d-appendix": "write a heading",
    "dt-cite": "write [@key]",
    "dt-fn": "write ^[the note]",
    "dt-math": "write $…$",
    "dt-code": "write a block of code between ```",
}
"""Elements of Distill's, which no page has, and how they are written here."""
NAMES = """
a abbr address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite code
col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form
h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark math menu
meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script
search section select slot small source span strike strong style sub summary sup svg table tbody td template textarea
tfoot th thead time title tr track tt u ul var video wbr
circle clippath defs desc ellipse g line lineargradient marker path polygon polyline radialgradient rect stop tspan
mfrac mi mn mo mover mroot mrow mspace msqrt msub msubsup msup mtable mtd mtext mtr munder munderover
"""
ELEMENTS = frozenset(NAMES.split())
"""What HTML has, and drawings and formulas in it; of all else browsers show nothing but what stands within."""
DRAWN = re.compile(
    r"<(svg|math|pre|code|script|style|textarea)\b.*?(?:</\1>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE
)
TAG = re.compile(r"<(/?)([A-Za-z][\w.-]*)([^<>]*)>")
MARKDOWN = re.compile(
    r"\*\*\w[^*\n]*\*\*|(?<![\\\w])\$[^\s$][^$\n]*[\\^_=][^$\n]*\$|!?\[[^\[\]\n]+\]\([^()\s]+\)"
    r"|\[@\w[^\]\n]*\]|^#{2,6} \w",
    re.MULTILINE,
)
STOPPED = frozenset({"script", "style", "iframe", "object", "embed", "base", "form"})
ADDRESSES = (*SOURCES, "xlink:href", "action", "formaction", "cite", "data", "background", "ping")
"""Attributes that browsers may follow."""
LOADED = ("src", "poster", "srcset", "xlink:href")
LOADING = frozenset({"img", "video", "audio", "source", "track", "input", "link", "use", "image"})
"""What a page loads, and by which attributes besides `href`."""


class _Tags(HTMLParser):
    """Lists the tags of a piece of HTML with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


def read(token: Token, source: Source, line: int) -> list[FileUse]:
    """Return the files that a piece of HTML shows or links to; report what will not work."""
    _check_names(token, source, line)
    parser = _Tags()
    parser.feed(token.content)
    uses: dict[str, FileUse] = {}
    for tag, attributes in parser.tags:
        _check(tag, attributes, source, line)
        for name in SOURCES:
            written = attributes.get(name, "")
            if written and _is_file(tag, name, written):
                path = unquote(urlsplit(written).path)
                uses[written] = FileUse(path, located(path, source, line, "file"), source.place(line))
    token.meta["files"] = uses
    return list(uses.values())


def _check_names(token: Token, source: Source, line: int) -> None:
    """Report elements that HTML has not, and Markdown that stands too close to HTML to be read."""
    text = DRAWN.sub(lambda match: "\n" * match[0].count("\n"), token.content)
    for tag in TAG.finditer(text):
        name = tag[2]
        if name.lower() not in ELEMENTS and name.lower() not in ELSEWHERE and not tag[1]:
            what = "is a component of MDX, which no page has" if name[0].isupper() else "is no element of HTML"
            told = f"<{name}> {what}{nearest(name, ELEMENTS)}; where it is meant, set it in backticks"
            source.problem(line + text.count("\n", 0, tag.start()), told)
    if token.type == "html_block" and (match := MARKDOWN.search(TAG.sub("", text))):
        told = f"{match[0][:40]!r} stays as it is written: Markdown within HTML needs an empty line around it"
        source.problem(line, told, warning=True)


def _is_file(tag: str, name: str, written: str) -> bool:
    if written.startswith(("data:", "#", "/", "http://", "https://")) or ":" in written.partition("/")[0]:
        return False
    suffix = Path(urlsplit(written).path).suffix
    return name != "href" or (bool(suffix) and suffix not in (".html", ".md") and not written.startswith("../"))


def _check(tag: str, attributes: dict[str, str], source: Source, line: int) -> None:
    if tag in ELSEWHERE:
        source.problem(line, f"<{tag}> means nothing here; {ELSEWHERE[tag]}")
    elif tag in STOPPED:
        source.problem(line, f"<{tag}>: pages run under a strict policy, which stops it", warning=True)
    elif unsafe := [value for name in ADDRESSES if not _is_safe(value := attributes.get(name, ""))]:
        source.problem(line, f"<{tag}> {unsafe[0][:40]!r}: expected https:, http:, mailto: or a path")
    elif stopped := [name for name in attributes if name == "style" or name.startswith("on")]:
        source.problem(line, f"<{tag} {stopped[0]}=…>: pages run under a strict policy, which ignores it", warning=True)
    elif far := [address for address in _loaded(tag, attributes) if address.startswith(("http:", "https:", "//"))]:
        source.problem(line, f"<{tag}> {far[0]!r} lies on another host; keep a copy beside the article")


def _loaded(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    """Yield what a page would load with a tag; a set of pictures has commas between them, and sizes behind."""
    names = (*LOADED, *(("href",) if tag in ("link", "use", "image") else ()))
    for written in (attributes.get(name, "") for name in names if tag in LOADING):
        yield from (address.strip().lower() for address in written.split(","))


def _is_safe(address: str) -> bool:
    return address.startswith("data:image/") or links.is_safe(address.strip())


def placed(html: str, addresses: dict[str, str]) -> str:
    """Let attributes lead to the addresses of files, by what is written."""
    for written, address in addresses.items():
        html = _led(html, written, address)
    return html


def _led(html: str, written: str, address: str) -> str:
    pattern = re.compile(rf"""(\b(?:{"|".join(SOURCES)})\s*=\s*)(["']?){re.escape(written)}\2(?=[\s/>])""", re.I)
    return pattern.sub(lambda match: f'{match[1]}"{escape(address)}"', html)
