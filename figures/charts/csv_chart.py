"""Draw columns of an author's table as lines, points, bars or areas, with errors, in panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from figures.artifact import Chart
from figures.charts import theme, vega

if TYPE_CHECKING:
    from figures.methods.csv_data import Lines

Kind = Literal["line", "points", "bar", "area"]
Scale = Literal["linear", "log"]


@dataclass(frozen=True)
class Page:
    """How wide a chart is on a page, and a panel, in pixels; and how many panels stand in a row."""

    chart: int
    panel: int
    columns: int


WIDE, NARROW = Page(600, 268, 2), Page(290, 290, 1)
_TYPES = {"number": "Q", "date": "T", "word": "N"}
GREY = 0.18
"""How much of its colour a band of errors has."""


@dataclass(frozen=True)
class Look:
    """How a chart looks: titles of its axes and of its legend, scales, and the height of a panel in pixels."""

    kind: Kind = "line"
    x: str = ""
    y: str = ""
    colour: str = ""
    x_scale: Scale = "linear"
    y_scale: Scale = "linear"
    height: int = 260


def draw(lines: Lines, look: Look, *, name: str = "chart", alt_text: str) -> Chart:
    """Draw all points of each panel, once more for a narrow page; panels share their axes."""
    layers = alt.layer(*_layers(lines, look), data=alt.Data(values=_rows(lines)))
    wide, narrow = (_sized(layers, lines, look, page) for page in (WIDE, NARROW))
    return vega.chart(wide, name=name, alt=alt_text, narrow=narrow)


def _sized(
    layers: alt.LayerChart | alt.FacetChart, lines: Lines, look: Look, page: Page
) -> alt.LayerChart | alt.FacetChart:
    panels = list(dict.fromkeys(lines.panels))
    if len(panels) < 2:
        return layers.properties(width=page.chart, height=look.height)
    header = alt.Header(title=None, labelAnchor="start")
    facet = alt.Facet("panel:N", sort=panels, header=header)
    return layers.properties(width=page.panel, height=look.height).facet(facet=facet, columns=page.columns)


def _rows(lines: Lines) -> list[dict[str, Any]]:
    ends = lines.ends or [()] * len(lines.y)
    points = zip(lines.x, lines.y, lines.series, lines.panels, ends, strict=True)
    return [
        {"x": x, "y": y, "series": series, "panel": panel, **dict(zip(("low", "high"), reach, strict=False))}
        for x, y, series, panel, reach in points
    ]


def _layers(lines: Lines, look: Look) -> list[alt.Chart]:
    """Draw errors below lines and above bars."""
    base = alt.Chart().encode(_along(lines, look), alt.Y("y:Q", title=look.y, **_drawn(look)))
    marks = _marks(base, lines, look)
    if not lines.ends:
        return [marks]
    is_band = look.kind in ("line", "area") and lines.kind != "word"
    errors = base.mark_area(opacity=GREY) if is_band else base.mark_rule()
    low, high = alt.Y("low:Q", title=look.y, **_drawn(look)), alt.Y2("high:Q")
    reach = _coloured(errors, lines, look).encode(low, high)
    return [marks, reach] if look.kind == "bar" else [reach, marks]


def _drawn(look: Look) -> dict[str, Any]:
    """Bars and areas begin at zero, and areas of several series stand on each other."""
    zero = look.kind in ("bar", "area") and look.y_scale == "linear"
    stack = {"stack": "zero" if look.kind == "area" else None}
    return {"scale": alt.Scale(type=look.y_scale, zero=zero, nice=look.y_scale == "linear"), **stack}


def _along(lines: Lines, look: Look) -> alt.X:
    words = lines.kind == "word" or look.kind == "bar"
    if words:
        order: list[Any] = list(dict.fromkeys(lines.x))
        return alt.X("x:O", title=look.x, sort=order, axis=alt.Axis(labelAngle=0))
    if lines.kind == "date":
        return alt.X("x:T", title=look.x)
    return alt.X("x:Q", title=look.x, scale=alt.Scale(type=look.x_scale, zero=False, nice=False))


def _marks(base: alt.Chart, lines: Lines, look: Look) -> alt.Chart:
    tips = [alt.Tooltip("series:N", title=look.colour or "series")] if any(lines.series) else []
    tips += [alt.Tooltip(f"x:{_TYPES[lines.kind]}", title=look.x), alt.Tooltip("y:Q", title=look.y, format=".4~g")]
    drawn = {
        "line": base.mark_line(point={"size": 24, "filled": True}),
        "points": base.mark_point(),
        "bar": base.mark_bar(),
        "area": base.mark_area(opacity=0.8),
    }[look.kind]
    return _coloured(drawn, lines, look).encode(tooltip=tips)


def _coloured(chart: alt.Chart, lines: Lines, look: Look) -> alt.Chart:
    """Tell series apart by their colour, bars of one x by their place too."""
    names = list(dict.fromkeys(lines.series))
    if names == [""]:
        return chart
    shown = alt.Legend(title=look.colour or None, symbolType="circle", symbolOpacity=1)
    colours = alt.Scale(domain=names, range=[theme.SERIES[i % len(theme.SERIES)] for i in range(len(names))])
    drawn = chart.encode(color=alt.Color("series:N", sort=names, scale=colours, legend=shown))
    return drawn.encode(xOffset=alt.XOffset("series:N", sort=names)) if look.kind == "bar" else drawn
