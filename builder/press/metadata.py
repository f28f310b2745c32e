"""What an article says of itself to search engines and scholars."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.press import licences
from builder.press.views import Frame
from builder.read.article import Article
from builder.read.front import Author

if TYPE_CHECKING:
    from builder.read.bibliography import Entry


def citation_tags(article: Article, frame: Frame) -> Iterator[tuple[str, str]]:
    """Yield the `citation_*` tags of an article, one `citation_reference` for each work it cites.

    After Google Scholar's inclusion guidelines for webmasters.
    """
    front = article.front
    yield "citation_title", front.title
    for author in front.authors:
        yield "citation_author", author.name
        for place in author.affiliations:
            yield "citation_author_institution", place
        if author.orcid:
            yield "citation_author_orcid", f"https://orcid.org/{author.orcid}"
    if front.date:
        yield "citation_publication_date", front.date.strftime("%Y/%m/%d")
    if front.updated:
        yield "citation_online_date", front.updated.strftime("%Y/%m/%d")
    if front.doi:
        yield "citation_doi", front.doi
    yield "citation_journal_title", frame.site.title
    if frame.canonical:
        yield "citation_fulltext_html_url", frame.canonical
    yield "citation_language", "en"
    for tag in front.tags:
        yield "citation_keywords", tag
    for entry in article.bibliography:
        yield "citation_reference", _reference(entry)


def _reference(entry: Entry) -> str:
    fields = [("citation_title", entry.title)]
    fields += [("citation_author", " ".join(filter(None, name))) for name in entry.names]
    fields += [("citation_publication_date", entry.year), ("citation_journal_title", entry.venue)]
    fields += [("citation_doi", entry.doi), ("citation_arxiv_id", entry.arxiv)]
    return "; ".join(f"{name}={value.replace(';', ',')}" for name, value in fields if value)


def json_ld(article: Article, frame: Frame, image: str = "") -> str:
    """Describe an article as a schema.org ScholarlyArticle; safe inside a script element."""
    front = article.front
    record: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": front.title,
        "author": [_person(author) for author in front.authors],
        "isPartOf": {"@type": "WebSite", "name": frame.site.title},
        "wordCount": article.words,
        "inLanguage": "en",
    }
    known = {
        "alternativeHeadline": front.subtitle,
        "description": front.description,
        "datePublished": front.date.isoformat() if front.date else "",
        "dateModified": front.updated.isoformat() if front.updated else "",
        "keywords": list(front.tags),
        "license": licences.address(front.license) or front.license,
        "sameAs": f"https://doi.org/{front.doi}" if front.doi else "",
        "url": frame.canonical,
        "image": image,
        "citation": [_work(entry) for entry in article.bibliography],
    }
    text = json.dumps({**record, **{key: value for key, value in known.items() if value}}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _person(author: Author) -> dict[str, object]:
    record: dict[str, object] = {"@type": "Person", "name": author.name}
    places = [{"@type": "Organization", "name": place} for place in author.affiliations]
    if places:
        record["affiliation"] = places if len(places) > 1 else places[0]
    links = [link for link in (author.url, f"https://orcid.org/{author.orcid}" if author.orcid else "") if link]
    return {**record, "sameAs": links} if links else record


def _work(entry: Entry) -> dict[str, object]:
    record: dict[str, object] = {"@type": "CreativeWork", "name": entry.title}
    names = [" ".join(filter(None, name)) for name in entry.names]
    known = {"author": names, "datePublished": entry.year, "url": entry.link}
    return {**record, **{key: value for key, value in known.items() if value}}
