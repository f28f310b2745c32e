"""Draw responses of a family as ridges, one row a unit: many faint lines and their mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import focus, labels, theme, uncopied, vega

if TYPE_CHECKING:
    from figures.methods.joint_tuning import JointTuning

WIDTH, ROW_PX, ICON_PX = 560, 46, 36
LINES = 20
"""How many single examples are drawn of a unit, evenly spaced among all."""
_REACH = 0.95
_LEFT = ICON_PX + 14
_POINTED = {"faint": "u", "areas": "u", "means": "u", "icons": "u"}


@dataclass(frozen=True)
class Ridge:
    """One row: a unit, lines (n, angles), the angle that it is expected to prefer and its picture, or nan and ''."""

    name: str
    lines: np.ndarray
    mean: np.ndarray
    expected_deg: float
    peak_deg: float
    icon: str = ""


def rows(seen: JointTuning, icons: Sequence[str] = ()) -> list[Ridge]:
    """Prepare one row a unit, by its preferred direction; `icons` are data URIs of the units in their own order."""
    responses = np.maximum(seen.responses, 0)
    some = np.unique(np.linspace(0, len(responses) - 1, LINES).round().astype(int))
    means = np.maximum(seen.responses.mean(axis=0), 0)
    return [
        Ridge(
            name=seen.units[i],
            lines=responses[some, :, i],
            mean=means[:, i],
            expected_deg=float(seen.expected_deg[i]),
            peak_deg=float(seen.summary.preferred_deg[i]),
            icon=icons[i] if icons else "",
        )
        for i in seen.order
    ]


def draw(rows: Sequence[Ridge], *, title: str, width: int = WIDTH, name: str = "joint-tuning", alt_text: str) -> Chart:
    """Draw rows (lines over evenly spaced angles) below each other, each to the scale of its own mean.

    Ticks at the foot of each row are the expected angles; icons stand at the left. Pointing at
    a row fades the others.
    """
    above = max(_reach(row) - ROW_PX * rank for rank, row in enumerate(rows))
    height = ROW_PX * (len(rows) - 1) + max(round(above), ROW_PX) + 2
    colour = alt.Scale(domain=[row.name for row in rows], range=[_colour(row.expected_deg) for row in rows])
    feet = [height - ROW_PX * (len(rows) - 1 - i) - 1 for i in range(len(rows))]
    curves = [_Curves(row, foot) for row, foot in zip(rows, feet, strict=True)]
    x = alt.X("a:Q", title=title, scale=alt.Scale(domain=[0, 360], nice=False), axis=_axis())
    layers = [_feet(feet, x, height), _faint(curves, x, height, colour), *_means(curves, x, height, colour)]
    layers += [_ticks(rows, feet, x, height, colour), *_icons(rows, feet, height, colour)]
    drawing = alt.layer(*layers).add_params(*focus.parameters()).properties(width=width, height=height)
    heading = labels.heading([row.name for row in rows], crowded=True)
    narrow = vega.fitted(drawing)
    return vega.chart(drawing, narrow=narrow, name=name, alt=alt_text, title=heading, pointed=_POINTED)


class _Curves:
    """One row's lines as places on the page."""

    def __init__(self, row: Ridge, foot: int) -> None:
        self.row, self.foot = row, foot
        self.scale = _scale(row)
        self.angles = np.append(np.arange(len(row.mean)) * 360 / len(row.mean), 360.0).round(1).tolist()

    def y(self, curve: np.ndarray) -> list[float]:
        """Close the circle."""
        return np.round(self.foot - np.append(curve, curve[0]) * self.scale, 1).tolist()


def _scale(row: Ridge) -> float:
    """Return the pixels per response: the mean's peak nearly fills the row."""
    top = float(row.mean.max())
    return ROW_PX * _REACH / top if top > 0 else 0.0


def _reach(row: Ridge) -> float:
    """Return how far in pixels the lines of a row reach above its foot."""
    return _scale(row) * max(float(row.lines.max(initial=0)), float(row.mean.max()))


def _axis() -> alt.Axis:
    return alt.Axis(values=list(range(0, 361, 45)), labelExpr="datum.value + '°'")


def _y(height: int, field: str = "y") -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, height], nice=False, reverse=True, zero=False))


def _feet(feet: Sequence[int], x: alt.X, height: int) -> alt.Chart:
    rows = [{"a": 0, "b": 360, "y": foot} for foot in feet]
    return alt.Chart(uncopied.data(rows)).mark_rule(stroke=theme.RULE).encode(x=x, x2="b:Q", y=_y(height))


def _stroke(colour: alt.Scale) -> alt.Stroke:
    return alt.Stroke("u:N", scale=colour, legend=None)


def _faint(curves: Sequence[_Curves], x: alt.X, height: int, colour: alt.Scale) -> alt.Chart:
    """The lines of single examples; angles and heights come as lists, which keeps them short."""
    rows = [
        {"u": one.row.name, "e": rank, "a": one.angles, "y": one.y(line)}
        for one in curves
        for rank, line in enumerate(one.row.lines)
    ]
    base = alt.Chart(uncopied.data(rows), name="faint").transform_flatten(["a", "y"])
    line = base.mark_line(strokeWidth=0.8, order=False)
    return line.encode(
        x=x, y=_y(height), detail=["u:N", "e:N"], stroke=_stroke(colour), opacity=focus.opacity("u", shown=0.35)
    )


def _means(curves: Sequence[_Curves], x: alt.X, height: int, colour: alt.Scale) -> list[alt.Chart]:
    rows = [{"u": one.row.name, "f": one.foot, "a": one.angles, "y": one.y(one.row.mean)} for one in curves]
    base = alt.Chart(uncopied.data(rows)).transform_flatten(["a", "y"]).encode(x=x, y=_y(height), detail="u:N")
    area = base.mark_area(fillOpacity=0.14, line=False, order=False).encode(
        y2="f:Q", fill=alt.Fill("u:N", scale=colour, legend=None), opacity=focus.opacity("u")
    )
    line = base.mark_line(strokeWidth=2.4, order=False).encode(
        stroke=_stroke(colour), opacity=focus.opacity("u"), tooltip=alt.Tooltip("u:N", title="unit")
    )
    return [area.properties(name="areas"), line.properties(name="means")]


def _ticks(rows: Sequence[Ridge], feet: Sequence[int], x: alt.X, height: int, colour: alt.Scale) -> alt.Chart:
    ticks = [
        {"u": row.name, "a": round(row.expected_deg % 360, 1), "y": foot + 1, "z": foot - 9}
        for row, foot in zip(rows, feet, strict=True)
        if not np.isnan(row.expected_deg)
    ]
    mark = alt.Chart(alt.Data(values=ticks)).mark_rule(strokeWidth=3)
    return mark.encode(x=x, y=_y(height), y2="z:Q", stroke=_stroke(colour), opacity=focus.opacity("u"))


def _icons(rows: Sequence[Ridge], feet: Sequence[int], height: int, colour: alt.Scale) -> list[alt.Chart]:
    """Each unit's picture in a frame of its colour, or its name alone."""
    half, short = ICON_PX / 2, labels.short([row.name for row in rows], crowded=True)
    placed = [
        {"u": row.name, "label": label, "icon": row.icon, "y": foot - half,
         "top": foot - ICON_PX - 1, "foot": foot + 1, "peak": _degrees(row.peak_deg),
         "arcs": _degrees(row.expected_deg)}
        for row, foot, label in zip(rows, feet, short, strict=True)
    ]  # fmt: skip
    base = alt.Chart(alt.Data(values=placed)).encode(opacity=focus.opacity("u"))
    told = [alt.Tooltip("u:N", title="unit"), alt.Tooltip("peak:N", title="peak of the mean"),
            alt.Tooltip("arcs:N", title="preferred by arcs")]  # fmt: skip
    if not all(row.icon for row in rows):
        names = base.mark_text(align="right", baseline="bottom", fontSize=13, fill=theme.INK)
        return [
            names.encode(x=alt.value(-8), y=_y(height, "foot"), text="label:N", tooltip=told).properties(name="icons")
        ]
    frame = base.mark_rect(strokeWidth=2, cornerRadius=4, fill=theme.PAPER, width=ICON_PX + 2)
    picture = base.mark_image(width=ICON_PX, height=ICON_PX)
    label = base.mark_text(align="right", fontSize=12, fill=theme.QUIET).encode(
        x=alt.value(-_LEFT - 4), y=_y(height), text="label:N"
    )
    shown = [alt.Tooltip("icon:N", title="image"), *told]
    return [
        frame.encode(
            x=alt.value(-_LEFT), x2=alt.value(-_LEFT + ICON_PX + 2), y=_y(height, "top"), y2="foot:Q",
            stroke=_stroke(colour),
        ),
        picture.encode(x=alt.value(-_LEFT + half + 1), y=_y(height), url="icon:N", tooltip=shown).properties(
            name="icons"
        ),
        label,
    ]  # fmt: skip


def _colour(angle_deg: float) -> str:
    return theme.QUIET if np.isnan(angle_deg) else theme.orientation_colour(angle_deg)


def _degrees(angle: float) -> str:
    return "none" if np.isnan(angle) else f"{angle:.0f}°"
