"""One printing of the site: what is published once, however many pages show it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from builder.engine.artifacts import ChartPart, FigureEntry, HierarchyPart, KeptPart, LivePart, SpritePart
from builder.memory import Memory, digest
from builder.output import Output
from builder.plan.plan import House, Plan
from builder.plan.request import Request
from builder.press import addresses, citing, drawing, page, reruns, sources, states, styles, thumbnails
from builder.press.views import FigureView, Frame, ImageView, SiteView
from builder.read import crossings, media

if TYPE_CHECKING:
    from builder.press.bodies import Bodies


@dataclass
class Press:
    """One printing of the site."""

    house: House
    output: Output
    env: jinja2.Environment
    site: SiteView
    entries: Mapping[str, FigureEntry]
    shelf: crossings.Shelf = crossings.Shelf()
    dark: Mapping[str, str] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    circumstances: str = ""
    bodies: Bodies | None = None

    def page(self, path: str, html: str) -> None:
        """Write a page, and the style sheet of the sizes that it names."""
        sheet = page.styles_of(self.env).sheet(html)
        self.output.write(path, styles.linked(html, self.output.asset("sizes", "css", sheet) if sheet else ""))

    def once(self, path: str, shown: object, html: Callable[[], str]) -> None:
        """Write a page, unless one stands there that shows the same."""
        key = digest(self.circumstances, shown)
        self.memory.once(f"at {path}", key, self.output, lambda: self.page(path, html()))

    def view(self, request: Request, stem: str) -> FigureView | None:
        """Publish a figure's objects, and return what the templates need of it."""
        if request.key not in self.entries:
            return None
        return self.output.once((request.key, request.text, stem), lambda: self._published(request, stem))

    def _published(self, request: Request, stem: str) -> FigureView:
        entry = self.entries[request.key]
        assets: dict[str, str] = {}
        drawings: dict[str, str] = {}
        for part in entry.record.parts:
            name = addresses.safe(f"{stem}-{part.name}" if part.name != stem else stem)
            if isinstance(part, ChartPart):
                drawings[part.svg] = self._lifted(entry.read(part.svg).decode(), name)
                for form in part.forms:
                    assets |= self._chart(form, entry, name) | self._files(form.pictures[:1], entry, name)
            if isinstance(part, LivePart):
                assets |= self._fetched(part, entry, name)
            assets |= self._files(part.pictures, entry, name)
        assets |= self._files(entry.record.table.files, entry, stem)
        view = FigureView(entry.record, entry.provenance, request.text, assets, drawings, request.random)
        told = json.dumps({**view.provenance, "directive": request.text}, indent=1, sort_keys=True, ensure_ascii=False)
        made = self.output.asset(f"{stem}-made", "json", told.encode())
        return replace(view, made=made, source=sources.address(self.house.settings, view.provenance))

    def _files(self, files: Iterable[tuple[str, str]], entry: FigureEntry, name: str) -> dict[str, str]:
        """Publish files of a figure, (extension, digest); return their addresses by digest."""
        return {digest: self.output.asset(name, extension, entry.read(digest)) for extension, digest in files}

    def _chart(self, part: ChartPart, entry: FigureEntry, name: str) -> dict[str, str]:
        """Publish a chart's specification and its drawing for dark pages."""
        script = page.spec_script(part.spec, entry.read(part.spec))
        night = drawing.dark(entry.read(part.svg).decode(), self.dark).encode()
        return {
            part.spec: self.output.asset(name, "js", script),
            FigureView.dark_of(part.svg): self.output.asset(f"{name}-dark", "svg", night),
        }

    def _fetched(self, part: LivePart, entry: FigureEntry, name: str) -> dict[str, str]:
        """Publish a network and its scene; figures that show one network alike share the file."""
        stems = {part.network: "network", part.scene: name}
        return {
            digest: self.output.asset(stem, "js", page.live_script(digest, entry.read(digest)))
            for digest, stem in stems.items()
        }

    def with_small(self, request: Request, view: FigureView | None, stem: str) -> FigureView | None:
        """Publish small copies of the sheets of a figure that stands in a title block."""
        if view is None:
            return None
        cache, entry = self.house.settings.store_folder / "small", self.entries[request.key]
        small = {
            sheet.raster: self.output.asset(
                f"{stem}-small", "webp", thumbnails.small(cache, entry.read(sheet.raster), sheet.tile_px)
            )
            for sheet in map(_sheet, view.record.parts)
            if sheet and sheet.raster and _is_large(sheet)
        }
        return replace(view, small=small)

    def _lifted(self, svg: str, stem: str) -> str:
        return drawing.lifted(svg, lambda extension, data: self.output.asset("picture", extension, data))


def _sheet(part: KeptPart) -> SpritePart | None:
    """Give the sheet of tiles that a title block shows of a part."""
    return part.sheet if isinstance(part, HierarchyPart) else part if isinstance(part, SpritePart) else None


def _is_large(sheet: SpritePart) -> bool:
    """Tell whether a small copy of a sheet has fewer pixels than it has."""
    image, side = sheet.image, sheet.tile_px
    return side > thumbnails.TILE_PX or thumbnails.rows(image.width, image.height, side) < image.height // side


def figures(printing: Press, plan: Plan) -> dict[str, FigureView | None]:
    """Publish the figures of an article, by label."""
    views = {label: printing.view(r, _stem(plan, label)) for label, r in plan.requests.items()}
    label = plan.article.hero.label if plan.article.hero else ""
    if label in views:
        views[label] = figure(printing, plan, label)
    return {label: view and _whole(printing, plan, label, view) for label, view in views.items()}


def _whole(printing: Press, plan: Plan, label: str, view: FigureView) -> FigureView:
    """Add what readers take along, and the other states of a figure that has several."""
    several = plan.choices.get(label)
    if several is None:
        return _taken_along(printing, plan, label, view, _figure_page(plan, label))
    views = []
    for number, state in enumerate(several.states):
        other = printing.view(state.request, f"{_stem(plan, label)}-{number + 1}") if number else view
        if other is not None:
            alone = replace(plan, requests={**plan.requests, label: state.request})
            other = _taken_along(printing, alone, label, other, _state_page(plan, label, number))
            views.append((state.labels, replace(other, state=states.words(several.choices, state.labels))))
    return states.joined(several.choices, views)


def _taken_along(printing: Press, plan: Plan, label: str, view: FigureView, page: str) -> FigureView:
    """Add the figure's own page, how a reader makes it again, and how it is cited."""
    entry = printing.entries[plan.requests[label].key]
    rerun = reruns.rerun(printing.house, printing.output, printing.site, plan, label, entry)
    frame = Frame(printing.site, f"{plan.article.slug}/index.html")
    bibtex = citing.of_figure(plan.article, frame, label)
    return replace(view, page=page, rerun=rerun, bibtex=bibtex)


def figure(printing: Press, plan: Plan, label: str) -> FigureView | None:
    """Publish the figure of a title block."""
    request, stem = plan.requests[label], _stem(plan, label)
    return printing.with_small(request, printing.view(request, stem), stem)


def files(printing: Press, wanted: Iterable[Path | None]) -> dict[Path, ImageView]:
    """Publish files that lie beside articles."""
    return {file: _file(printing, file) for file in wanted if file is not None}


def _file(printing: Press, file: Path) -> ImageView:
    return printing.output.once(file, lambda: _copied(printing, file.resolve(), file))


def _copied(printing: Press, place: Path, file: Path) -> ImageView:
    suffix, stem = file.suffix.lstrip(".").lower(), addresses.safe(file.stem)
    return ImageView(printing.output.asset(stem, suffix, place.read_bytes()), *media.sides(place))


def _stem(plan: Plan, label: str) -> str:
    return f"{plan.article.slug}-{label.removeprefix('fig-')}"


def _figure_page(plan: Plan, label: str) -> str:
    return f"figures/{plan.article.slug}/{label.removeprefix('fig-')}.html"


def _state_page(plan: Plan, label: str, number: int) -> str:
    """Give the page of one state; that of the first lets readers choose among all."""
    if not number:
        return _figure_page(plan, label)
    names = [addresses.safe("-".join(state.labels)) for state in plan.choices[label].states]
    own = names[number] if names.count(names[number]) == 1 else f"{names[number]}-{number + 1}"
    return f"{_figure_page(plan, label).removesuffix('.html')}/{own}.html"
