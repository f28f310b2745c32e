"""What machines read of a site that knows its own address: the Atom feed, the sitemap, robots.txt."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree as Xml

from builder.press.rows import Row
from builder.press.views import SiteView

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def address(url: str, path: str) -> str:
    """Join a site's address and a page's path; `index.html` is left out."""
    return f"{url.rstrip('/')}/{path.removesuffix('index.html')}"


def atom(site: SiteView, path: str, rows: Sequence[Row]) -> bytes:
    """Write a feed (RFC 4287) of the dated articles, newest first; `path` is its own place in the site."""
    dated = sorted(_dated(rows), key=lambda one: (one.changed, one.row.title), reverse=True)
    feed = Xml.Element("feed", xmlns=ATOM)
    _text(feed, "title", site.title)
    if site.description:
        _text(feed, "subtitle", site.description)
    _text(feed, "id", address(site.url, ""))
    _text(feed, "updated", _instant(max((one.changed for one in dated), default=datetime.date(1970, 1, 1))))
    Xml.SubElement(feed, "link", rel="self", href=address(site.url, path))
    Xml.SubElement(feed, "link", href=address(site.url, ""))
    author = Xml.SubElement(feed, "author")
    _text(author, "name", site.title)
    for one in dated:
        _entry(feed, site, one)
    return _document(feed)


class _Dated(NamedTuple):
    """An article with the days on which it appeared and last changed."""

    row: Row
    published: datetime.date
    changed: datetime.date


def _dated(rows: Iterable[Row]) -> Iterator[_Dated]:
    for row in rows:
        if row.date:
            yield _Dated(row, row.date, row.updated or row.date)


def _entry(feed: Xml.Element, site: SiteView, dated: _Dated) -> None:
    row = dated.row
    entry = Xml.SubElement(feed, "entry")
    _text(entry, "title", row.title)
    _text(entry, "id", address(site.url, row.url))
    Xml.SubElement(entry, "link", href=address(site.url, row.url))
    _text(entry, "published", _instant(dated.published))
    _text(entry, "updated", _instant(dated.changed))
    for name in row.authors:
        _text(Xml.SubElement(entry, "author"), "name", name)
    for tag in row.tags:
        Xml.SubElement(entry, "category", term=tag)
    if row.description:
        _text(entry, "summary", row.description)


def sitemap(site: SiteView, pages: Iterable[tuple[str, datetime.date | None]]) -> bytes:
    """List pages, each with the day it changed where that is known."""
    urls = Xml.Element("urlset", xmlns=SITEMAP)
    for path, changed in pages:
        url = Xml.SubElement(urls, "url")
        _text(url, "loc", address(site.url, path))
        if changed:
            _text(url, "lastmod", changed.isoformat())
    return _document(urls)


def robots(site: SiteView, sitemap_path: str) -> bytes:
    """Let everything be read, and say where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {address(site.url, sitemap_path)}\n".encode()


def llms(site: SiteView, rows: Iterable[Row]) -> bytes:
    """List the articles as Markdown for readers that are programs (llmstxt.org)."""
    links = [
        f"- [{row.title}]({_as_markdown(site.url, row.url)})" + (f": {row.description}" if row.description else "")
        for row in rows
    ]
    said = ["", f"> {site.description}"] if site.description else []
    return "\n".join([f"# {site.title}", *said, "", "## Articles", "", *links, ""]).encode()


def _as_markdown(url: str, path: str) -> str:
    """Give the address of the Markdown that lies beside a page, from the root of a site that does not know its own."""
    own = path.removesuffix(".html") + ".md"
    return f"{url.rstrip('/')}/{own}" if url else own


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = text


def _instant(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _document(root: Xml.Element) -> bytes:
    Xml.indent(root)
    data: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"
