"""Print the pages: what is shared, what the figures need, and every page of the site."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import jinja2

from builder import fonts, markdown, page, vega_runtime
from builder.article import Article
from builder.errors import Place, Problem, nearest
from builder.output import Output
from builder.parts import PageParts
from builder.plan import House, Plan, UnitName, template_folders
from builder.request import Request
from builder.store import Entry, Store
from builder.views import FigureView, Frame, ImageView, Mention, Row, SiteView, UnitView

EXTENSIONS = {"image/webp": "webp", "image/png": "png", "image/avif": "avif", "image/svg+xml": "svg"}
WORDS_A_MINUTE = 220


@dataclass
class Press:
    """One printing of the site."""

    house: House
    output: Output
    env: jinja2.Environment
    site: SiteView
    entries: Mapping[str, Entry]
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
            name = f"{stem}-{part['name']}" if part["name"] != stem else stem
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
        return FigureView(record, entry.meta["provenance"], request.text, assets, drawings)


def press(house: House, output: Output, plans: Iterable[Plan], entries: Mapping[str, Entry]) -> list[Problem]:
    """Write every page that is whole; return what could not be printed.

    An article that has problems keeps its last good page, and its row on the front page.
    """
    everything = list(plans)
    plans = [p for p in everything if not p.broken and all(r.key in entries for r in p.requests.values())]
    env = page.environment(template_folders(house.settings))
    printing = Press(house, output, env, _shared(house, output, plans), entries)
    units = _units(printing, plans)
    problems: list[Problem] = []
    mentions: dict[str, list[Mention]] = {}
    rows = []
    for plan in plans:
        row, found = _article(printing, plan, units, mentions)
        problems += found
        rows += [row] if row else []
    printed = {row.url for row in rows}
    unprinted = [row for row in map(_plain_row, everything) if row.url not in printed]
    rows += [row for row in unprinted if (output.folder / row.url).is_file()]
    _specimens(printing, units, mentions)
    rows.sort(key=lambda row: (row.date is None, row.date and -row.date.toordinal(), row.title))
    output.write("index.html", page.front_page(env, Frame(printing.site, "index.html"), rows, _sheets(units)))
    output.write("404.html", page.not_found(env, Frame(printing.site, "404.html")))
    return problems


def _shared(house: House, output: Output, plans: Iterable[Plan]) -> SiteView:
    """Write fonts, style sheets, scripts and the chart runtime."""
    static = [folder / "static" for folder in reversed(template_folders(house.settings))]
    files = {path.name: path for folder in static if folder.is_dir() for path in sorted(folder.iterdir())}
    faces = {
        name: output.asset(Path(name).stem, "woff2", data)
        for name, data in _remembered(house.store, "fonts", fonts.version(), fonts.fonts).items()
    }
    rules = fonts.font_css({name: Path(address).name for name, address in faces.items()})
    sheets = "".join(path.read_text("utf-8") for name, path in files.items() if name.endswith(".css"))
    runtime = _remembered(house.store, "vega", vega_runtime.version(), lambda: {"vega.js": vega_runtime.runtime()})
    settings = house.settings
    return SiteView(
        title=settings.title,
        description=settings.description,
        url=settings.url,
        styles=(output.asset("style", "css", (rules + sheets).encode()),),
        theme=output.asset("theme", "js", files["theme.js"].read_bytes()),
        scripts=(output.asset("article", "js", files["article.js"].read_bytes()),),
        sheet=output.asset("sheet", "js", files["sheet.js"].read_bytes()),
        charts=output.asset("charts", "js", files["charts.js"].read_bytes()),
        runtime=output.asset("vega", "js", runtime["vega.js"]),
        icon=output.asset("favicon", "svg", files["favicon.svg"].read_bytes()),
        preload=(faces["serif-regular.woff2"], faces["sans-regular.woff2"]),
        sections=tuple(_sheets(name for plan in plans for name in plan.cards).items()),
    )


def _remembered(store: Store, name: str, version: str, make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    """Make what comes out of installed packages once for each of their versions."""
    key = hashlib.sha256(f"{name} {version}".encode()).hexdigest()
    entry = store.get("shared", key)
    if entry is None:
        made = {file: (hashlib.sha256(data).hexdigest(), data) for file, data in make().items()}
        files = {file: digest for file, (digest, _) in made.items()}
        store.put("shared", key, {"files": files}, dict(made.values()))
        entry = store.get("shared", key)
    return {file: entry.read(digest) for file, digest in entry.meta["files"].items()}


def _sheets(units: Iterable[UnitName]) -> dict[str, str]:
    """Name the index of every network that has specimen pages."""
    return {f"Units of {model}": f"units/{model}/index.html" for model in sorted({name.model for name in units})}


def _units(printing: Press, plans: Iterable[Plan]) -> dict[UnitName, UnitView]:
    units: dict[UnitName, UnitView] = {}
    for plan in plans:
        for name, request in plan.cards.items():
            stem = f"{name.model}-{name.unit.replace(':', '-')}"
            tuning = printing.view(plan.tunings[name], f"{stem}-tuning") if name in plan.tunings else None
            units.setdefault(name, UnitView(name.model, name.unit, name.page, printing.view(request, stem), tuning))
    return units


def _article(
    printing: Press, plan: Plan, units: Mapping[UnitName, UnitView], mentions: dict[str, list[Mention]]
) -> tuple[Row | None, list[Problem]]:
    article = plan.article
    frame = Frame(printing.site, f"{article.slug}/index.html")
    parts = PageParts(
        env=printing.env,
        frame=frame,
        figures=_figures(printing, plan),
        units={view.key: view for view in units.values()},
        images={image.file: _picture(printing, image.file) for image in article.images},
        model=plan.model,
    )
    body = markdown.render(article, parts)
    problems = [*parts.problems, *_hero_problems(article, parts)]
    if problems:
        return None, problems
    hero = parts.hero(article.front.hero) if article.front.hero else ""
    printing.output.write(frame.path, page.article(printing.env, frame, article, body, hero, parts.cards()))
    for name in plan.cards:
        mentions.setdefault(name.page, []).append(Mention(article.front.title, frame.path))
    return _row(printing, plan), []


def _figures(printing: Press, plan: Plan) -> dict[str, FigureView | None]:
    stem = plan.article.slug
    return {label: printing.view(r, f"{stem}-{label.removeprefix('fig-')}") for label, r in plan.requests.items()}


def _hero_problems(article: Article, parts: PageParts) -> list[Problem]:
    hero = article.front.hero
    if not hero or hero in parts.figures or f"fig-{hero}" in parts.figures:
        return []
    place = Place(article.name, article.front.lines.get("hero", 1))
    return [Problem(place, f"hero: no figure {hero!r}{nearest(hero, [x.removeprefix('fig-') for x in parts.figures])}")]


def _picture(printing: Press, file: Path) -> ImageView:
    return ImageView(printing.output.asset(file.stem, file.suffix.lstrip(".").lower(), file.read_bytes()))


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
    )


def _specimens(printing: Press, units: Mapping[UnitName, UnitView], mentions: Mapping[str, list[Mention]]) -> None:
    """Write a page for every unit, and an index for every network."""
    by_model: dict[str, list[UnitView]] = {}
    for name in sorted(units, key=_in_order):
        by_model.setdefault(name.model, []).append(units[name])
    for model, views in by_model.items():
        index = f"units/{model}/index.html"
        for before, view, after in zip([None, *views[:-1]], views, [*views[1:], None], strict=True):
            html = page.specimen(
                printing.env, Frame(printing.site, view.url), view,
                mentions=mentions.get(view.url, []), previous=before, following=after, index=index,
                units={one.key: one for one in views},
            )  # fmt: skip
            printing.output.write(view.url, html)
        printing.output.write(index, page.unit_index(printing.env, Frame(printing.site, index), model, views))


def _in_order(name: UnitName) -> tuple[str, str, int]:
    layer, _, index = name.unit.partition(":")
    return name.model, layer, int(index)
