"""Draw what two units answer to the images of a data set: one against the other, a point an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from figures.artifact import Chart
from figures.charts import theme, vega

if TYPE_CHECKING:
    from figures.methods.walks.edge import Edge

SIDE = 300


def draw(seen: Edge, *, name: str = "pairs", alt_text: str) -> Chart:
    """Draw the upper unit's answers upwards, the lower one's to the right; lines mark zero."""
    rows = [
        {"image": image, "lower": float(f"{lower:.4g}"), "upper": float(f"{upper:.4g}")}
        for image, lower, upper in zip(
            seen.pairs.image.tolist(), seen.pairs.lower.tolist(), seen.pairs.upper.tolist(), strict=True
        )
    ]
    x = alt.X("lower:Q", title=f"{seen.lower} at that place", scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=5))
    y = alt.Y("upper:Q", title=_upper(seen), scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=5))
    tip = [alt.Tooltip("image:Q"), alt.Tooltip("upper:Q", title=seen.upper), alt.Tooltip("lower:Q", title=seen.lower)]
    data = alt.Data(values=rows)
    dots = alt.Chart(data, name="images").mark_circle(size=22, opacity=0.45, color=theme.SERIES[1])
    return vega.chart(
        dots.encode(x, y, tooltip=tip).properties(width=SIDE, height=SIDE), name=name, alt=alt_text,
        title="Each point an image",
    )  # fmt: skip


def _upper(seen: Edge) -> str:
    return f"{seen.upper} ({seen.label})" if seen.label else f"{seen.upper} where it answers most"
