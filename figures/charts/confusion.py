"""Draw what one gave against what another gave, as a square of counts."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np

from figures.charts import theme

CELL_PX = 64


def confusion(
    names: Sequence[str], counts: np.ndarray, *, rows: str, columns: str, cell_px: int = CELL_PX
) -> alt.LayerChart:
    """Draw counts (rows, columns), each cell coloured by its share of the row; `rows` and `columns` say who."""
    cells = [
        {"one": one, "other": other, "n": round(float(counts[i, j]), 1), "share": _share(counts[i], j)}
        for i, one in enumerate(names)
        for j, other in enumerate(names)
    ]
    order = list(names)
    x = alt.X("other:N", title=columns, sort=order, axis=alt.Axis(labelAngle=0, ticks=False, domain=False))
    y = alt.Y("one:N", title=rows, sort=order, axis=alt.Axis(grid=False))
    told = [
        alt.Tooltip("one:N", title=rows),
        alt.Tooltip("other:N", title=columns),
        alt.Tooltip("n:Q", title="crops", format="~g"),
        alt.Tooltip("share:Q", title="share of the row", format=".0%"),
    ]
    base = alt.Chart(alt.Data(values=cells)).encode(x, y)
    scale = alt.Scale(domain=[0, 1], range=list(theme.SEQUENTIAL), type="quantize")
    square = base.mark_rect(stroke=theme.PAPER, strokeWidth=2).encode(
        fill=alt.Fill("share:Q", scale=scale, legend=None), tooltip=told
    )
    text = base.mark_text(fontSize=14).encode(
        text=alt.Text("n:Q", format="~g"),
        fill=alt.condition("datum.share > 0.45", alt.value(theme.PAPER), alt.value(theme.INK)),
    )
    side = cell_px * len(names)
    return alt.layer(square, text).properties(width=side, height=side)


def _share(row: np.ndarray, column: int) -> float:
    return round(float(row[column] / row.sum()), 4) if row.sum() else 0.0
