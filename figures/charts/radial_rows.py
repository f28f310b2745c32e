"""Draw several small radial tuning curves in rows: one for each unit, or one for each layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import focus, labels, radial, theme, vega

EACH_PX, IN_A_ROW = 110, 5
"""Side of a radial of one unit, and how many stand beside each other."""
_GAP, _LINE = 12, 16


@dataclass(frozen=True)
class Ring:
    """One radial: the tuning curves (units, orientations) that it holds, their angles and names, the lines below it."""

    curves: np.ndarray
    preferred_deg: Sequence[float] | np.ndarray
    names: Sequence[str]
    lines: tuple[str, ...] = ()


def draw(
    rings: Sequence[Ring],
    *,
    size: int = EACH_PX,
    columns: int = 6,
    normalise: bool = False,
    shared: bool = False,
    name: str,
    alt_text: str,
) -> Chart:
    """Draw radials of `size` px, so many in a row; see `radial.draw` for what one shows.

    Each has its own scale, or `shared` the largest response of all; with `normalise` every unit has its own.
    Pointing at a lobe fades all others.
    """
    pointed = {"lobes": "u"} if any(len(ring.curves) for ring in rings) else None
    most = max(1, (theme.NARROW_PX + _GAP) // (size + _GAP))
    forms = [_rows(rings, size, min(count, len(rings)), normalise, shared) for count in (columns, most)]
    return vega.chart(forms[0], narrow=forms[1], name=name, alt=alt_text, pointed=pointed)


def _rows(
    rings: Sequence[Ring], size: int, columns: int, normalise: bool, shared: bool
) -> alt.LayerChart | alt.FacetChart:
    below = _LINE * max(len(ring.lines) for ring in rings) + 4
    places = [
        (size / 2 + (i % columns) * (size + _GAP), size / 2 + i // columns * (size + below + _GAP))
        for i in range(len(rings))
    ]
    width, height = columns * (size + _GAP) - _GAP, places[-1][1] + size / 2 + below
    reach, top = size / 2.7, max(float(ring.curves.max(initial=0)) for ring in rings)
    tops = [top if shared else float(ring.curves.max(initial=0)) for ring in rings]
    scaled = [_relative(ring.curves, own, normalise) for ring, own in zip(rings, tops, strict=True)]
    layers = [
        *_grounds(places, reach, (width, height)),
        _lobes(rings, scaled, places, reach).properties(name="lobes"),
        _discs(places, reach),
        _words(rings, places, size),
    ]  # fmt: skip
    return alt.layer(*layers).add_params(*focus.parameters()).properties(width=width, height=height)


def each(
    curves: np.ndarray, preferred_deg: Sequence[float] | np.ndarray, names: Sequence[str], *, normalise: bool = False
) -> Chart:
    """Draw each unit's curve (units, orientations) in a radial of its own, all to one scale unless `normalise`d."""
    crowded = len(names) > IN_A_ROW
    titles = labels.short(names, crowded=crowded)
    rings = [
        Ring(curve[None], [angle], [unit], (title,))
        for curve, angle, unit, title in zip(curves, preferred_deg, names, titles, strict=True)
    ]
    words = f"The same curves, one by one: {', '.join(names)}."
    drawn = draw(
        rings, size=EACH_PX, columns=IN_A_ROW, normalise=normalise, shared=True, name="multiples", alt_text=words
    )
    return replace(drawn, title=labels.heading(names, crowded=crowded))


def _relative(curves: np.ndarray, top: float, normalise: bool) -> np.ndarray:
    tops = curves.max(axis=1, keepdims=True) if normalise else np.full((len(curves), 1), top)
    return curves / np.where(tops > 0, tops, 1)


def _place(field: str, side: str) -> dict[str, Any]:
    scale = alt.Scale(domain={"expr": f"[0, {side}]"}, nice=False, zero=False, reverse=side == "height")
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _xy() -> dict[str, Any]:
    return {"x": alt.X(**_place("x", "width")), "y": alt.Y(**_place("y", "height"))}


def _grounds(places: Sequence[tuple[float, float]], reach: float, size: tuple[float, float]) -> list[alt.Chart]:
    """The dashed ring at the largest response, and the two axes of every radial."""
    dashes: dict[str, Any] = {"strokeDash": [2, 4], "stroke": theme.QUIET, "opacity": 0.6}
    far, near = 1.3 * reach, 0.3 * reach
    rows = [
        {"x": x + dx * near, "y": y + dy * near, "x2": x + dx * far, "y2": y + dy * far}
        for x, y in places
        for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1))
    ]
    values = [{key: round(value, 1) for key, value in row.items()} for row in rows]
    axes = alt.Chart(alt.Data(values=values)).mark_rule(**dashes).encode(**_xy(), x2="x2:Q", y2="y2:Q")
    return [_circles(places, far).mark_point(filled=False, fill=None, strokeWidth=1, **dashes), axes]


def _discs(places: Sequence[tuple[float, float]], reach: float) -> alt.Chart:
    """The circles of no response."""
    discs = _circles(places, 0.3 * reach)
    return discs.mark_point(fill=theme.PAPER, stroke=theme.QUIET, strokeWidth=1, strokeOpacity=0.6)


def _circles(places: Sequence[tuple[float, float]], radius: float) -> alt.Chart:
    values = [{"x": round(x, 1), "y": round(y, 1)} for x, y in places]
    return alt.Chart(alt.Data(values=values)).encode(**_xy(), size=alt.value((2 * radius) ** 2))


def _lobes(
    rings: Sequence[Ring], scaled: Sequence[np.ndarray], places: Sequence[tuple[float, float]], reach: float
) -> alt.Chart:
    names = [name for ring in rings for name in ring.names]
    angles = [angle for ring in rings for angle in ring.preferred_deg]
    colours = [theme.QUIET if np.isnan(angle) else theme.orientation_colour(angle) for angle in angles]
    scale = alt.Scale(domain=names, range=colours)
    rows = [
        {"u": name, "x": round(x0 + x, 1), "y": round(y0 + y, 1)}
        for ring, relative, (x0, y0) in zip(rings, scaled, places, strict=True)
        for curve, name in zip(relative, ring.names, strict=True)
        for x, y in radial.lobe(curve, reach).tolist()
    ]
    mark = alt.Chart(alt.Data(values=rows)).mark_line(
        interpolate="linear-closed", strokeWidth=1.4, fillOpacity=0.28, filled=True, order=False
    )
    fill, stroke = alt.Fill("u:N", scale=scale, legend=None), alt.Stroke("u:N", scale=scale, legend=None)
    encoded = mark.encode(**_xy(), detail="u:N", opacity=focus.opacity("u"), fill=fill, stroke=stroke)
    return encoded.encode(tooltip=alt.Tooltip("u:N", title="unit"))


def _words(rings: Sequence[Ring], places: Sequence[tuple[float, float]], size: float) -> alt.Chart:
    rows = [
        {"x": round(x, 1), "y": round(y + size / 2 + _LINE * (i + 0.5), 1), "t": line, "i": i}
        for ring, (x, y) in zip(rings, places, strict=True)
        for i, line in enumerate(ring.lines)
    ]
    colour = alt.condition("datum.i === 0", alt.value(theme.INK), alt.value(theme.QUIET))
    words = alt.Chart(alt.Data(values=rows)).mark_text(fontSize=12, baseline="middle")
    return words.encode(**_xy(), text="t:N", fill=colour)
