"""Draw how a heatmap comes about: stimuli in a grid, the same as strong as the response, the response alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import theme, vega
from figures.charts.outlines import SIDE, Look, key
from figures.charts.places import xy
from figures.charts.zoom import Rows

TITLES = ("stimuli", "the same, as strong as the response", "the response")
_LEFT, _RIGHT, _TOP, _GAP, _FOOT = 96, 14, 22, 34, 26
_NARROW = theme.NARROW_WITHIN_PX - _LEFT - _RIGHT
_FEW = range(8, 19)
"""How many orientations stand beside each other on a narrow page where their number can be so divided."""
_WITHIN = 0.9  # so that shapes keep to their cells as they turn


@dataclass(frozen=True)
class _Words:
    """What the second parameter is called, its unit, and the unit of responses."""

    second: str
    unit: str
    scale: str


def draw(
    responses: np.ndarray,
    values: Sequence[float],
    look: Look,
    *,
    second: str,
    unit: str,
    cell_px: float = 20.0,
    scale: str = "σ",
    name: str = "stimulus-grid",
    alt_text: str,
) -> Chart:
    """Draw responses (orientations, values), zero and above, the largest value on top; orientation 0 to the left.

    On a narrow page some orientations, evenly spaced, stand for all where there is no room for them.
    """
    of = _Words(second, unit, scale)
    every = _every(len(responses))
    room = _NARROW / len(responses) * every
    few = min(cell_px, int(room) or room)  # whole pixels, or neighbours would show their seams
    wide, narrow = (_drawing(responses, values, look, of, n, px) for n, px in ((1, cell_px), (every, few)))
    return vega.chart(wide, narrow=narrow, name=name, alt=alt_text)


def _every(orientations: int) -> int:
    """Return of how many orientations one is drawn on a narrow page."""
    return next((n for n in range(1, orientations) if orientations / n in _FEW), 1)


def _drawing(
    responses: np.ndarray, values: Sequence[float], look: Look, of: _Words, every: int, cell_px: float
) -> alt.LayerChart | alt.FacetChart:
    width, tall = len(responses) / every * cell_px, len(values) * cell_px
    tops = [_TOP + i * (tall + _GAP) for i in range(3)]
    rows, most = _rows(responses, values, look, cell_px, every), float(responses.max())
    layers = [layer for i, top in enumerate(tops) for layer in _strip(rows, look, top, i, cell_px, most)]
    layers += [_touch(rows, top, cell_px, of) for top in tops]
    words = _words(tops, width, tall, values, of, cell_px / 2, every)
    return alt.layer(*layers, words).properties(width=_LEFT + width + _RIGHT, height=tops[-1] + tall + _FOOT)


def _rows(responses: np.ndarray, values: Sequence[float], look: Look, cell_px: float, every: int = 1) -> Rows:
    """One row a cell: its place in a strip, its orientation, second parameter, response and colours."""
    down, top = np.argsort(np.argsort(-np.asarray(values))), float(responses.max()) or 1.0
    rows = []
    for i, line in enumerate(responses[::every]):
        angle = i * every * 360 / len(responses)
        part = angle * look.turn
        ink, ground = look.pairs[int((part - int(part)) * len(look.pairs))]
        rows += [
            {"x": _LEFT + i * cell_px, "y": float(down[j] * cell_px), "o": angle, "r": float(key(values[j])),
             "v": round(float(v), 3), "s": round(max(float(v), 0) / top, 3), "ink": ink, "ground": ground}
            for j, v in enumerate(line)
        ]  # fmt: skip
    return rows


def _strip(rows: Rows, look: Look, top: float, which: int, cell_px: float, most: float) -> list[alt.Chart]:
    """One strip: 0 the stimuli, 1 the same with the response as opacity, 2 the response as colour."""
    if which == 2:
        scale = alt.Scale(type="quantize", domain=[0, most or 1], range=list(theme.SEQUENTIAL))
        firing = _placed([row for row in rows if row["s"] > 1 / (4 * theme.STEPS)], top, cell_px, over=0.3)
        response = alt.Fill("v:Q", scale=scale, legend=None)
        return [firing.mark_rect().encode(**xy("x", "yy"), x2="x2:Q", y2="y2:Q", fill=response)]
    fill = {name: alt.Fill(f"{name}:N", scale=None, legend=None) for name in ("ink", "ground")}
    faint = {"opacity": alt.Opacity("s:Q", scale=None, legend=None)} if which else {}
    ground = _placed(rows, top, cell_px, over=0.3).mark_rect()
    paper = ground.encode(**xy("x", "yy"), x2="x2:Q", y2="y2:Q", fill=fill["ground"])
    return [paper, *_stimuli(rows, look, top, cell_px, fill["ink"], faint)]


def _stimuli(
    rows: Rows, look: Look, top: float, cell_px: float, ink: alt.Fill, faint: dict[str, Any]
) -> list[alt.Chart]:
    if look.pictures:
        named = [{**row, "url": _nearest(look.pictures[key(row["r"])], row["o"])} for row in rows]
        picture = _placed(named, top, cell_px).mark_image(width=cell_px, height=cell_px)
        return [picture.encode(**xy("cx", "cy"), url="url:N", **faint)]
    paths = ", ".join(f"'{name}': '{path}'" for name, path in look.paths.items())
    chart = _placed(rows, top, cell_px).transform_calculate(p=f"{{{paths}}}[datum.r]")
    mark = chart.mark_point(filled=True, opacity=1, strokeWidth=0, size=(2 * _WITHIN * cell_px / SIDE) ** 2)
    turned = {"shape": alt.Shape("p:N", scale=None, legend=None), "angle": alt.Angle("o:Q", scale=None)}
    return [mark.encode(**xy("cx", "cy"), fill=ink, **turned, **faint)]


def _nearest(pictures: Sequence[str], angle: float) -> str:
    return pictures[round(angle * len(pictures) / 360) % len(pictures)]


def _placed(rows: Rows, top: float, cell_px: float, over: float = 0.0) -> alt.Chart:
    """Lay a strip's cells out from `top` down."""
    middle = cell_px / 2
    return alt.Chart(alt.Data(values=rows)).transform_calculate(
        yy=f"datum.y + {top:g}", x2=f"datum.x + {cell_px + over:g}", y2=f"datum.y + {top + cell_px + over:g}",
        cx=f"datum.x + {middle:g}", cy=f"datum.y + {top + middle:g}",
    )  # fmt: skip


def _touch(rows: Rows, top: float, cell_px: float, of: _Words) -> alt.Chart:
    """What a pointer or the keyboard meets: each cell's numbers."""
    tooltip = [
        alt.Tooltip("o:Q", title="orientation (°)"),
        alt.Tooltip("r:Q", title=f"{of.second} ({of.unit})".removesuffix(" ()")),
        alt.Tooltip("v:Q", title=f"response ({of.scale})"),
    ]  # fmt: skip
    mark = _placed(rows, top, cell_px).mark_rect(fill="transparent")
    return mark.encode(**xy("x", "yy"), x2="x2:Q", y2="y2:Q", tooltip=tooltip)


def _words(
    tops: Sequence[float], width: float, tall: float, values: Sequence[float], of: _Words, middle: float, every: int
) -> alt.Chart:
    """Each strip's title above it, the second parameter's ends beside it, the angles below the last."""
    told = [TITLES[0] + (f" (one direction in {every})" if every > 1 else ""), *TITLES[1:]]
    titles = [{"t": title, "x": _LEFT, "y": top - 10, "align": "left"} for title, top in zip(told, tops, strict=True)]
    sign = "°" if of.unit == "°" else f" {of.unit}".rstrip()
    ends = [(f"{of.second} {max(values):.0f}{sign}", 12), (f"{min(values):.0f}{sign}", tall - 12)]
    sides = [{"t": t, "x": _LEFT - 10, "y": top + y, "align": "right"} for top in tops for t, y in ends]
    low, turns = tops[-1] + tall + 14, range(0, 360, 45 if width > _NARROW else 90)
    angles = [{"t": f"{a}°", "x": _LEFT + middle + a / 360 * width, "y": low, "align": "center"} for a in turns]
    angles += [{"t": "bulge towards", "x": 0, "y": low, "align": "left"}]
    text = alt.Chart(alt.Data(values=[*titles, *sides, *angles]))
    quiet: dict[str, Any] = {
        "baseline": "middle",
        "fontSize": 12,
        "fill": theme.QUIET,
        "align": {"expr": "datum.align"},
    }
    return text.mark_text(**quiet).encode(**xy(), text="t:N")
