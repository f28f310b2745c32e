"""One printing of the site: what is published once, however many pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import jinja2

from builder import addresses, crossings, drawing, page, thumbnails
from builder.output import Output
from builder.plan import House, Plan
from builder.request import Request
from builder.store import Entry
from builder.views import FigureView, SiteView

EXTENSIONS = {"image/webp": "webp", "image/png": "png", "image/avif": "avif", "image/svg+xml": "svg"}


@dataclass
class Press:
    """One printing of the site."""

    house: House
    output: Output
    env: jinja2.Environment
    site: SiteView
    entries: Mapping[str, Entry]
    shelf: crossings.Shelf = crossings.Shelf()
    dark: Mapping[str, str] = field(default_factory=dict)
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
                svg = entry.read(part["svg"]).decode()
                drawings[part["svg"]] = self._lifted(svg, name)
                night = self.output.asset(f"{name}-dark", "svg", drawing.dark(svg, self.dark).encode())
                assets[FigureView.dark_of(part["svg"])] = night
                script = page.spec_script(part["spec"], entry.read(part["spec"]))
                assets[part["spec"]] = self.output.asset(name, "js", script)
                assets[part["svg"]] = self.output.asset(name, "svg", svg.encode())
                if part.get("png"):
                    assets[part["png"]] = self.output.asset(name, "png", entry.read(part["png"]))
            else:
                image = part["image"] if part["kind"] == "sprite" else part
                extension = EXTENSIONS[image["media_type"]]
                assets[image["object"]] = self.output.asset(name, extension, entry.read(image["object"]))
        for kind in ("csv", "json"):
            digest = record["table"][kind]
            assets[digest] = self.output.asset(stem, kind, entry.read(digest))
        return FigureView(record, entry.meta["provenance"], request.text, assets, drawings, request.random)

    def with_small(self, request: Request, view: FigureView | None, stem: str) -> FigureView | None:
        """Publish small copies of the sheets of a figure that stands in a title block."""
        if view is None:
            return None
        cache, entry = self.house.settings.store_folder / "small", self.entries[request.key]
        sheets = {
            part["image"]["object"]: part["tile_px"]
            for part in view.record["parts"]
            if part["kind"] == "sprite" and part["tile_px"] > thumbnails.TILE_PX
        }
        small = {
            key: self.output.asset(f"{stem}-small", "webp", thumbnails.small(cache, entry.read(key), side))
            for key, side in sheets.items()
        }
        return replace(view, small=small)

    def _lifted(self, svg: str, stem: str) -> str:
        return drawing.lifted(svg, lambda extension, data: self.output.asset(f"{stem}-picture", extension, data))


def figures(printing: Press, plan: Plan) -> dict[str, FigureView | None]:
    """Publish the figures of an article, by label."""
    views = {label: printing.view(r, _stem(plan, label)) for label, r in plan.requests.items()}
    for label in {plan.article.front.hero, f"fig-{plan.article.front.hero}"} & views.keys():
        views[label] = printing.with_small(plan.requests[label], views[label], _stem(plan, label))
    return {label: view and replace(view, page=_figure_page(plan, label)) for label, view in views.items()}


def _stem(plan: Plan, label: str) -> str:
    return f"{plan.article.slug}-{label.removeprefix('fig-')}"


def _figure_page(plan: Plan, label: str) -> str:
    return f"figures/{plan.article.slug}/{label.removeprefix('fig-')}.html"
