"""The pages of an article: itself, and one for each of its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from builder import addresses, citing, feeds, listings, markdown, media, page, social
from builder.article import Article
from builder.errors import Place, Problem, nearest
from builder.parts import PageParts
from builder.plan import Plan, UnitName
from builder.press import lists, specimens
from builder.press.printing import Press, figures
from builder.store import Entry
from builder.views import Frame, ImageView, Mention, Row, UnitView


def article(
    printing: Press,
    plan: Plan,
    units: Mapping[UnitName, UnitView],
    mentions: dict[str, list[Mention]],
    gathered: Mapping[str, tuple[Row, ...]],
) -> list[Problem]:
    """Write an article and the pages of its figures; return what could not be printed."""
    article = plan.article
    frame = Frame(printing.site, f"{article.slug}/index.html")
    parts = PageParts(
        env=printing.env,
        frame=frame,
        figures=figures(printing, plan),
        units=specimens.by_key(units, plan),
        images={file: _file(printing, file) for file in _files(article)},
        marks=citing.marks(printing.house.settings.citations, article.bibliography),
        shelf=printing.shelf,
        model=plan.model,
    )
    body = markdown.render(article, parts)
    problems = [*parts.problems, *_hero_problems(article, parts)]
    if problems:
        return problems
    hero = parts.hero(article.front.hero) if article.front.hero else ""
    series = listings.place_in_series(lists.plain_row(plan), gathered)
    image = _social(printing, plan)
    html = page.article(printing.env, frame, article, body, hero=hero, cards=parts.cards(), series=series, image=image)
    printing.output.write(frame.path, html)
    _figure_pages(printing, article, parts)
    for name in plan.cards:
        mentions.setdefault(name.page, []).append(Mention(article.front.title, frame.path))
    return []


def _social(printing: Press, plan: Plan) -> str:
    """Draw the card that other sites show; return its full address, "" where the site does not know its own."""
    site, article = printing.site, plan.article
    if not site.url:
        return ""
    labels = [article.front.hero, *plan.requests]
    first = next((printing.entries[plan.requests[label].key] for label in labels if label in plan.requests), None)
    picture = _first_picture(first) if first else None
    data = social.card(printing.house.settings.store_folder / "cards", article.front.title, site.title, picture)
    return feeds.address(site.url, printing.output.asset(f"{article.slug}-card", "png", data))


def _first_picture(entry: Entry) -> social.Picture | None:
    """Choose what a card shows of a figure: its first chart or picture, of a sprite the full rows."""
    for part in entry.meta["artifact"]["parts"]:
        if part["kind"] == "chart":
            if part.get("png"):
                return social.Picture(entry.read(part["png"]), chart=True)
            continue
        image = part["image"] if part["kind"] == "sprite" else part
        if image["media_type"] == "image/svg+xml":
            continue
        columns, count = (int(part["columns"]), len(part["tiles"])) if part["kind"] == "sprite" else (1, 1)
        return social.Picture(entry.read(image["object"]), max(count // columns, 1), -(-count // columns))
    return None


def _figure_pages(printing: Press, article: Article, parts: PageParts) -> None:
    """Write a page for every figure of an article, small enough to be shown inside another site."""
    home = f"{article.slug}/index.html"
    for directive, number, caption in parts.captions:
        view = parts.figures.get(directive.label)
        if view is None:
            continue
        frame = Frame(printing.site, view.page)
        alone = replace(parts, frame=frame, captions=[], shown={}, modules={})
        html = alone.figure(directive, number, _moved(caption, frame, home))
        words = f"Figure {number} of {article.front.title}"
        place = f"{home}#{directive.label}"
        printing.output.write(view.page, page.figure(printing.env, frame, article.front, html, words, place, view))


def _moved(caption: str, frame: Frame, home: str) -> str:
    """Make the links of a caption, relative to its article, lead from a figure's own page."""

    def lead(match: re.Match[str]) -> str:
        start = {"../": "", "#": f"{home}#"}.get(match[2], f"{home.rpartition('/')[0]}/")
        return f'{match[1]}="{frame.root}{start}'

    return re.sub(r'(href|src)="(?![a-z]+:)(\.\./|#)?', lead, caption)


def _hero_problems(article: Article, parts: PageParts) -> list[Problem]:
    hero = article.front.hero
    if not hero or hero in parts.figures or f"fig-{hero}" in parts.figures:
        return []
    place = Place(article.name, article.front.lines.get("hero", 1))
    return [Problem(place, f"hero: no figure {hero!r}{nearest(hero, [x.removeprefix('fig-') for x in parts.figures])}")]


def _files(article: Article) -> list[Path]:
    """List the files that an article shows or links to."""
    pictures = [file for image in article.images for file in (image.file, image.dark) if file]
    return list(dict.fromkeys([*pictures, *(use.file for use in article.files)]))


def _file(printing: Press, file: Path) -> ImageView:
    stem = addresses.safe(file.stem)
    address = printing.output.asset(stem, file.suffix.lstrip(".").lower(), file.read_bytes())
    return ImageView(address, *media.sides(file))
