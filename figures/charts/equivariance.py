"""Draw how alike the units of a family are once they are turned: curves over each other, and matrices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart, Control
from figures.charts import focus, labels, theme, vega

if TYPE_CHECKING:
    from figures.methods.equivariance import Equivariance

PICTURES = Control("pictures", "toggle", ("turned", "as they are"), "Pictures")
"""What a reader chooses where both matrices of pictures are drawn."""
_STEP_DEG, _CELL = 3, 34


def draw(
    seen: Equivariance, *, width: int = 600, height: int = 220, name: str = "equivariance", alt_text: str
) -> Chart:
    """Draw curves that all prefer 0 over each other, and their mean as a broad line.

    Pointing at a curve fades the others; each has the colour of the direction it prefers.
    """
    known = [i for i, curve in enumerate(seen.turned) if not np.isnan(curve).any()]
    ticks = alt.Axis(values=list(range(-180, 181, 45)), title="away from the direction it prefers (degrees)")
    x = alt.X("a:Q", scale=alt.Scale(domain=[-180, 180], nice=False), axis=ticks)
    y = alt.Y("v:Q", axis=alt.Axis(title="response (share of its peak)", tickCount=4))
    layers = [_lines(seen, known).encode(x=x, y=y), _mean(seen.turned[known]).encode(x=x, y=y)]
    drawing = alt.layer(*layers).add_params(*focus.parameters()).properties(width=width, height=height)
    pointed = {"lines": "u"} if known else None
    return vega.chart(drawing, narrow=vega.fitted(drawing), name=name, alt=alt_text, pointed=pointed)


def _lines(seen: Equivariance, known: Sequence[int]) -> alt.Chart:
    names, angles = seen.units, seen.seen.summary.preferred_deg
    rows = [{"u": names[i], **point} for i in known for point in _points(seen.turned[i])]
    colours = [theme.orientation_colour(angles[i]) for i in known]
    scale = alt.Scale(domain=[names[i] for i in known], range=colours)
    stroke = alt.Stroke("u:N", scale=scale, legend=None)
    lines = alt.Chart(alt.Data(values=rows)).mark_line(strokeWidth=1.4, order=False).properties(name="lines")
    return lines.encode(detail="u:N", stroke=stroke, opacity=focus.opacity("u", shown=0.8), tooltip="u:N")


def _mean(curves: np.ndarray) -> alt.Chart:
    mean = curves.mean(axis=0) if len(curves) else np.zeros(curves.shape[1])
    rows = alt.Chart(alt.Data(values=_points(mean)))
    return rows.mark_line(strokeWidth=4, stroke=theme.INK, strokeOpacity=0.75, order=False)


def _points(curve: np.ndarray) -> list[dict[str, object]]:
    """Read a curve at even steps from -180 to 180 degrees."""
    angles = np.arange(-180, 181, _STEP_DEG)
    index = np.round(angles * len(curve) / 360).astype(int) % len(curve)
    return [{"a": int(a), "v": round(float(curve[j]), 3)} for a, j in zip(angles, index, strict=True)]


def matrices(seen: Equivariance) -> Iterator[Chart]:
    """Draw all that was compared, a matrix each; where units' pictures were, a reader chooses turned or not."""
    shown: dict[str, Any]
    answer = "Response to another unit's picture"
    own = "as a share of that to its own"
    curves = "Correlation of the curves, each turned to prefer 0"
    yield matrix(seen.agreement, seen.units, title=curves, rows="curve of", columns="and of", name="agreement")
    if seen.pictures:
        turned, still = seen.pictures.turned, seen.pictures.still
        shown = {"rows": "picture of", "columns": "shown to"}
        title = f"{answer}, turned to where the unit looks, {own}"
        yield _chosen(matrix(turned, seen.units, title=title, name="turned", **shown), PICTURES.labels[0])
        title = f"{answer} as it is, {own}"
        yield _chosen(matrix(still, seen.units, title=title, name="still", **shown), PICTURES.labels[1])
    if seen.filters:
        title = "Cosine of filters, turned from one direction to the other"
        shown = {"rows": "filter of", "columns": "and of"}
        yield matrix(seen.filters.turned, seen.units, title=title, name="turned-filters", **shown)


def _chosen(chart: Chart, label: str) -> Chart:
    return replace(chart, shown={PICTURES.name: label})


def matrix(
    values: np.ndarray,
    names: Sequence[str],
    *,
    title: str,
    rows: str,
    columns: str,
    most: float = 1.0,
    cell: int = _CELL,
    name: str,
    alt_text: str = "",
) -> Chart:
    """Draw a square matrix below its title: below 0 blue, above vermilion, full colour at plus and minus `most`.

    Numbers stand inside up to twelve units. By default it is told by its title and the mean beside the diagonal.
    """
    known, steps, layer = labels.short(names), len(theme.DIVERGING), labels.shared(names)
    rows, columns = (f"{words} {layer}".rstrip() for words in (rows, columns))
    cells = [
        {"r": known[i], "c": known[j], "v": round(float(value), 3), "f": _colour(float(value) / most, steps),
         "t": _short(float(value)) if len(names) <= 12 else "", "s": bool(abs(value) > 0.62 * most)}
        for i, line in enumerate(values)
        for j, value in enumerate(line)
        if not np.isnan(value)
    ]  # fmt: skip
    axis: dict[str, Any] = {"domain": False, "ticks": False, "grid": False, "labelLimit": 180}
    x = alt.X("c:N", sort=known, scale=alt.Scale(domain=known), axis=alt.Axis(title=columns, labelAngle=-45, **axis))
    y = alt.Y("r:N", sort=known, scale=alt.Scale(domain=known), axis=alt.Axis(title=rows, **axis))
    base = alt.Chart(alt.Data(values=cells)).encode(x=x, y=y)
    tips = [alt.Tooltip("r:N", title=rows), alt.Tooltip("c:N", title=columns), alt.Tooltip("v:Q", title="is")]
    squares = base.mark_rect(stroke=theme.PAPER, strokeWidth=1).encode(fill=alt.Fill("f:N", scale=None), tooltip=tips)
    ink = alt.condition("datum.s", alt.value(theme.PAPER), alt.value(theme.INK))
    numbers = base.mark_text(fontSize=11, baseline="middle").encode(text="t:N", fill=ink)
    drawing = alt.layer(squares, numbers).properties(width=cell * len(names), height=cell * len(names))
    return replace(vega.chart(drawing, name=name, alt=alt_text or f"{title}; {_mean_beside(values)}"), title=title)


def _mean_beside(values: np.ndarray) -> str:
    apart = values[~np.eye(len(values), dtype=bool)]
    known = apart[~np.isnan(apart)]
    return f"{known.mean() if len(known) else np.nan:.2f} on average."


def _short(value: float) -> str:
    """Write a number with two decimals and no idle zero before them: `.25`, `-.03`, `1.00`."""
    text = f"{round(value, 2) + 0:.2f}"
    return text.replace("0.", ".", 1) if abs(round(value, 2)) < 1 else text


def _colour(share: float, steps: int) -> str:
    """Return the token for a share of the full colour in [-1, 1]."""
    return theme.DIVERGING[round((min(max(share, -1), 1) + 1) / 2 * (steps - 1))]
