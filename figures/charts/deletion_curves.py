"""Draw how a unit's score falls as pixels go, and rises as they come back, for each of some maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import focus, theme, vega

if TYPE_CHECKING:
    from figures.methods.saliency.salient_picture import SalientPicture

WIDTH, HEIGHT = 268, 170
_PER_ROW = 5
"""How many names there is room for above both panels."""


def draw(seen: SalientPicture, *, axis: str, name: str = "curves", alt_text: str) -> Chart:
    """Draw the curves of all methods, deletion on the left and insertion on the right; `axis` names the score."""
    wide = _panels(seen, axis, 2).configure_legend(columns=_PER_ROW)
    pointed = {"deletion": "method", "insertion": "method"}
    return vega.chart(wide, narrow=_panels(seen, axis, 1), name=name, alt=alt_text, pointed=pointed)


def _panels(seen: SalientPicture, axis: str, across: int) -> alt.ConcatChart:
    first = _panel(seen, seen.trained.deletion, "deletion", axis)
    second = _panel(seen, seen.trained.insertion, "insertion", "" if across > 1 else axis)
    return alt.concat(first, second, columns=across, spacing=26).add_params(*focus.parameters())


def _panel(seen: SalientPicture, curves: np.ndarray, name: str, title: str) -> alt.Chart:
    words = {"deletion": "share of pixels made grey", "insertion": "share of pixels brought back"}
    top = [float(op(one)) for op in (np.min, np.max) for one in (seen.trained.deletion, seen.trained.insertion)]
    x = alt.X("share:Q", title=words[name], axis=alt.Axis(format=".0%", tickCount=4))
    y = alt.Y("score:Q", title=title or None, scale=alt.Scale(domain=[min(0.0, *top), max(top)], nice=True))
    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=2.5)
    colours = alt.Scale(domain=list(seen.methods), range=list(theme.SERIES[: len(seen.methods)]))
    tip = [alt.Tooltip("method:N"), alt.Tooltip("share:Q", format=".0%"), alt.Tooltip("score:Q", format=".3g")]
    drawn = alt.Chart(alt.Data(values=_rows(seen, curves)), name=name).mark_line()
    return drawn.encode(
        x, y, stroke=alt.Stroke("method:N", scale=colours, sort=list(seen.methods), legend=legend),
        opacity=focus.opacity("method"), tooltip=tip,
    ).properties(width=WIDTH, height=HEIGHT)  # fmt: skip


def _rows(seen: SalientPicture, curves: np.ndarray) -> list[dict[str, Any]]:
    return [
        {"method": method, "share": float(share), "score": float(f"{score:.5g}")}
        for method, curve in zip(seen.methods, curves.tolist(), strict=True)
        for share, score in zip(seen.shares, curve, strict=True)
    ]
