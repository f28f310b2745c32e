"""What all pages share: fonts, style sheets, scripts, the chart runtime, the links of the head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from builder.output import Output
from builder.plan.catalogue.units import NetworkUnit
from builder.plan.plan import House, Plan
from builder.press import addresses, fonts, listings, search, shared, styles
from builder.press.lists import FEED, reference_address
from builder.press.views import SiteView

READING = ("article.js", "linked.js", "zoom.js", "controls.js")
"""The scripts that every page with something to read loads, as one file."""
ELEMENTS = ("elements.js", "lens.js")
"""The scripts that pages with tabs, films, comparisons or a picture under a grid load, as one file."""

PARTS = ("hierarchy.css", "lens.css", "mosaic.css", "units.css")
"""The style sheets of what few pages have: trees of units, pictures under a grid, mosaics, a sheet of units."""


def spread(house: House, output: Output, plans: Iterable[Plan]) -> SiteView:
    """Write fonts, style sheets, scripts and the chart runtime."""
    files = _static(house)
    plans = list(plans)
    faces = {name: output.asset(Path(name).stem, "woff2", data) for name, data in _fonts(house, plans)}
    settings = house.settings
    rules = fonts.font_css({name: Path(address).name for name, address in faces.items()}) + rules_of(house)
    return SiteView(
        title=settings.title,
        description=settings.description,
        url=settings.url,
        styles=(output.asset("style", "css", styles.compact(rules).encode()), output.promise("sizes", "css")),
        parts=output.asset("parts", "css", styles.compact(_joined(files[name] for name in PARTS)).encode()),
        theme=output.asset("theme", "js", files["theme.js"].read_bytes()),
        scripts=(output.asset("article", "js", b"".join(files[name].read_bytes() for name in READING)),),
        sheet=output.asset("sheet", "js", files["sheet.js"].read_bytes()),
        elements=output.asset("elements", "js", b"".join(files[name].read_bytes() for name in ELEMENTS)),
        walks=output.asset("hierarchy", "js", files["hierarchy.js"].read_bytes()),
        sorting=output.asset("sort", "js", files["sort.js"].read_bytes()),
        mosaic=output.asset("mosaic", "js", files["mosaic.js"].read_bytes()),
        charts=output.asset("charts", "js", files["charts.js"].read_bytes()),
        runtime=output.asset("vega", "js", shared.runtime(house.store)),
        icon=output.asset("favicon", "svg", files["favicon.svg"].read_bytes()),
        preload=(faces["serif-regular.woff2"], faces["sans-regular.woff2"]),
        sections=_sections(house, plans),
        feed=FEED if settings.url else "",
        tags={tag: listings.tag_address(tag) for plan in plans for tag in plan.article.front.tags},
        search=output.asset("search", "js", files["search.js"].read_bytes()) if settings.search else "",
        index=search.START if settings.search else "",
    )


def _fonts(house: House, plans: Iterable[Plan]) -> Iterator[tuple[str, bytes]]:
    """Yield the fonts that a site needs: that of formulas where there is one."""
    yield from shared.fonts(house.store).items()
    if any(plan.article.maths for plan in plans):
        yield from shared.maths_font(house.store).items()


def rules_of(house: House) -> str:
    """Read the style sheets of all pages of a site, those of its own last."""
    names = {name: path for name, path in _static(house).items() if name.endswith(".css")}
    if not house.settings.search:
        names.pop("search.css", None)
    return _joined(path for name, path in names.items() if name not in PARTS)


def _joined(paths: Iterable[Path]) -> str:
    return "".join(path.read_text("utf-8") for path in paths)


def _static(house: House) -> dict[str, Path]:
    """Find the files that templates come with; a site's own stand in for ours of the same name."""
    folders = [folder / "static" for folder in reversed(house.settings.template_folders)]
    return {path.name: path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())}


def _sections(house: House, plans: Iterable[Plan]) -> tuple[tuple[str, str], ...]:
    """List the links of every page's head."""
    found = sheets(name for plan in plans for name in plan.cards)
    return (*([("Figures", reference_address(house))] if house.settings.reference else []), *found.items())


def sheets(units: Iterable[NetworkUnit]) -> dict[str, str]:
    """Name the index of every network that has specimen pages."""
    return {f"Units of {model}": sheet(model) for model in sorted({name.network for name in units})}


def sheet(model: str) -> str:
    """Give the address of a network's index of units."""
    return f"units/{addresses.of_model(model)}/index.html"
