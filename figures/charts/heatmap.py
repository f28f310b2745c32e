"""Draw responses over orientation and a second parameter as strips, one a unit, below a row of stimuli."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import labels, theme, uncopied, vega, zoom
from figures.charts.outlines import key
from figures.charts.panels import Panel, Strips
from figures.charts.places import xy
from figures.charts.zoom import Rows

COLUMNS = 120
_LEFT, _RIGHT, _ICON, _GAP, _LEGEND, _BESIDE = 96, 14, 26, 8, 34, 16
_HEADING, _ANGLES = 24, 14
"""Where a family's name stands below its panel's top, and where angles stand below its last strip."""
_CELL_PX, _APART = 4, 12.0
_OVER = 0.3  # neighbours overlap a little, or the ground shines through where they meet
_WIDTHS = (600, 330, 240, 200)
"""Of one family's strips, by how many families stand side by side."""


def draw(
    families: Sequence[Strips],
    names: Sequence[str],
    *,
    name: str,
    alt_text: str,
    ideals: Sequence[tuple[float, str, str]] = (),
    row_px: float = 6.0,
    unit: str = "σ",
) -> Chart:
    """Draw families side by side, below each other on a narrow page; a click on a cell shows its stimulus.

    All have one scale. Orientation runs to the right from 0 degrees, curvature down: the largest radius on top.
    Cells average the orientations they cover; zero is the ground. Stimuli stand in the middle above their own cells.

    After Cammarata et al. (2020, "Curve Detectors", section "Synthetic curves").

    `ideals` are, for each unit, the orientation of the arc it prefers, its path, and words about it (see
    `panels.ideals`); without them nothing is shown enlarged.
    """
    known = dict(zip(names, ideals, strict=True)) if ideals else {}
    wide, narrow = (
        _form(panels, names, known, row_px, unit, name, alt_text)
        for panels in (side_by_side(families, _left(names)), below_each_other(families, names, row_px))
    )
    return replace(wide, narrow=narrow)


def _form(
    panels: Sequence[Panel], names: Sequence[str], ideals: Mapping[str, tuple[float, str, str]], row_px: float,
    unit: str, name: str, alt_text: str,
) -> Chart:  # fmt: skip
    drawing, height = _layers(panels, names, row_px, unit)
    shown = bool(ideals) and any(panel.cells.max() > 0 for panel in panels)
    cells = [_cell_rows(panel, names, _tops(panel, names, row_px), row_px, _top(panels)) for panel in panels]
    width = panels[-1].left + panels[-1].width + _RIGHT
    inset = zoom.Inset(panels, width, height, row_px, unit)
    layers = [*drawing, *(inset.layers(cells, ideals) if shown else [])]
    chart = alt.layer(*layers).properties(width=width, height=height + (inset.height if shown else 0))
    spec = vega.compiled(chart.add_params(*zoom.parameters(panels, cells)) if shown else chart)
    spec = {**(zoom.clickable(spec, len(panels)) if shown else spec), "description": alt_text}
    return Chart(spec, *vega.drawn(spec, name=name, alt=alt_text), name, alt_text, labels.heading(names))


def _left(names: Sequence[str]) -> float:
    """Return where strips begin: right of the longest name."""
    return labels.room(labels.short(names), _LEFT - _GAP) + _GAP


def side_by_side(families: Sequence[Strips], left: float = _LEFT) -> list[Panel]:
    """Give each family its place from `left` on; the more there are, the narrower and coarser each is."""
    width = _WIDTHS[min(len(families), len(_WIDTHS)) - 1]
    columns = COLUMNS if len(families) == 1 else round(width / _CELL_PX)
    return [
        Panel(one, reduce(one.responses, columns), left + i * (width + _BESIDE), width)
        for i, one in enumerate(families)
    ]


def below_each_other(families: Sequence[Strips], names: Sequence[str], row_px: float) -> list[Panel]:
    """Give each family the width of a narrow page, and its place below the one before."""
    left, panels = _left(names), list[Panel]()
    top = 0.0 if len(families) == 1 else _APART  # a heading keeps away from the legend
    width = theme.NARROW_WITHIN_PX - left - _RIGHT
    for one in families:
        panels.append(Panel(one, reduce(one.responses, round(width / _CELL_PX)), left, width, top))
        top = _low(panels[-1], names, row_px) - _APART / 2
    return panels


def reduce(responses: np.ndarray, columns: int) -> np.ndarray:
    """Average runs of orientations (units, orientations, radii) to at most so many columns of equal width."""
    many = responses.shape[1]
    per = next(size for size in range(1, many + 1) if many % size == 0 and many // size <= columns)
    return responses.reshape(len(responses), many // per, per, -1).mean(axis=2)


def _top(panels: Sequence[Panel]) -> float:
    return max(float(panel.cells.max()) for panel in panels)


def _tops(panel: Panel, names: Sequence[str], row_px: float) -> list[float]:
    strip = _strip(panel, row_px)
    return [panel.top + _LEGEND + _ICON + _GAP + i * (strip + _GAP) for i in range(len(names))]


def _strip(panel: Panel, row_px: float) -> float:
    """Return how high a unit's strip is."""
    return panel.strips.responses.shape[2] * row_px


def _low(panel: Panel, names: Sequence[str], row_px: float) -> float:
    """Return where a family ends, angles and all."""
    return _tops(panel, names, row_px)[-1] + _strip(panel, row_px) + 22


def _layers(panels: Sequence[Panel], names: Sequence[str], row_px: float, unit: str) -> tuple[list[alt.Chart], float]:
    """Return the layers, and how high they are together."""
    top, layers, alone = _top(panels), [], len(panels) == 1
    for i, panel in enumerate(panels):
        tops = _tops(panel, names, row_px)
        strip = _strip(panel, row_px)
        rows = _cell_rows(panel, names, tops, row_px, top)
        layers += [_axis(panel), _cells(panel, rows, row_px, unit, top, i), *_frames(panel, tops, strip)]
        layers += [_ends(panel, tops[0], strip)] if alone else [_heading(panel)]
        layers += [_names(names, tops, strip)] if panel.left == panels[0].left else []
    last, low = panels[-1], max(_low(panel, names, row_px) for panel in panels)
    return [*layers, *_legend(top, last.left + last.width, unit)], low


def _chart(rows: Sequence[Mapping[str, object]]) -> alt.Chart:
    return alt.Chart(uncopied.data(rows))


def _cells(panel: Panel, rows: Rows, row_px: float, unit: str, top: float, number: int) -> alt.Chart:
    """One rectangle for each cell that is not the ground."""
    scale = alt.Scale(type="quantize", domain=[0, top or 1], range=list(theme.SEQUENTIAL))
    ends = {"x2": f"datum.x + {panel.step + _OVER:.3f}", "y2": f"datum.y + {row_px + _OVER:g}"}
    placed = _chart(rows).transform_calculate(a=panel.angle, **ends)
    second = f"{panel.strips.second} ({panel.strips.unit})".removesuffix(" ()")
    tooltip = [
        alt.Tooltip("u:N", title="unit"), alt.Tooltip("a:Q", title="orientation (°)", format=".1f"),
        alt.Tooltip("r:Q", title=second), alt.Tooltip("v:Q", title=f"response ({unit})"),
    ]  # fmt: skip
    fill = alt.Fill("v:Q", scale=scale, legend=None)
    drawn = placed.mark_rect().encode(**xy(), x2="x2:Q", y2="y2:Q", fill=fill, tooltip=tooltip)
    return drawn.properties(name=f"cells{number}")


def _cell_rows(panel: Panel, names: Sequence[str], tops: Sequence[float], row_px: float, top: float) -> Rows:
    """Leave out what is less than a quarter of the first colour's step; `w` is the middle stimulus's own response."""
    values, cells = panel.strips.values, panel.cells
    down = np.argsort(np.argsort(-values, axis=1), axis=1)
    least, digits = max(top, 0) / (4 * theme.STEPS), 4 - math.ceil(math.log10(max(top, 0) or 1))
    exact = panel.strips.responses[:, panel.per // 2 :: panel.per]
    own = {"w": exact} if panel.per > 1 else {}
    return [
        {
            "u": names[u], "x": round(float(panel.left + column * panel.step), 1),
            "y": round(float(tops[u] + down[u, r] * row_px), 1),
            "r": float(key(values[u, r])), "v": round(float(cells[u, column, r]), digits),
            **{name: round(float(one[u, column, r]), digits) for name, one in own.items()},
        }
        for u, column, r in np.argwhere(cells > least)
    ]  # fmt: skip


def _axis(panel: Panel) -> alt.Chart:
    """The stimuli along the top, as many as there is room for."""
    stimuli = panel.strips.stimuli
    many, step = len(stimuli), panel.width / len(stimuli)
    every = next((n for n in range(1, many + 1) if many % n == 0 and n * step >= _ICON), many)
    y = panel.top + _LEGEND + _ICON / 2
    icons = [
        {"x": round(panel.left + i * step, 1), "y": y, "icon": stimuli[i], "a": round(i * 360 / len(stimuli), 1)}
        for i in range(0, len(stimuli), every)
    ]
    tip = alt.Tooltip("a:Q", title="orientation (°)")
    return _chart(icons).mark_image(width=_ICON, height=_ICON).encode(**xy(), url="icon:N", tooltip=tip)


_QUIET: dict[str, Any] = {"fontSize": 12, "fill": theme.QUIET, "baseline": "middle"}


def _frames(panel: Panel, tops: Sequence[float], strip: float) -> list[alt.Chart]:
    """Each strip's base line, and the angles below the last."""
    left, wide = panel.left, panel.width
    lines = [{"x": left, "x2": left + wide, "y": top + strip} for top in tops]
    turns = range(0, 361, 45) if wide >= 500 else range(0, 360, 90)  # the next family's 0 stands where 360 would
    angles = [{"t": f"{a}°", "x": left + a / 360 * wide, "y": tops[-1] + strip + _ANGLES} for a in turns]
    return [
        _chart(lines).mark_rule(stroke=theme.RULE).encode(**xy(), x2="x2:Q"),
        _chart(angles).mark_text(**_QUIET).encode(**xy(), text="t:N"),
    ]


def _names(names: Sequence[str], tops: Sequence[float], strip: float) -> alt.Chart:
    """Each unit's name, and what the axis below is."""
    named = [{"t": name, "x": 0, "y": top + strip / 2} for name, top in zip(labels.short(names), tops, strict=True)]
    named += [{"t": "bulge towards", "x": 0, "y": tops[-1] + strip + _ANGLES, "quiet": 1}]
    colour = alt.condition("datum.quiet", alt.value(theme.QUIET), alt.value(theme.INK))
    text = _chart(named).mark_text(align="left", baseline="middle", fontSize=12)
    return text.encode(**xy(), text="t:N", fill=colour)


def _ends(panel: Panel, top: float, strip: float) -> alt.Chart:
    """The second parameter at both ends of the first strip."""
    one, own = panel.strips, panel.strips.values[0]
    ends = [(f"{one.second} ", own.max(), top + 4), ("", own.min(), top + strip - 5)]
    rows = [{"t": f"{word}{one.written(value)}", "x": panel.left - 10, "y": y} for word, value, y in ends]
    return _chart(rows).mark_text(align="right", **{**_QUIET, "fontSize": 11}).encode(**xy(), text="t:N")


def _heading(panel: Panel) -> alt.Chart:
    """The family's name, and its second parameter from top to bottom."""
    one, own = panel.strips, panel.strips.values[0]
    number = one.written(own.max()).removesuffix(f" {one.unit}")
    words = f"{one.title}: {one.second} {number} to {one.written(own.min())}"
    text = _chart([{"t": words, "x": panel.left, "y": panel.top + _HEADING}])
    return text.mark_text(align="left", **{**_QUIET, "fill": theme.INK}).encode(**xy(), text="t:N")


def _legend(top: float, right: float, unit: str) -> list[alt.Chart]:
    """The ramp, with its ends named, above the right end of the stimuli."""
    step, most = 9, f"{top:.3g} {unit}"
    left = right - step * theme.STEPS - 8 - labels.room([most], 0)
    swatches = [{"x": left + i * step, "x2": left + (i + 1) * step, "c": c} for i, c in enumerate(theme.SEQUENTIAL)]
    words = [
        {"t": "0", "x": left - 8, "y": 10, "align": "right"},
        {"t": most, "x": left + step * theme.STEPS + 8, "y": 10, "align": "left"},
    ]
    swatch = _chart([{**s, "y": 5, "y2": 15} for s in swatches]).mark_rect()
    text = _chart(words).mark_text(fontSize=12, fill=theme.QUIET, baseline="middle", align={"expr": "datum.align"})
    return [
        swatch.encode(**xy(), x2="x2:Q", y2="y2:Q", fill=alt.Fill("c:N", scale=None, legend=None)),
        text.encode(**xy(), text="t:N"),
    ]
