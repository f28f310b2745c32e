"""What all pages share: fonts, style sheets, scripts, the chart runtime, the links of the head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from builder.memory import Memory, digest
from builder.output import Output
from builder.plan.plan import House
from builder.press import addresses, drawing, listings
from builder.press.lists import FEED, reference_address
from builder.press.views import SiteView

READING = ("article.js", "linked.js", "zoom.js", "controls.js", "embed.js")
"""The scripts that every page with something to read loads, as one file."""
CHARTS = ("keys.js", "charts.js", "pixels.js")
"""The scripts that pages with charts load, as one file."""
EMBED = "embed.js"
"""The script that other sites load beside a figure of this one, at an address that stays."""
LIVE = ("network.js", "plain.js", "stimuli.js", "stage.js", "answers.js", "live.js")
"""The scripts that pages with a network in them load when it comes near, as one file."""
DEVICES = ("webgpu", "webgl")
"""The scripts that bring such a network to a GPU, loaded at the first touch where there is one; each is a file."""
SHADERS = "shaders.js"
"""What those of a GPU begin with."""
ELEMENTS = ("elements.js", "lens.js")
"""The scripts that pages with tabs, films, comparisons or a picture under a grid load, as one file."""

PARTS = (
    "choices.css", "hierarchy.css", "lasso.css", "lens.css", "lines.css", "mosaic.css", "subfigures.css", "units.css",
)  # fmt: skip
"""The style sheets of what few pages have: choices among figures, trees of units, lassos, lines of code and so on."""

NETWORKS = "units/index.html"
"""The page that leads to the units of each network, where units of several are shown."""


def remembered(
    house: House, output: Output, memory: Memory, networks: Sequence[str], *, maths: bool, charts: bool
) -> tuple[SiteView, Mapping[str, str]]:
    """Write what `spread` does, unless it stands; return it with what colours of charts become on dark pages."""
    name, key = "what all pages share", digest(networks, maths, charts)
    known = memory.recall(name, key, output)
    if known is None:
        with output.noting() as names:
            site = spread(house, output, networks, maths=maths, charts=charts)
        known = {"site": {**asdict(site), "tags": {}}, "dark": dict(drawing.dark_colours(rules_of(house)))}
        memory.keep(name, key, known, output.stamps(names))
    view = {one: _fixed(value) for one, value in known["site"].items()}
    return SiteView(**{**view, "tags": _Tags()}), known["dark"]


def _fixed(value: Any) -> Any:
    """Turn the lists that JSON has made of tuples into tuples again."""
    return tuple(map(_fixed, value)) if isinstance(value, list) else value


def spread(house: House, output: Output, networks: Iterable[str], *, maths: bool, charts: bool) -> SiteView:
    """Write fonts, style sheets and scripts; the font of formulas and the chart runtime where there are any."""
    from builder.press import fonts, policy, search, shared, styles

    files = _static(house)
    faces = {name: output.asset(Path(name).stem, "woff2", data) for name, data in _fonts(house, maths)}
    settings = house.settings
    if settings.url:
        output.write(EMBED, files[EMBED].read_bytes())
    rules = fonts.font_css({name: Path(address).name for name, address in faces.items()}) + rules_of(house)
    return SiteView(
        title=settings.title,
        description=settings.description,
        url=settings.url,
        styles=(output.asset("style", "css", styles.compact(rules).encode()), styles.SIZES),
        parts=output.asset("parts", "css", styles.compact(_joined(files[name] for name in PARTS)).encode()),
        theme=output.asset("theme", "js", _scripts(files, "theme.js")),
        scripts=(output.asset("article", "js", _scripts(files, *READING)),),
        sheet=output.asset("sheet", "js", _scripts(files, "sheet.js")),
        elements=output.asset("elements", "js", _scripts(files, *ELEMENTS)),
        walks=output.asset("hierarchy", "js", _scripts(files, "hierarchy.js")),
        sorting=output.asset("sort", "js", _scripts(files, "sort.js")),
        mosaic=output.asset("mosaic", "js", _scripts(files, "mosaic.js")),
        lasso=output.asset("lasso", "js", _scripts(files, "lasso.js")),
        near=output.asset("near", "js", _scripts(files, "near.js")),
        live_sheet=output.asset("live", "css", styles.compact(files["live.css"].read_text("utf-8")).encode()),
        live=output.asset("live", "js", _scripts(files, *LIVE)),
        devices=tuple((name, output.asset(name, "js", _scripts(files, SHADERS, f"{name}.js"))) for name in DEVICES),
        charts=output.asset("charts", "js", _scripts(files, *CHARTS)),
        runtime=output.asset("vega", "js", shared.runtime(house.store)) if charts else "",
        icon=output.asset("favicon", "svg", files["favicon.svg"].read_bytes()),
        preload=(faces["serif-regular.woff2"], faces["sans-regular.woff2"]),
        sections=_sections(house, networks),
        feed=FEED if settings.url else "",
        tags=_Tags(),
        search=output.asset("search", "js", _scripts(files, "search.js")) if settings.search else "",
        index=search.START if settings.search else "",
        twins=settings.markdown,
        policy=policy.policy(searched=settings.search),
    )


class _Tags(dict[str, str]):
    """The address of each tag's page, whichever tags there are: so a page depends on its own alone."""

    def __contains__(self, tag: object) -> bool:
        return True

    def __missing__(self, tag: str) -> str:
        return listings.tag_address(tag)


def _fonts(house: House, maths: bool) -> Iterator[tuple[str, bytes]]:
    from builder.press import shared

    yield from shared.fonts(house.store).items()
    if maths:
        yield from shared.maths_font(house.store).items()


def rules_of(house: House) -> str:
    """Read the style sheets of all pages of a site, those of its own last."""
    names = {name: path for name, path in _static(house).items() if name.endswith(".css")}
    if not house.settings.search:
        names.pop("search.css", None)
    return _joined(path for name, path in names.items() if name not in PARTS)


def _joined(paths: Iterable[Path]) -> str:
    return "".join(path.read_text("utf-8") for path in paths)


def _scripts(files: Mapping[str, Path], *names: str) -> bytes:
    from builder.press import scripts

    return "".join(scripts.compact(files[name].read_text("utf-8")) for name in names).encode()


def _static(house: House) -> dict[str, Path]:
    """Find the files that templates come with; a site's own stand in for ours of the same name."""
    folders = [folder / "static" for folder in reversed(house.settings.template_folders)]
    return {path.name: path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())}


def _sections(house: House, networks: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """List the links of every page's head."""
    figures = [("Figures", reference_address(house))] if house.settings.reference else []
    addresses = list(sheets(networks).values())
    units = [("Units", addresses[0] if len(addresses) == 1 else NETWORKS)] if addresses else []
    return (*figures, *units)


def sheets(networks: Iterable[str]) -> dict[str, str]:
    """Name the index of every network that has specimen pages."""
    return {f"Units of {network}": sheet(network) for network in sorted(networks)}


def sheet(model: str) -> str:
    """Give the address of a network's index of units."""
    return f"units/{addresses.of_model(model)}/index.html"
