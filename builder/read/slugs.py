"""Slugs of articles: names of folders of the site, each to be had once and on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from builder.errors import Place, Problem
from builder.read.article import Article

FILES = frozenset({"index.html", "404.html", "embed.js", "feed.xml", "sitemap.xml", "robots.txt"})
MADE = frozenset({"assets", "pagefind"})
"""Folders that hold what is made for pages, and no page."""
RESERVED = FILES | MADE | {"figures", "units", "tags", "series"}
DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{kind}{number}" for kind in ("COM", "LPT") for number in range(1, 10))}
)
"""Names that no file of Windows can have, whatever its ending."""
JOINERS = "\u200c\u200d"
"""Signs that nobody sees and that some scripts are written with."""
LONGEST = 120
"""In bytes; names of figures' files begin with it."""
_NEVER = re.compile(r"""[\x00-\x1f\x7f\ud800-\udfff/\\?#%*:|"<>]""")


def same(name: str) -> str:
    """Write a name as systems see it that take capitals and small letters, or two spellings of an accent, for one."""
    return unicodedata.normalize("NFC", name).casefold()


def problems(articles: Iterable[Article]) -> Iterator[Problem]:
    """Say which articles cannot have the slugs that their files give them."""
    seen: dict[str, Article] = {}
    for article in articles:
        if message := wrong(article.slug):
            yield Problem(Place(article.name, 1), message)
        elif other := seen.get(same(article.slug)):
            alike = "" if other.slug == article.slug else f", but for capitals or accents, as {other.slug!r}"
            yield Problem(Place(article.name), f"has the same slug as {other.name}{alike}: {article.slug!r}")
        seen.setdefault(same(article.slug), article)


def wrong(slug: str) -> str:
    """Say why an article cannot have a slug, "" where it can."""
    if same(slug) in RESERVED:
        return f"slug {slug!r}: the site has a file or folder of its own called {same(slug)!r}; rename the article"
    if len(slug.encode("utf-8", "replace")) > LONGEST:
        return f"slug {slug[:40]!r}… is longer than {LONGEST} bytes; rename the article"
    if match := _NEVER.search(slug):
        return f"slug {slug!r}: {match[0]!r} may not stand in an address; rename the article"
    if message := odd(slug):
        return f"slug {slug!r} {message}; rename the article"
    return ""


def odd(name: str) -> str:
    """Say why some systems, or some readers, could not have a file or an address of a name, "" where all can."""
    if name.partition(".")[0].rstrip().upper() in DEVICES:
        return "is what Windows calls a device"
    if name != name.strip() or name.endswith("."):
        return "begins or ends in what Windows leaves out, a space or a point"
    if unseen := next((sign for sign in name if unicodedata.category(sign) == "Cf" and sign not in JOINERS), None):
        return f"has {unicodedata.name(unseen, unseen)!r} in it, which nobody sees"
    return ""
