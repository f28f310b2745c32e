"""Draw what one gave against what another gave, as a square of counts."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import theme, vega

CELL_PX = 64


def draw(
    names: Sequence[str],
    counts: np.ndarray,
    *,
    rows: str,
    columns: str,
    cell_px: int = CELL_PX,
    name: str = "confusion",
    alt_text: str,
) -> Chart:
    """Draw counts (rows, columns), each cell coloured by its share of the row; `rows` and `columns` say who."""
    order = list(names)
    x = alt.X("other:N", title=columns, sort=order, axis=alt.Axis(labelAngle=0, ticks=False, domain=False))
    y = alt.Y("one:N", title=rows, sort=order, axis=alt.Axis(grid=False))
    base = alt.Chart(alt.Data(values=_cells(names, counts))).encode(x, y)
    side = cell_px * len(names)
    layers = alt.layer(_squares(base, rows, columns), _numbers(base)).properties(width=side, height=side)
    return vega.chart(layers, name=name, alt=alt_text)


def _cells(names: Sequence[str], counts: np.ndarray) -> list[dict[str, object]]:
    return [
        {"one": one, "other": other, "n": round(float(counts[i, j]), 1), "share": _share(counts[i], j)}
        for i, one in enumerate(names)
        for j, other in enumerate(names)
    ]


def _share(row: np.ndarray, column: int) -> float:
    return round(float(row[column] / row.sum()), 4) if row.sum() else 0.0


def _squares(base: alt.Chart, rows: str, columns: str) -> alt.Chart:
    told = [
        alt.Tooltip("one:N", title=rows),
        alt.Tooltip("other:N", title=columns),
        alt.Tooltip("n:Q", title="crops", format="~g"),
        alt.Tooltip("share:Q", title="share of the row", format=".0%"),
    ]
    scale = alt.Scale(domain=[0, 1], range=list(theme.SEQUENTIAL), type="quantize")
    fill = alt.Fill("share:Q", scale=scale, legend=None)
    return base.mark_rect(stroke=theme.PAPER, strokeWidth=2).encode(fill=fill, tooltip=told)


def _numbers(base: alt.Chart) -> alt.Chart:
    ink = alt.condition("datum.share > 0.45", alt.value(theme.PAPER), alt.value(theme.INK))
    return base.mark_text(fontSize=14).encode(text=alt.Text("n:Q", format="~g"), fill=ink)
