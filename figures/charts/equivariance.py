"""Draw how alike the units of a family are once they are turned: curves over each other, and matrices."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np

from figures.charts import focus, theme

POINTED = {"lines": "u"}
"""The views whose marks can be pointed at, with the field that names the unit."""
_STEP_DEG, _CELL = 3, 34


def overlaid(
    turned: np.ndarray, preferred_deg: Sequence[float], names: Sequence[str], *, width: int = 600, height: int = 220
) -> alt.LayerChart:
    """Draw curves (units, orientations) that all prefer 0 over each other, and their mean as a broad line.

    Pointing at a curve fades the others; each has the colour of the direction it prefers.
    """
    count = turned.shape[1]
    angles = np.arange(-180, 181, _STEP_DEG)
    index = np.round(angles * count / 360).astype(int) % count
    known = [i for i in range(len(turned)) if not np.isnan(turned[i]).any()]
    rows = [{"u": names[i], "a": int(a), "v": round(float(turned[i, j]), 3)}
            for i in known for a, j in zip(angles, index, strict=True)]  # fmt: skip
    mean = turned[known].mean(axis=0) if known else np.zeros(count)
    average = [{"a": int(a), "v": round(float(mean[j]), 3)} for a, j in zip(angles, index, strict=True)]
    colours = [theme.orientation_colour(preferred_deg[i]) for i in known]
    scale = alt.Scale(domain=[names[i] for i in known], range=colours)
    ticks = alt.Axis(values=list(range(-180, 181, 45)), title="away from the direction it prefers (degrees)")
    x = alt.X("a:Q", scale=alt.Scale(domain=[-180, 180], nice=False), axis=ticks)
    y = alt.Y("v:Q", axis=alt.Axis(title="response (share of its peak)", tickCount=4))
    stroke = alt.Stroke("u:N", scale=scale, legend=None)
    lines = alt.Chart(alt.Data(values=rows)).mark_line(strokeWidth=1.4, order=False)
    lines = lines.encode(x=x, y=y, detail="u:N", stroke=stroke, opacity=focus.opacity("u", 0.8), tooltip="u:N")
    bold = alt.Chart(alt.Data(values=average)).mark_line(
        strokeWidth=4, stroke=theme.INK, strokeOpacity=0.75, order=False
    )
    layers = [lines.properties(name="lines"), bold.encode(x=x, y=y)]
    return alt.layer(*layers).add_params(*focus.parameters()).properties(width=width, height=height)


def matrix(
    values: np.ndarray, names: Sequence[str], *, rows: str, columns: str, most: float = 1.0, cell: int = _CELL
) -> alt.LayerChart:
    """Draw a square matrix: below 0 blue, above vermilion, full colour at plus and minus `most`; numbers inside."""
    steps = len(theme.DIVERGING)
    labels = list(names)
    cells = [
        {"r": labels[i], "c": labels[j], "v": round(float(value), 3), "f": _colour(float(value) / most, steps),
         "t": _short(float(value)) if len(names) <= 12 else "", "s": bool(abs(value) > 0.62 * most)}
        for i, line in enumerate(values)
        for j, value in enumerate(line)
        if not np.isnan(value)
    ]  # fmt: skip
    side = cell * len(names)
    axis = {"domain": False, "ticks": False, "grid": False, "labelLimit": 110}
    x = alt.X("c:N", sort=labels, scale=alt.Scale(domain=labels), axis=alt.Axis(title=columns, labelAngle=-45, **axis))
    y = alt.Y("r:N", sort=labels, scale=alt.Scale(domain=labels), axis=alt.Axis(title=rows, **axis))
    base = alt.Chart(alt.Data(values=cells)).encode(x=x, y=y)
    tips = [alt.Tooltip("r:N", title=rows), alt.Tooltip("c:N", title=columns), alt.Tooltip("v:Q", title="is")]
    squares = base.mark_rect(stroke=theme.PAPER, strokeWidth=1).encode(fill=alt.Fill("f:N", scale=None), tooltip=tips)
    ink = alt.condition("datum.s", alt.value(theme.PAPER), alt.value(theme.INK))
    numbers = base.mark_text(fontSize=11, baseline="middle").encode(text="t:N", fill=ink)
    return alt.layer(squares, numbers).properties(width=side, height=side)


def _short(value: float) -> str:
    """Write a number with two decimals and no idle zero before them: `.25`, `-.03`, `1.00`."""
    text = f"{round(value, 2) + 0:.2f}"
    return text.replace("0.", ".", 1) if abs(round(value, 2)) < 1 else text


def _colour(share: float, steps: int) -> str:
    """Return the token for a share of the full colour in [-1, 1]."""
    return theme.DIVERGING[round((min(max(share, -1), 1) + 1) / 2 * (steps - 1))]
