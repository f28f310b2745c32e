"""How an article asks to be cited."""

from __future__ import annotations

import re
import unicodedata

from builder.article import Article
from builder.views import Frame


def bibtex(article: Article, frame: Frame) -> str:
    """Write the BibTeX entry of an article."""
    front = article.front
    fields = {
        "title": "{" + front.title + "}",
        "author": " and ".join(author.name for author in front.authors),
        "year": str(front.date.year) if front.date else "",
        "month": f"{front.date:%b}".lower() if front.date else "",
        "journal": frame.site.title,
        "doi": front.doi,
        "url": frame.canonical,
    }
    lines = (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    return "\n".join([f"@article{{{_key(article)},", *lines, "}"])


def _key(article: Article) -> str:
    """Make a key like "olah2020zoom"."""
    front = article.front
    family = front.authors[0].name.split()[-1] if front.authors else ""
    words = [word for word in re.findall(r"\w+", front.title) if len(word) > 3]
    year = str(front.date.year) if front.date else ""
    plain = unicodedata.normalize("NFKD", f"{family}{year}{words[0] if words else article.slug}")
    return re.sub(r"[^a-z0-9]", "", plain.encode("ascii", "ignore").decode().lower()) or article.slug
