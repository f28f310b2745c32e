"""Draw the tuning curves of a family as closed lobes around a ring, each unit's picture at its angle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import focus, labels, theme, uncopied, vega

ICON_PX = 48
_LABEL_PX = 18
_APART_PX = 80
_STEP_DEG, _IDLE_STEP_DEG = 2, 6


def draw(
    curves: np.ndarray,
    preferred_deg: Sequence[float] | np.ndarray,
    names: Sequence[str],
    icons: Sequence[str] = (),
    *,
    size: int = 520,
    normalise: bool = False,
    name: str = "radial-tuning",
    alt_text: str,
) -> Chart:
    """Draw tuning curves (units, orientations), orientation 0 to the right, clockwise.

    The distance from the middle is r0 + R * v / max with R = size / 3.5 and r0 = 0.3 R;
    the maximum is over all units, or each unit's own where `normalise`d. `icons` are data
    URIs, set at radius size / 2 at `preferred_deg`, no nearer to one another than they fit
    (a thin line leads to the true angle). Pointing at a lobe or icon fades the others.

    After Cammarata et al. (2020, "Curve Detectors", section "Radial tuning curve").
    """
    top = curves.max(axis=1, keepdims=True) if normalise else curves.max()
    relative = curves / np.where(top > 0, top, 1)
    beyond = ICON_PX / 2 + _LABEL_PX if icons else 8
    small = min(size, int(theme.NARROW_WITHIN_PX - 2 * beyond))
    alive = sum(not np.isnan(angle) for angle in preferred_deg)
    crowded = bool(icons) and _crowded(alive, small)
    wide, narrow = (
        _drawing(relative, preferred_deg, names, icons, side, 2 * (side / 2 + beyond), crowded)
        for side in (size, small)
    )
    heading = labels.heading(names, crowded=crowded) if icons else ""
    pointed = {"lobes": "u", **({"icons": "u"} if icons else {})}
    return vega.chart(wide, narrow=narrow, name=name, alt=alt_text, title=heading, pointed=pointed)


def _drawing(
    relative: np.ndarray, preferred_deg: Sequence[float] | np.ndarray, names: Sequence[str], icons: Sequence[str],
    size: int, side: float, crowded: bool,
) -> alt.LayerChart | alt.FacetChart:  # fmt: skip
    """Draw lobes in the middle of a square of `side` px, pictures around them in a circle `size` px wide."""
    reach = size / 3.5
    colour = alt.Scale(domain=list(names), range=[_colour(angle) for angle in preferred_deg])
    layers = [*_ground(reach), _lobes(relative, names, colour, reach), _disc(reach)]
    if icons:
        tips = 0.3 * reach + reach * relative.max(axis=1)
        layers += _ring(preferred_deg, labels.short(names, crowded=crowded), names, icons, tips, size, colour)
    return alt.layer(*layers).add_params(*focus.parameters()).properties(width=side, height=side)


def lobe(relative: np.ndarray, reach: float) -> np.ndarray:
    """Return the path (points, 2) of a curve in [0, 1]: x to the right, y down, from the middle.

    Where nothing happens for some degrees, fewer points say so.
    """
    step, idle = (max(1, round(len(relative) * degrees / 360)) for degrees in (_STEP_DEG, _IDLE_STEP_DEG))
    index = np.arange(0, len(relative), step)
    near = np.max([np.roll(relative, shift) for shift in (-step, 0, step)], axis=0)
    index = index[(near[index] > 0.002) | (index % idle == 0)]
    return _polar(index * 360 / len(relative), reach * (0.3 + relative[index]))


def spread(angles_deg: Sequence[float], gap_deg: float) -> np.ndarray:
    """Move angles apart, each as little as its neighbours allow, until none are nearer than the gap.

    Their order round the circle stays. Where they cannot all have the gap, they share the circle.
    """
    angles = np.asarray(angles_deg, dtype=float) % 360
    order = np.argsort(angles, kind="stable")
    gap, moved = min(gap_deg, 360 / max(len(angles), 1)), angles[order].copy()
    if len(angles) * gap > 0.98 * 360:
        even = np.arange(len(angles)) * 360 / len(angles)
        moved = even + (moved - even).mean()
    for _ in range(2000 if len(angles) > 1 else 0):
        lack = gap - np.diff(moved, append=moved[0] + 360)
        push = np.where(lack > 1e-3, lack / 2 + 1e-4, 0)
        if not push.any():
            break
        moved += np.roll(push, 1) - push
    result = np.empty_like(angles)
    result[order] = moved % 360
    return result


def _polar(angle_deg: np.ndarray | float, radius: np.ndarray | float) -> np.ndarray:
    angle = np.radians(angle_deg)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)


def _place(name: str, field: str) -> dict[str, Any]:
    """Return a position channel in pixels from the middle, y down."""
    scale = alt.Scale(domain={"expr": f"[-{name}/2, {name}/2]"}, nice=False, zero=False, reverse=name == "height")
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _xy(x: str = "x", y: str = "y") -> dict[str, Any]:
    return {"x": alt.X(**_place("width", x)), "y": alt.Y(**_place("height", y))}


def _ground(reach: float) -> list[alt.Chart]:
    """The dashed ring at the largest response, and two axes."""
    dashes: dict[str, Any] = {"strokeDash": [2, 4], "stroke": theme.QUIET, "opacity": 0.6}
    ends = [np.append(_polar(a, 0.3 * reach), _polar(a, 1.3 * reach)) for a in (0, 90, 180, 270)]
    rows = [dict(zip(("x", "y", "x2", "y2"), np.round(end, 1).tolist(), strict=True)) for end in ends]
    axes = alt.Chart(uncopied.data(rows)).mark_rule(**dashes).encode(**_xy(), x2="x2:Q", y2="y2:Q")
    return [_circle(1.3 * reach).mark_point(filled=False, fill=None, strokeWidth=1, **dashes), axes]


def _disc(reach: float) -> alt.Chart:
    """The circle of no response; it covers where the lobes overlap for no reason."""
    return _circle(0.3 * reach).mark_point(fill=theme.PAPER, stroke=theme.QUIET, strokeWidth=1, strokeOpacity=0.6)


def _circle(radius: float) -> alt.Chart:
    size = alt.value((2 * radius) ** 2)
    return alt.Chart(alt.Data(values=[{"x": 0, "y": 0}])).encode(**_xy(), size=size)


def _lobes(relative: np.ndarray, names: Sequence[str], colour: alt.Scale, reach: float) -> alt.Chart:
    rows = [
        {"u": name, "x": x, "y": y}
        for curve, name in zip(relative, names, strict=True)
        for x, y in np.round(lobe(curve, reach), 1).tolist()
    ]
    mark = alt.Chart(uncopied.data(rows)).mark_line(
        interpolate="linear-closed", strokeWidth=1.8, fillOpacity=0.28, filled=True, order=False
    )
    fill, stroke = alt.Fill("u:N", scale=colour, legend=None), alt.Stroke("u:N", scale=colour, legend=None)
    encoded = mark.encode(**_xy(), detail="u:N", opacity=focus.opacity("u"), fill=fill, stroke=stroke)
    return encoded.encode(tooltip=alt.Tooltip("u:N", title="unit")).properties(name="lobes")


def _ring(
    preferred_deg: Sequence[float] | np.ndarray, short: Sequence[str], names: Sequence[str], icons: Sequence[str],
    tips: np.ndarray, size: int, colour: alt.Scale,
) -> list[alt.Chart]:  # fmt: skip
    """Set each unit's picture, frame and name at its angle, and a thin line from its lobe."""
    alive = [i for i, angle in enumerate(preferred_deg) if not np.isnan(angle)]
    side = min(ICON_PX, 0.6 * np.pi * size / max(len(alive), 1))
    at = spread([preferred_deg[i] for i in alive], _gap(size))
    rows = [
        {"u": names[i], "label": short[i], "icon": icons[i],
         "deg": round(float(preferred_deg[i]), 1), **_icon_place(side, angle, preferred_deg[i], size / 2, tips[i] + 3)}
        for i, angle in zip(alive, at, strict=True)
    ]  # fmt: skip
    base = alt.Chart(uncopied.data(rows)).encode(opacity=focus.opacity("u"))
    stroke = alt.Stroke("u:N", scale=colour, legend=None)
    frame = base.mark_rect(fill=theme.PAPER, strokeWidth=2, cornerRadius=5)
    picture = base.mark_image(width=side, height=side)
    return [
        base.mark_rule(strokeWidth=1).encode(**_xy("from_x", "from_y"), x2="tip_x:Q", y2="tip_y:Q", stroke=stroke),
        frame.encode(**_xy("left", "upper"), x2="right:Q", y2="lower:Q", stroke=stroke),
        picture.encode(**_xy(), url="icon:N", tooltip=_TOOLTIP).properties(name="icons"),
        base.mark_text(fontSize=12, fill=theme.QUIET, baseline="middle").encode(**_xy("x", "label_y"), text="label:N"),
    ]


def _gap(size: int) -> float:
    """Return how many degrees pictures and whole names need around the ring."""
    return float(np.degrees(_APART_PX / (size / 2)))


def _crowded(count: int, size: int) -> bool:
    return count * _gap(size) > 360


_TOOLTIP = [alt.Tooltip("u:N", title="unit"), alt.Tooltip("deg:Q", title="preferred angle (°)", format=".1f")]


def _icon_place(side: float, at_deg: float, angle_deg: float, radius: float, tip: float) -> dict[str, float]:
    """Say where a picture, its frame, its label (on the outer side) and the ends of its line go."""
    (x, y), (tip_x, tip_y) = _polar(at_deg, radius), _polar(angle_deg, tip)
    half = side / 2 + 1
    edge = half / max(abs(tip_x - x), abs(tip_y - y), half)
    label_y = y - half - 10 if -y > 0.75 * abs(x) else y + half + 10
    place = {
        "x": x, "y": y, "left": x - half, "right": x + half, "upper": y - half, "lower": y + half,
        "label_y": label_y, "tip_x": tip_x, "tip_y": tip_y,
        "from_x": x + (tip_x - x) * edge, "from_y": y + (tip_y - y) * edge,
    }  # fmt: skip
    return {key: round(float(value), 1) for key, value in place.items()}


def _colour(angle_deg: float) -> str:
    return theme.QUIET if np.isnan(angle_deg) else theme.orientation_colour(angle_deg)
