"""A small site with synthetic figures, set by the page code alone: no network is measured for it."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw

from builder.engine.artifacts import ChartPart, LivePart
from builder.plan.choices import Choice
from builder.press import drawing, fonts, page, states, vega_runtime
from builder.press.furniture import CHARTS, DEVICES, ELEMENTS, LIVE, READING, SHADERS
from builder.press.parts import PageParts
from builder.press.rows import Row
from builder.press.views import FigureView, Frame, Mention, SiteView, UnitView
from builder.read import article as articles
from builder.read.heroes import Hero
from builder.read.markdown import document
from figures import artifact
from figures.charts import theme, vega
from figures.kept.record import read

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"

TEXT = """\
---
title: Arcs in a small sample
subtitle: What one layer of a made-up network answers to
description: A page made for looking at pages. Its tiles are drawn arcs and its curves are formulas.
authors:
  - name: Ada Sample
    affiliation: Institute of Examples
  - name: Otto Muster
date: 2026-11-21
bibliography: sample.bib
hero: sheet
model: sample
---

A unit such as {unit}`mixed3b:3` answers to an arc that bulges one way[^turn], and {unit}`mixed3b:5`
to the same arc turned. In @fig-tuning the response falls by half within {value}`tuning.half_width_deg:.0f`
degrees of the best one, as others have found [@sample2020; @another2021]. @sample2020 looked at one family only.

[^turn]: Orientation is the direction in which the arc bulges, **clockwise** from the right. The angle obeys
    $\\theta = \\arctan(y / x)$.

## What the units look like

:::{sheet}
:name: sheet
:width: body

Sixteen tiles, each an arc turned a little further than the last.
:::

Between the pictures stands a paragraph that says what to see in them, long enough to run over more than one
line of the column, so that the rhythm of text and figures shows. A link goes to [another page](https://example.org/).

:::{note} What is an arc?
A piece of a circle. Its **curvature** is one over its radius.
:::

## How sharply they are tuned

:::{tuning}
:name: tuning

Response against orientation for three units. Hover a line to set it apart from the others.
:::

The fit is a cosine raised to a power,

$$ r(\\theta) = \\max(0, \\cos(\\theta - \\theta_0))^{k} $$ (eq-fit)

with $k$ near four. @eq-fit has one free parameter besides the angle.

:::{margin}
A remark in the margin, of two or three lines, that a reader may skip.
:::

Table: Three units and the angle they prefer. {#tbl-units}

| unit | angle | width |
|---|---:|---:|
| mixed3b:3 | 30 | 44 |
| mixed3b:5 | 75 | 41 |

```python
def response(angle: float, best: float) -> float:
    return max(0.0, math.cos(angle - best)) ** 4  # in units of its maximum
```

### A wide one

:::{wide}
:name: wide
:width: page

The same as bars, and wider than the text.
:::

## What is left

:::{absent}
:name: absent

This figure was never measured.
:::

That is all. The last paragraph ends the page[^end].

[^end]: And this note ends the list of notes.
"""

BIB = """\
@article{sample2020,
  title = {Arcs in Samples},
  author = {Sample, Ada and Muster, Otto and Third, Ingrid},
  year = {2020},
  journal = {Journal of Examples},
  doi = {10.1000/arcs}
}
@inproceedings{another2021,
  title = {Another Look at Arcs},
  author = {Other, Olga},
  year = {2021},
  booktitle = {Proceedings of Looking}
}
"""


Several = tuple[tuple[Choice, ...], list[tuple[tuple[str, ...], artifact.Artifact]]]
"""What a reader may choose, and the figure of each choice by its labels."""


@dataclass
class Site:
    """A folder that pages and assets are written to."""

    folder: Path
    text: str = TEXT
    pages: dict[str, Path] = field(default_factory=dict)

    def asset(self, name: str, data: bytes) -> str:
        stem, _, suffix = name.rpartition(".")
        path = self.folder / "assets" / f"{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return f"assets/{path.name}"

    def write(self, address: str, html: str) -> Path:
        path = self.folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, "utf-8")
        self.pages[address] = path
        return path


def arc(angle_deg: float, size_px: int = 64) -> Image.Image:
    """Draw an arc that bulges towards `angle_deg`."""
    hue = (140, 90, 60) if angle_deg % 90 else (70, 110, 130)
    image = Image.new("RGB", (size_px, size_px), (222, 214, 200))
    shift = size_px * 0.3
    x, y = (size_px / 2 - shift * f(math.radians(angle_deg)) for f in (math.cos, math.sin))
    radius = size_px * 0.42
    box = [x - radius, y - radius, x + radius, y + radius]
    ImageDraw.Draw(image).arc(box, angle_deg - 65, angle_deg + 65, hue, max(size_px // 9, 2))
    return image


def encoded(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=90)
    return out.getvalue()


def picture(angle_deg: float, size_px: int = 224) -> artifact.Image:
    data, alt = encoded(arc(angle_deg, size_px)), f"an arc at {angle_deg:.0f}°"
    return artifact.Image(data, "image/webp", size_px, size_px, alt, name="picture")


def sprite(
    count: int, *, columns: int = 8, units: bool = True, display_px: int = 88, name: str = "sheet"
) -> artifact.Sprite:
    """Pack arcs into one picture."""
    side, rows = 64, -(-count // columns)
    sheet = Image.new("RGB", (columns * side, rows * side))
    tiles = []
    for i in range(count):
        sheet.paste(arc(i * 360 / count, side), (i % columns * side, i // columns * side))
        lines = (f"{3.1 + i / 7:.1f} of {2.9 + i / 8:.1f}",) if units else ()
        tiles.append(artifact.Tile(f"an arc at {i * 360 / count:.0f}°", f"mixed3b:{i}" if units else "", lines))
    image = artifact.Image(encoded(sheet), "image/webp", *sheet.size, f"{count} arcs", name="sheet")
    return artifact.Sprite(image, tuple(tiles), side, columns, display_px, name=name)


def response(angle_deg: float, best_deg: float) -> float:
    return max(0.0, math.cos(math.radians(angle_deg - best_deg))) ** 4


HOVER = {"type": "point", "fields": ["unit"], "on": "pointerover", "clear": "pointerout"}


def lines(width: int = 560, height: int = 260) -> artifact.Artifact:
    """Draw tuning curves with a legend and a hover that isolates."""
    rows = [
        {"unit": f"mixed3b:{u}", "angle": a, "response": response(a, best)}
        for u, best in ((3, 90), (5, 160), (9, 250))
        for a in range(0, 361, 4)
    ]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width, "height": height, "data": {"values": rows},
        "params": [{"name": "isolated", "select": HOVER}],
        "mark": {"type": "line", "strokeWidth": 4},
        "encoding": {
            "x": {"field": "angle", "type": "quantitative", "title": "orientation (degrees)"},
            "y": {"field": "response", "type": "quantitative", "title": "response (of maximum)"},
            "color": {"field": "unit", "type": "nominal", "scale": {"range": list(theme.SERIES[:3])}, "title": None},
            "opacity": {"condition": {"param": "isolated", "value": 1}, "value": 0.15},
            "tooltip": [{"field": "unit"}, {"field": "angle", "title": "degrees"}],
        },
    }  # fmt: skip
    chart = vega.chart(spec, name="tuning", alt="Three bell-shaped curves of response against orientation.")
    table = artifact.Table(("unit", "angle", "response"), tuple(tuple(row.values()) for row in rows))
    return artifact.Artifact(chart.alt, (chart,), table, {"half_width_deg": 33.4}, ("Responses are rectified.",))


def bars(width: int = 900, height: int = 200) -> artifact.Artifact:
    rows = [{"unit": f"mixed3b:{i}", "response": 0.2 + 0.8 * abs(math.sin(i))} for i in range(24)]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width, "height": height, "data": {"values": rows}, "mark": "bar",
        "encoding": {
            "x": {"field": "unit", "type": "nominal", "sort": None, "title": "unit", "axis": {"labelAngle": -45}},
            "y": {"field": "response", "type": "quantitative", "title": "response"},
        },
    }  # fmt: skip
    chart = vega.chart(spec, name="wide", alt="Bars of many heights.")
    return artifact.Artifact(
        chart.alt, (chart,), artifact.Table(("unit", "response"), tuple(tuple(r.values()) for r in rows))
    )


def pages() -> artifact.Artifact:
    """Tiles on three pages of two looks each, the last page shorter."""
    looks, labels, table = ("image", "turned"), ("1", "2", "3"), lines().table
    parts = tuple(
        dataclasses.replace(
            sprite(8 - 4 * (page == "3"), units=False, display_px=48, name=f"{look}-{page}"),
            per_row=4, title="", shown={"page": page, "look": look},
        )
        for page in labels for look in looks
    )  # fmt: skip
    controls = (artifact.Control("look", "toggle", looks, "Show"), artifact.Control("page", "pages", labels))
    return artifact.Artifact("Arcs on pages.", parts, table, controls=controls)


def steps() -> artifact.Artifact:
    """A picture and a chart for each of four steps, under two sliders of one name, and a picture that stays."""
    labels, chart = ("0", "10", "20", "30"), lines(300, 120).parts[0]
    parts = [dataclasses.replace(picture(45), name="source", title="Source")]
    for i, label in enumerate(labels):
        parts += [dataclasses.replace(one, shown={"step": label}) for one in (picture(i * 40), chart)]
    controls = (artifact.Control("step", "slider", labels, "Step"), artifact.Control("step", "slider", labels, "Again"))
    return artifact.Artifact("Arcs in steps.", tuple(parts), lines().table, controls=controls)


def card(index: int) -> artifact.Artifact:
    """Show a unit: its picture, its examples, and its tuning."""
    table = artifact.Table(("unit", "mean", "deviation"), ((f"mixed3b:{index}", 0.31, 0.52),))
    chart = lines(420, 180).parts[0]
    parts = (picture(index * 22.5), sprite(12, units=False, display_px=64, name="examples"), chart)
    return artifact.Artifact(
        f"mixed3b:{index} and the images that excite it.", parts, table, {"mean": index * 7 % 16 / 10}
    )


def view(site: Site, made: artifact.Artifact, figure: str, stem: str) -> FigureView:
    """Publish an artifact as a build does."""
    meta, objects = artifact.pack(made)
    record = read(json.loads(json.dumps(meta)))
    assets, drawings = {}, {}
    for part in record.parts:
        assets |= {digest: site.asset(f"{stem}.{extension}", objects[digest]) for extension, digest in part.pictures}
        if isinstance(part, LivePart):
            for digest in (part.network, part.scene):
                assets[digest] = site.asset(f"{stem}.js", page.live_script(digest, objects[digest]))
        if isinstance(part, ChartPart):
            drawings[part.svg] = objects[part.svg].decode()
            for form in part.forms:
                assets |= _chart(site, objects, form, stem)
    for kind, digest in record.table.files:
        assets[digest] = site.asset(f"{stem}.{kind}", objects[digest])
    return FigureView(
        record, PROVENANCE | {"figure": figure}, f":::{{{figure}}}\n:units: mixed3b:0..15\n:::", assets, drawings
    )


def _chart(site: Site, objects: dict[str, bytes], part: ChartPart, stem: str) -> dict[str, str]:
    """Publish a form of a chart: its specification, and its drawing for light pages and dark ones."""
    colours = drawing.dark_colours((TEMPLATES / "static" / "palette.css").read_text("utf-8"))
    return {
        part.spec: site.asset(f"{stem}.js", page.spec_script(part.spec, objects[part.spec])),
        part.svg: site.asset(f"{stem}.svg", objects[part.svg]),
        FigureView.dark_of(part.svg): site.asset(
            f"{stem}-dark.svg", drawing.dark(objects[part.svg].decode(), colours).encode()
        ),
    }


PROVENANCE = {
    "parameters": {"units": [f"mixed3b:{i}" for i in range(16)], "model": "sample", "negative": False, "steps": 256},
    "models": {"sample": "5f2b9c01" * 8},
    "datasets": {"sample:6000": "90aa11ce" * 8},
    "seed": 0,
    "measurements": [
        {"name": "responses", "key": "ab" * 32, "seconds": 21.31},
        {"name": "scan", "key": "cd" * 32, "seconds": 203.0},
    ],
    "seconds": 224.3,
    "device": "cpu",
    "versions": {"python": "3.11.2", "numpy": "2.3.1", "altair": "6.0.0"},
    "date": "2026-11-21T08:00:00+00:00",
    "key": "0123456789abcdef" * 4,
}  # fmt: skip


cut_fonts = functools.cache(fonts.fonts)
runtime = functools.cache(vega_runtime.runtime)


def shared(site: Site) -> SiteView:
    static = TEMPLATES / "static"
    faces = {name: site.asset(name, data) for name, data in cut_fonts().items()}
    rules = fonts.font_css({name: Path(address).name for name, address in faces.items()})
    sheets = "".join(path.read_text("utf-8") for path in sorted(static.glob("*.css")))
    reading, elements, charts, live = (
        b"".join((static / name).read_bytes() for name in names) for names in (READING, ELEMENTS, CHARTS, LIVE)
    )
    script = {path.stem: site.asset(path.name, path.read_bytes()) for path in static.glob("*.js")}
    shaders = (static / SHADERS).read_bytes()
    devices = tuple(
        (name, site.asset(f"{name}.js", shaders + (static / f"{name}.js").read_bytes())) for name in DEVICES
    )
    return SiteView(
        title="Sample", description="A site made for looking at sites.",
        styles=(site.asset("style.css", (rules + sheets).encode()), "assets/sizes.css"),
        theme=script["theme"], scripts=(site.asset("reading.js", reading),), sheet=script["sheet"], elements=site.asset("elements.js", elements),
        walks=script["hierarchy"], charts=site.asset("live-charts.js", charts), mosaic=script["mosaic"], lasso=script["lasso"],
        near=script["near"], live=site.asset("live.js", live), devices=devices, runtime=site.asset("vega.js", runtime()),
        preload=(faces["serif-regular.woff2"], faces["sans-regular.woff2"]),
        sections=(("Units of sample", "units/sample/index.html"),),
    )  # fmt: skip


def build(
    folder: Path, source: Path, text: str = TEXT, more: Mapping[str, artifact.Artifact | Several] | None = None
) -> dict[str, Path]:
    """Write the sample site into `folder`, its article's source into `source`; pages by address.

    `more` are figures by name, beside those of the sample.
    """
    site = Site(folder)
    source.mkdir(parents=True, exist_ok=True)
    (source / "arcs").mkdir(exist_ok=True)
    (source / "arcs" / "index.md").write_text(text, "utf-8")
    (source / "arcs" / "sample.bib").write_text(BIB, "utf-8")
    common, env = shared(site), page.environment([TEMPLATES])
    units = {f"sample/mixed3b:{i}": _unit(site, i) for i in range(16)}
    figures = {
        "fig-sheet": view(site, artifact.Artifact("Sixteen arcs.", (sprite(16),), lines().table), "sheet", "sheet"),
        "fig-tuning": view(site, lines(), "tuning", "tuning"),
        "fig-wide": view(site, bars(), "wide", "wide"),
        **{f"fig-{name}": _view(site, made, name) for name, made in (more or {}).items()},
    }
    row = _article(site, env, common, source, figures, units)
    _units(site, env, common, units)
    rows = [row, Row("A second article", "arcs/index.html", "Nothing but words.", ("Otto Muster",), draft=True)]
    site.write("index.html", page.front_page(env, Frame(common, "index.html"), rows, dict(common.sections)))
    site.write("404.html", page.not_found(env, Frame(common, "404.html")))
    (folder / "assets" / "sizes.css").write_bytes(page.sizes(env))
    return site.pages


def _view(site: Site, made: artifact.Artifact | Several, name: str) -> FigureView:
    """Publish an artifact, or several among which a reader chooses."""
    if isinstance(made, artifact.Artifact):
        return view(site, made, name, name)
    choices, several = made
    views = [(labels, view(site, one, name, f"{name}-{n}")) for n, (labels, one) in enumerate(several)]
    named = [
        (labels, dataclasses.replace(one, state=states.words(choices, labels), page=f"figures/arcs/{name}/{n}.html"))
        for n, (labels, one) in enumerate(views)
    ]
    return states.joined(choices, named)


def _unit(site: Site, index: int) -> UnitView:
    figure = view(site, card(index), "unit-card", f"mixed3b-{index}")
    return UnitView("sample", f"mixed3b:{index}", f"units/sample/mixed3b-{index}.html", figure)


def _article(site, env, common, source, figures, units) -> Row:
    frame = Frame(common, "arcs/index.html")
    article = articles.read(source / "arcs" / "index.md", source)
    parts = PageParts(env, frame, figures, units, model="sample")
    body = document.render(article, parts)
    problems = [p for p in article.problems if "mixed" not in p.message]
    assert not problems, problems
    hero = parts.hero(Hero("fig-sheet"))
    site.write(frame.path, page.article(env, frame, article, body, hero=hero, cards=parts.cards()))
    home = PageParts(env, Frame(common, "index.html"), figures, units)
    names = tuple(author.name for author in article.front.authors)
    return Row(article.front.title, frame.path, article.front.description, names, article.front.date, 4,
               hero=home.hero(Hero("fig-sheet")))  # fmt: skip


def _units(site, env, common, units) -> None:
    views = list(units.values())
    mentions = [Mention("Arcs in a small sample", "arcs/index.html#fig-sheet")]
    for before, unit, after in zip([None, *views[:-1]], views, [*views[1:], None], strict=True):
        html = page.specimen(env, Frame(common, unit.url), unit, mentions=mentions, previous=before, following=after,
                             index="units/sample/index.html", units=units)  # fmt: skip
        site.write(unit.url, html)
    index = Frame(common, "units/sample/index.html")
    site.write(index.path, page.unit_index(env, index, "sample", views))
