"""Draw responses over orientation and curvature as strips, one a unit, below a row of stimuli."""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import numpy as np

from figures.charts import theme

COLUMNS = 120
STIMULI = 18
_LEFT, _ICON, _GAP, _LEGEND = 96, 26, 8, 34
_OVER = 0.3  # neighbours overlap a little, or the ground shines through where they meet


def heatmap(
    responses: np.ndarray,
    radii_px: np.ndarray,
    names: Sequence[str],
    stimuli: Sequence[str],
    *,
    unit: str = "σ",
    width: int = 600,
    row_px: float = 6.0,
    columns: int = COLUMNS,
) -> alt.LayerChart:
    """Draw responses (units, orientations, radii) at radii (units, radii) in pixels, as read, zero and above.

    Orientation runs to the right from 0 degrees, curvature down: the largest radius on
    top. Cells average the orientations they cover; zero is the ground. One scale serves
    all units. `stimuli` are data URIs of arcs at orientations evenly spaced from 0, each
    in the middle above its own.

    After Cammarata et al. (2021, "Curve Detectors", section "Synthetic curves").
    """
    cells = reduce(responses, columns)
    strip = responses.shape[2] * row_px
    top = _LEGEND + _ICON + _GAP
    rows = [top + i * (strip + _GAP) for i in range(len(names))]
    layers = [
        *_axis(stimuli, width), _cells(cells, radii_px, names, rows, width, row_px, unit),
        *_frames(names, radii_px, rows, strip, width), *_legend(float(cells.max()), width, unit),
    ]  # fmt: skip
    height = rows[-1] + strip + 22
    return alt.layer(*layers).properties(width=_LEFT + width + 14, height=height)


def reduce(responses: np.ndarray, columns: int) -> np.ndarray:
    """Average runs of orientations (units, orientations, radii) to at most so many columns of equal width."""
    many = responses.shape[1]
    per = next(size for size in range(1, many + 1) if many % size == 0 and many // size <= columns)
    return responses.reshape(len(responses), many // per, per, -1).mean(axis=2)


def _px(field: str, name: str) -> dict[str, object]:
    scale = alt.Scale(domain={"expr": f"[0, {name}]"}, nice=False, zero=False, reverse=name == "height")
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _xy(x: str = "x", y: str = "y") -> dict[str, object]:
    return {"x": alt.X(**_px(x, "width")), "y": alt.Y(**_px(y, "height"))}


def _chart(rows: list[dict[str, object]]) -> alt.Chart:
    return alt.Chart(alt.Data(values=rows))


def _cells(
    cells: np.ndarray, radii_px: np.ndarray, names: Sequence[str], tops: Sequence[float], width: int, row_px: float,
    unit: str,
) -> alt.Chart:  # fmt: skip
    """One rectangle for each cell that is not the ground."""
    step = width / cells.shape[1]
    scale = alt.Scale(type="quantize", domain=[0, float(cells.max()) or 1], range=list(theme.SEQUENTIAL))
    ends = {"x2": f"datum.x + {step + _OVER:.3f}", "y2": f"datum.y + {row_px + _OVER:g}"}
    angle = f"(datum.x - {_LEFT} + {step / 2:g}) * {360 / width:.6g}"
    placed = _chart(_cell_rows(cells, radii_px, names, tops, step, row_px)).transform_calculate(a=angle, **ends)
    tooltip = [
        alt.Tooltip("u:N", title="unit"), alt.Tooltip("a:Q", title="orientation (°)", format=".1f"),
        alt.Tooltip("r:Q", title="radius (px)"), alt.Tooltip("v:Q", title=f"response ({unit})"),
    ]  # fmt: skip
    fill = alt.Fill("v:Q", scale=scale, legend=None)
    return placed.mark_rect().encode(**_xy(), x2="x2:Q", y2="y2:Q", fill=fill, tooltip=tooltip)


def _cell_rows(
    cells: np.ndarray, radii_px: np.ndarray, names: Sequence[str], tops: Sequence[float], step: float, row_px: float
) -> list[dict[str, object]]:
    """Leave out what is less than a quarter of the first colour's step."""
    down = np.argsort(np.argsort(-radii_px, axis=1), axis=1)
    top = max(float(cells.max()), 0)
    least, digits = top / (4 * theme.STEPS), 4 - math.ceil(math.log10(top or 1))
    return [
        {
            "u": names[u], "x": round(float(_LEFT + column * step), 1),
            "y": round(float(tops[u] + down[u, r] * row_px), 1),
            "r": round(float(radii_px[u, r]), 1), "v": round(float(cells[u, column, r]), digits),
        }
        for u, column, r in np.argwhere(cells > least)
    ]  # fmt: skip


def _axis(stimuli: Sequence[str], width: int) -> list[alt.Chart]:
    """The stimuli along the top."""
    step = width / len(stimuli)
    y = _LEGEND + _ICON / 2
    icons = [
        {"x": round(_LEFT + i * step, 1), "y": y, "icon": icon, "a": round(i * 360 / len(stimuli), 1)}
        for i, icon in enumerate(stimuli)
    ]
    tip = alt.Tooltip("a:Q", title="orientation (°)")
    return [_chart(icons).mark_image(width=_ICON, height=_ICON).encode(**_xy(), url="icon:N", tooltip=tip)]


def _frames(
    names: Sequence[str], radii_px: np.ndarray, tops: Sequence[float], strip: float, width: int
) -> list[alt.Chart]:
    """Each strip's name and base line, the first one's radii, and the angles below the last."""
    named = [{"t": name, "x": 0, "y": top + strip / 2} for name, top in zip(names, tops, strict=True)]
    angles = [{"t": "bulge towards", "x": 36, "y": tops[-1] + strip + 14}]
    ends = [("radius ", radii_px[0].max(), tops[0] + 4), ("", radii_px[0].min(), tops[0] + strip - 5)]
    radii = [{"t": f"{word}{radius:.0f} px", "x": _LEFT - 10, "y": y} for word, radius, y in ends]
    lines = [{"x": _LEFT, "x2": _LEFT + width, "y": top + strip} for top in tops]
    angles += [{"t": f"{a}°", "x": _LEFT + a / 360 * width, "y": tops[-1] + strip + 14} for a in range(0, 361, 45)]
    quiet = {"fontSize": 12, "fill": theme.QUIET, "baseline": "middle"}
    return [
        _chart(lines).mark_rule(stroke=theme.RULE).encode(**_xy(), x2="x2:Q"),
        _chart(named).mark_text(align="left", baseline="middle", fontSize=12).encode(**_xy(), text="t:N"),
        _chart(radii).mark_text(align="right", **{**quiet, "fontSize": 11}).encode(**_xy(), text="t:N"),
        _chart(angles).mark_text(**quiet).encode(**_xy(), text="t:N"),
    ]


def _legend(top: float, width: int, unit: str) -> list[alt.Chart]:
    """The ramp, with its ends named, above the right end of the stimuli."""
    step = 9
    left = _LEFT + width - step * theme.STEPS - 40
    swatches = [{"x": left + i * step, "x2": left + (i + 1) * step, "c": c} for i, c in enumerate(theme.SEQUENTIAL)]
    words = [
        {"t": "0", "x": left - 8, "y": 10, "align": "right"},
        {"t": f"{top:.3g} {unit}", "x": left + step * theme.STEPS + 8, "y": 10, "align": "left"},
    ]
    swatch = _chart([{**s, "y": 5, "y2": 15} for s in swatches]).mark_rect()
    text = _chart(words).mark_text(fontSize=12, fill=theme.QUIET, baseline="middle", align={"expr": "datum.align"})
    return [
        swatch.encode(**_xy(), x2="x2:Q", y2="y2:Q", fill=alt.Fill("c:N", scale=None, legend=None)),
        text.encode(**_xy(), text="t:N"),
    ]
