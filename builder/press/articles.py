"""The pages of an article: itself, and one for each of its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from builder.engine.artifacts import ChartPart, FigureEntry, SpritePart
from builder.errors import Problem
from builder.plan.plan import Plan
from builder.press import citing, feeds, listings, page, social, specimens, twins
from builder.press.coloured import Coloured
from builder.press.parts import PageParts
from builder.press.printing import Press, figures, files
from builder.press.rows import Row
from builder.press.views import FigureView, Frame
from builder.read.article import Article
from builder.read.heroes import Hero
from builder.read.markdown import document
from builder.read.markdown.elements import Directive, FileUse


def article(
    printing: Press,
    plan: Plan,
    units: specimens.Units,
    gathered: Mapping[str, tuple[Row, ...]],
) -> list[Problem]:
    """Write an article and the pages of its figures; return what could not be printed."""
    article = plan.article
    frame = Frame(printing.site, f"{article.slug}/index.html")
    parts = PageParts(
        env=printing.env,
        frame=frame,
        figures=figures(printing, plan),
        units=units.of(plan),
        images=files(printing, _files(article)),
        marks=citing.marks(printing.house.settings.citations, article.bibliography),
        shelf=printing.shelf,
        model=plan.model,
        blocks=Coloured.of(article.path, printing.house.settings.store_folder, printing.memory.era),
    )
    body = document.render(article, parts)
    if parts.problems:
        return parts.problems
    if printing.bodies:
        printing.bodies.keep(article, body, parts.modules, parts.blocks)
    else:
        parts.blocks.keep()
    hero = parts.hero(article.hero)
    series = listings.place_in_series(listings.row(article), gathered)
    image = _social(printing, plan)
    html = page.article(printing.env, frame, article, body, hero=hero, cards=parts.cards(), series=series, image=image)
    printing.page(frame.path, html)
    _figure_pages(printing, article, parts)
    if printing.site.twins:
        printing.output.write(f"{article.slug}/{twins.NAME}", _twin(article, parts))
    return []


def _twin(article: Article, parts: PageParts) -> bytes:
    uses = [*article.files, *(FileUse(one.source, one.file, one.place) for one in article.images)]
    known = {use.source: parts.images[use.file] for use in uses if use.file in parts.images}
    return twins.Twin(article, parts.frame, parts.figures, known).written(article.text)


def _social(printing: Press, plan: Plan) -> str:
    """Draw the card that other sites show; return its full address, "" where the site does not know its own."""
    site, article = printing.site, plan.article
    if not site.url:
        return ""
    picture = _picture(printing, plan)
    data = social.card(printing.house.settings.store_folder / "cards", article.front.title, site.title, picture)
    return feeds.address(site.url, printing.output.asset(f"{article.slug}-card", "png", data))


def _picture(printing: Press, plan: Plan) -> social.Picture | None:
    """Choose what a card shows: what stands in the title block, or else the first figure."""
    hero = plan.article.hero or Hero()
    if hero.file and hero.file.suffix.lower() != ".svg":
        return social.Picture(hero.file.read_bytes())
    labels = [label for label in (hero.label, *plan.requests) if label in plan.requests]
    return _first_picture(printing.entries[plan.requests[labels[0]].key]) if labels else None


def _first_picture(entry: FigureEntry) -> social.Picture | None:
    """Choose what a card shows of a figure: its first chart or picture, of a sprite the full rows."""
    part = next((part for part in entry.record.parts if part.raster or isinstance(part, ChartPart)), None)
    if part is None:
        return None
    if isinstance(part, ChartPart):
        return social.Picture(entry.read(part.svg), chart=True)
    data = entry.read(part.raster)
    if isinstance(part, SpritePart):
        return social.Picture(data, max(len(part.tiles) // part.columns, 1), part.rows)
    return social.Picture(data)


def _figure_pages(printing: Press, article: Article, parts: PageParts) -> None:
    """Write a page for every figure of an article, and for each that a reader may choose instead."""
    for directive, number, caption in parts.captions:
        view = parts.figures.get(directive.label)
        for one in (view, *(look.view for look in view.states[1:])) if view else ():
            _figure_page(printing, article, parts, one, directive, number, caption)


def _figure_page(
    printing: Press,
    article: Article,
    parts: PageParts,
    view: FigureView,
    directive: Directive,
    number: int | str,
    caption: str,
) -> None:
    """Write the page of one figure, small enough to be shown inside another site."""
    home, frame = f"{article.slug}/index.html", Frame(printing.site, view.page)
    alone = replace(parts, figures={directive.label: view}, frame=frame, captions=[], shown={}, modules={})
    html = alone.figure(replace(directive, letter=""), number, _moved(caption, frame, home))
    which = f", {view.state}," if view.state and not view.states else ""
    words = f"Figure {number}{which} of {article.front.title}"
    place = f"{home}#{directive.label}"
    printing.page(view.page, page.figure(printing.env, frame, article.front, html, words, place, view))


def _moved(caption: str, frame: Frame, home: str) -> str:
    """Make the links of a caption, relative to its article, lead from a figure's page, which lists no references."""

    def lead(match: re.Match[str]) -> str:
        start = {"../": "", "#": f"{home}#"}.get(match[2], f"{home.rpartition('/')[0]}/")
        return f'{match[1]}="{frame.root}{start}'

    described = re.compile(r' aria-describedby="ref-[^"]*"')
    return re.sub(r'(href|src)="(?![a-z]+:)(\.\./|#)?', lead, described.sub("", caption))


def _files(article: Article) -> list[Path]:
    """List the files that an article shows or links to."""
    pictures = [file for image in article.images for file in (image.file, image.dark) if file]
    pictures += [article.hero.file] if article.hero and article.hero.file else []
    return list(dict.fromkeys([*pictures, *(use.file for use in article.files)]))
