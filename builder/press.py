"""Print the pages: what is shared, what the figures need, and every page of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import jinja2

from builder import (
    addresses,
    citing,
    crossings,
    feeds,
    fonts,
    listings,
    markdown,
    media,
    page,
    reference,
    shared,
    social,
)
from builder.article import Article
from builder.errors import Place, Problem, nearest
from builder.output import Output
from builder.parts import PageParts
from builder.plan import House, Plan, UnitName, template_folders
from builder.request import Request
from builder.store import Entry
from builder.views import FigureView, Frame, ImageView, Mention, Row, SiteView, UnitView

FEED = "feed.xml"
EXTENSIONS = {"image/webp": "webp", "image/png": "png", "image/avif": "avif", "image/svg+xml": "svg"}
WORDS_A_MINUTE = 220
READING = ("article.js", "linked.js", "zoom.js")
"""The scripts that every page with something to read loads, as one file."""


@dataclass
class Press:
    """One printing of the site."""

    house: House
    output: Output
    env: jinja2.Environment
    site: SiteView
    entries: Mapping[str, Entry]
    shelf: crossings.Shelf = crossings.Shelf()
    views: dict[str, FigureView] = field(default_factory=dict)

    def view(self, request: Request, stem: str) -> FigureView | None:
        """Publish a figure's objects, once, and return what the templates need of it."""
        if request.key not in self.views and request.key in self.entries:
            self.views[request.key] = self._published(request, self.entries[request.key], stem)
        return self.views.get(request.key)

    def _published(self, request: Request, entry: Entry, stem: str) -> FigureView:
        record = entry.meta["artifact"]
        assets, drawings = {}, {}
        for part in record["parts"]:
            name = addresses.safe(f"{stem}-{part['name']}" if part["name"] != stem else stem)
            if part["kind"] == "chart":
                drawings[part["svg"]] = entry.read(part["svg"]).decode()
                script = page.spec_script(part["spec"], entry.read(part["spec"]))
                assets[part["spec"]] = self.output.asset(name, "js", script)
                assets[part["svg"]] = self.output.asset(name, "svg", entry.read(part["svg"]))
            else:
                image = part["image"] if part["kind"] == "sprite" else part
                extension = EXTENSIONS[image["media_type"]]
                assets[image["object"]] = self.output.asset(name, extension, entry.read(image["object"]))
        for kind in ("csv", "json"):
            digest = record["table"][kind]
            assets[digest] = self.output.asset(stem, kind, entry.read(digest))
        return FigureView(record, entry.meta["provenance"], request.text, assets, drawings, request.random)


def press(house: House, output: Output, plans: Iterable[Plan], entries: Mapping[str, Entry]) -> list[Problem]:
    """Write every page that is whole; return what could not be printed.

    An article that has problems keeps its last good page, and its row on the front page.
    """
    everything = list(plans)
    plans = [p for p in everything if not p.broken and all(r.key in entries for r in p.requests.values())]
    env = page.environment(template_folders(house.settings))
    shelf = crossings.shelved((plan.article for plan in everything), drafts=True)
    printing = Press(house, output, env, _shared(house, output, plans), entries, shelf)
    units = _units(printing, plans)
    problems: list[Problem] = []
    mentions: dict[str, list[Mention]] = {}
    rows = []
    gathered = listings.series(map(_plain_row, plans))
    for plan in plans:
        row, found = _article(printing, plan, units, mentions, gathered)
        problems += found
        rows += [row] if row else []
    printed = {row.url for row in rows}
    unprinted = [row for row in map(_plain_row, everything) if row.url not in printed]
    rows += [row for row in unprinted if (output.folder / row.url).is_file()]
    _specimens(printing, units, mentions)
    rows = [row for row in rows if row.url != _reference(house)]
    rows.sort(key=lambda row: (row.date is None, row.date and -row.date.toordinal(), row.title))
    output.write("index.html", page.front_page(env, Frame(printing.site, "index.html"), rows, _sheets(units)))
    output.write("404.html", page.not_found(env, Frame(printing.site, "404.html")))
    _lists(printing, rows)
    problems += _redirects(printing, plans)
    _machine_readable(printing, rows)
    output.keep(printing.site.styles[-1], page.sizes(env))
    return problems


def _reference(house: House) -> str:
    """Give the address of the reference of figures, "" where the site has none."""
    return f"{reference.SLUG}/index.html" if house.settings.reference else ""


def _lists(printing: Press, rows: list[Row]) -> None:
    """Write a page for every tag and every series."""
    for tag, some in listings.tags(rows).items():
        _list(printing, listings.tag_address(tag), "Tag", tag, some)
    for name, some in listings.series(rows).items():
        _list(printing, listings.series_address(name), "Series", name, some)


def _list(printing: Press, path: str, kind: str, name: str, rows: Iterable[Row]) -> None:
    bare = [replace(row, hero="") for row in rows]  # pictures were drawn for the front page's place in the site
    printing.output.write(path, page.listing(printing.env, Frame(printing.site, path), kind, name, bare))


def _redirects(printing: Press, plans: Iterable[Plan]) -> list[Problem]:
    """Lead from an article's old addresses to it."""
    problems: list[Problem] = []
    for plan in plans:
        front, target = plan.article.front, f"{plan.article.slug}/index.html"
        for path in listings.redirects(plan.article, printing.output.current, problems):
            html = page.redirect(printing.env, Frame(printing.site, path), front.title, target)
            printing.output.write(path, html)
    return problems


def _machine_readable(printing: Press, rows: list[Row]) -> None:
    """Write the feed, the sitemap and robots.txt of a site that knows its address."""
    site, output = printing.site, printing.output
    if not site.url:
        return
    public = [row for row in rows if not row.draft]
    changed = {row.url: row.changed for row in public}
    hidden = {row.url for row in rows if row.draft} | {"404.html"}
    pages = sorted(name for name in output.current if name.endswith(".html") and name not in hidden)
    output.write(FEED, feeds.atom(site, FEED, public))
    output.write("sitemap.xml", feeds.sitemap(site, [(name, changed.get(name)) for name in pages]))
    output.write("robots.txt", feeds.robots(site, "sitemap.xml"))


def _shared(house: House, output: Output, plans: Iterable[Plan]) -> SiteView:
    """Write fonts, style sheets, scripts and the chart runtime."""
    static = [folder / "static" for folder in reversed(template_folders(house.settings))]
    files = {path.name: path for folder in static if folder.is_dir() for path in sorted(folder.iterdir())}
    faces = {
        name: output.asset(Path(name).stem, "woff2", data)
        for name, data in shared.fonts(house.store).items()
    }
    rules = fonts.font_css({name: Path(address).name for name, address in faces.items()})
    sheets = "".join(path.read_text("utf-8") for name, path in files.items() if name.endswith(".css"))
    settings = house.settings
    return SiteView(
        title=settings.title,
        description=settings.description,
        url=settings.url,
        styles=(output.asset("style", "css", (rules + sheets).encode()), output.promise("sizes", "css")),
        theme=output.asset("theme", "js", files["theme.js"].read_bytes()),
        scripts=(output.asset("article", "js", b"".join(files[name].read_bytes() for name in READING)),),
        sheet=output.asset("sheet", "js", files["sheet.js"].read_bytes()),
        elements=output.asset("elements", "js", files["elements.js"].read_bytes()),
        charts=output.asset("charts", "js", files["charts.js"].read_bytes()),
        runtime=output.asset("vega", "js", shared.runtime(house.store)),
        icon=output.asset("favicon", "svg", files["favicon.svg"].read_bytes()),
        preload=(faces["serif-regular.woff2"], faces["sans-regular.woff2"]),
        sections=_sections(house, plans),
        feed=FEED if settings.url else "",
        tags={tag: listings.tag_address(tag) for plan in plans for tag in plan.article.front.tags},
    )


def _sections(house: House, plans: Iterable[Plan]) -> tuple[tuple[str, str], ...]:
    """List the links of every page's head."""
    sheets = _sheets(name for plan in plans for name in plan.cards)
    return (*([("Figures", _reference(house))] if house.settings.reference else []), *sheets.items())


def _sheets(units: Iterable[UnitName]) -> dict[str, str]:
    """Name the index of every network that has specimen pages."""
    return {f"Units of {model}": _sheet(model) for model in sorted({name.model for name in units})}


def _sheet(model: str) -> str:
    return f"units/{addresses.of_model(model)}/index.html"


def _units(printing: Press, plans: Iterable[Plan]) -> dict[UnitName, UnitView]:
    units: dict[UnitName, UnitView] = {}
    for plan in plans:
        for name, request in plan.cards.items():
            tuning = printing.view(plan.tunings[name], f"{name.stem}-tuning") if name in plan.tunings else None
            view = printing.view(request, name.stem)
            units.setdefault(name, UnitView(name.model, name.unit, name.page, view, tuning))
    return units


def _article(
    printing: Press, plan: Plan, units: Mapping[UnitName, UnitView], mentions: dict[str, list[Mention]],
    gathered: Mapping[str, tuple[Row, ...]],
) -> tuple[Row | None, list[Problem]]:
    article = plan.article
    frame = Frame(printing.site, f"{article.slug}/index.html")
    parts = PageParts(
        env=printing.env,
        frame=frame,
        figures=_figures(printing, plan),
        units=_by_key(units, plan),
        images={file: _file(printing, file) for file in _files(article)},
        marks=citing.marks(printing.house.settings.citations, article.bibliography),
        shelf=printing.shelf,
        model=plan.model,
    )
    body = markdown.render(article, parts)
    problems = [*parts.problems, *_hero_problems(article, parts)]
    if problems:
        return None, problems
    hero = parts.hero(article.front.hero) if article.front.hero else ""
    series = listings.place_in_series(_plain_row(plan), gathered)
    image = _social(printing, plan)
    html = page.article(
        printing.env, frame, article, body, hero=hero, cards=parts.cards(), series=series, image=image
    )
    printing.output.write(frame.path, html)
    _figure_pages(printing, article, parts)
    for name in plan.cards:
        mentions.setdefault(name.page, []).append(Mention(article.front.title, frame.path))
    return _row(printing, plan), []


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
    """Choose what a card shows of a figure: its first picture, of a sprite the full rows."""
    for part in entry.meta["artifact"]["parts"]:
        image = part["image"] if part["kind"] == "sprite" else part
        if part["kind"] == "chart" or image["media_type"] == "image/svg+xml":
            continue
        columns, count = (int(part["columns"]), len(part["tiles"])) if part["kind"] == "sprite" else (1, 1)
        return social.Picture(entry.read(image["object"]), max(count // columns, 1), -(-count // columns))
    return None


def _by_key(units: Mapping[UnitName, UnitView], plan: Plan) -> dict[str, UnitView]:
    """Name the units by key, those of an article also as it writes them."""
    written = {key: units[name] for key, name in plan.spellings.items()}
    return {**{view.key: view for view in units.values()}, **written}


def _figures(printing: Press, plan: Plan) -> dict[str, FigureView | None]:
    views = {label: printing.view(r, _stem(plan, label)) for label, r in plan.requests.items()}
    return {label: view and replace(view, page=_figure_page(plan, label)) for label, view in views.items()}


def _stem(plan: Plan, label: str) -> str:
    return f"{plan.article.slug}-{label.removeprefix('fig-')}"


def _figure_page(plan: Plan, label: str) -> str:
    return f"figures/{plan.article.slug}/{label.removeprefix('fig-')}.html"


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


def _row(printing: Press, plan: Plan) -> Row:
    if not plan.article.front.hero:
        return _plain_row(plan)
    home = Frame(printing.site, "index.html")
    strip = PageParts(env=printing.env, frame=home, figures=_figures(printing, plan))
    return replace(_plain_row(plan), hero=strip.hero(plan.article.front.hero))


def _plain_row(plan: Plan) -> Row:
    front, article = plan.article.front, plan.article
    return Row(
        title=front.title,
        url=f"{article.slug}/index.html",
        description=front.description,
        authors=tuple(author.name for author in front.authors),
        date=front.date,
        minutes=max(round(article.words / WORDS_A_MINUTE), 1),
        tags=front.tags,
        draft=front.draft,
        updated=front.updated,
        series=front.series,
    )


def _specimens(printing: Press, units: Mapping[UnitName, UnitView], mentions: Mapping[str, list[Mention]]) -> None:
    """Write a page for every unit, and an index for every network."""
    by_model: dict[str, list[UnitView]] = {}
    for name in sorted(units, key=_in_order):
        by_model.setdefault(name.model, []).append(units[name])
    for model, views in by_model.items():
        index = _sheet(model)
        for before, view, after in zip([None, *views[:-1]], views, [*views[1:], None], strict=True):
            html = page.specimen(
                printing.env, Frame(printing.site, view.url), view,
                mentions=mentions.get(view.url, []), previous=before, following=after, index=index,
                units={one.key: one for one in views},
            )  # fmt: skip
            printing.output.write(view.url, html)
        printing.output.write(index, page.unit_index(printing.env, Frame(printing.site, index), model, views))


def _in_order(name: UnitName) -> tuple[str, str, int, str]:
    layer, _, rest = name.unit.partition(":")
    return name.model, layer, int(re.match(r"\d+", rest)[0]), rest
