"""Draw what strokes across an arc do to units' responses: a strip of stimuli, and lines for each unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import icons, labels, theme, vega
from figures.charts.places import xy

if TYPE_CHECKING:
    from figures.methods.combing import Combing, Strokes

_BETWEEN, _ROOM, _GAP, _STRIP_PX = 12, 60.0, 26, 292
_COLUMNS, _FEW, _ACROSS_PX = 5, 2, 640


def draw(seen: Combing, strokes: Strokes, *, unit: str = "σ", name: str = "combing", alt_text: str) -> Chart:
    """Draw changes by length and spacing of strokes, a panel for each unit, below pictures of the strokes.

    `unit` is what changes are in.
    """
    ramp = _ramp(seen.spacing_px[0])
    few = min(_ROOM, _STRIP_PX / max(len(seen.length_px[0]), len(seen.spacing_px[0])))
    above, below = (
        (
            _strip("strokes beyond the arc (px)", seen.length_px[0], strokes.by_length, {}, room),
            _strip("distance between strokes (px)", seen.spacing_px[0], strokes.by_distance, ramp, room),
        )
        for room in (_ROOM, few)
    )
    wide = alt.vconcat(alt.hconcat(*above, spacing=_GAP), _grid(seen, unit, _COLUMNS, _ACROSS_PX), spacing=12)
    narrow = alt.vconcat(*below, _grid(seen, unit, _FEW, theme.NARROW_PX - 10), spacing=12)
    return vega.chart(wide, narrow=narrow, name=name, alt=alt_text, title=labels.heading(seen.units))


def _grid(seen: Combing, unit: str, most: int, across_px: int) -> alt.ConcatChart:
    """A panel for each unit, at most so many in a row."""
    changes, names, titles = seen.change, seen.units, labels.short(seen.units)
    across = min(len(names), most)
    wide = max(104, round((across_px - 34 * across) / across))
    span = (min(0.0, float(changes.min())), max(0.0, float(changes.max())))
    pads = [
        _panel(
            changes[i], seen.length_px[i], seen.spacing_px[i], names[i], span, wide, unit, i % across == 0
        ).properties(title=alt.TitleParams(titles[i], fontSize=12, frame="group"))
        for i in range(len(names))
    ]
    return alt.concat(*pads, columns=across, spacing=18)


def _strip(
    title: str, numbers: np.ndarray, pictures: np.ndarray, ramp: Mapping[str, str], room: float
) -> alt.LayerChart:
    """Stimuli in a row, `title` above, their numbers below, with the colours of lines."""
    side = room - _BETWEEN
    uris, rows = icons.uris(pictures, side_px=pictures.shape[-1]), []
    for i, (number, uri) in enumerate(zip(numbers, uris, strict=True)):
        x, words = i * room, f"{number:g}"
        rows.append({"x": x + side / 2, "y": 20 + side / 2, "below": 20 + side + 12, "icon": uri, "t": words,
                     "dot": x + side / 2 - 17, "c": ramp.get(words, "transparent")})  # fmt: skip
    heads, x = [{"t": title, "x": 0, "y": 8}], len(rows) * room
    size = (x, 20 + side + 24)
    base = alt.Chart(alt.Data(values=rows))
    quiet: dict[str, Any] = {"fontSize": 12, "fill": theme.QUIET, "baseline": "middle"}
    fill = alt.Fill("c:N", scale=None, legend=None)
    layers = [
        alt.Chart(alt.Data(values=heads)).mark_text(align="left", **quiet).encode(**xy(size=size), text="t:N"),
        base.mark_image(width=side, height=side).encode(**xy(size=size), url="icon:N"),
        base.mark_text(**quiet).encode(**xy("x", "below", size=size), text="t:N"),
        base.mark_point(size=50).encode(**xy("dot", "below", size=size), fill=fill),
    ]
    return alt.LayerChart(layer=layers).properties(width=size[0], height=size[1])


def _ramp(spacings_px: np.ndarray) -> dict[str, str]:
    """Give each distance a colour: the closer the strokes, the darker."""
    steps = np.linspace(theme.STEPS - 2, 4, len(spacings_px))
    return {f"{one:g}": theme.SEQUENTIAL[round(i)] for one, i in zip(spacings_px, steps, strict=True)}


def _panel(
    changes: np.ndarray, lengths: np.ndarray, spacings: np.ndarray, name: str, span: tuple[float, float], wide: int,
    unit: str, first: bool,
) -> alt.LayerChart:  # fmt: skip
    rows = [
        {"u": name, "s": f"{spacing:g}", "l": round(float(length), 2), "v": round(float(value), 3)}
        for spacing, line in zip(spacings, changes, strict=True)
        for length, value in zip(lengths, line, strict=True)
    ]
    ramp = _ramp(spacings)
    scale = alt.Scale(domain=list(ramp), range=list(ramp.values()))
    x = alt.X("l:Q", title="stroke (px)" if first else " ", axis=alt.Axis(tickCount=4, titleAnchor="start"))
    y = alt.Y("v:Q", title=f"change ({unit})" if first else None, scale=alt.Scale(domain=list(span)),
              axis=alt.Axis(labels=first, tickCount=4))  # fmt: skip
    base = alt.Chart(alt.Data(values=rows))
    tooltip = [alt.Tooltip("u:N", title="unit"), alt.Tooltip("l:Q", title="stroke (px)"),
               alt.Tooltip("s:N", title="distance (px)"), alt.Tooltip("v:Q", title=f"change ({unit})")]  # fmt: skip
    zero = alt.Chart(alt.Data(values=[{"v": 0}])).mark_rule(stroke=theme.QUIET).encode(y=y)
    line = base.mark_line(strokeWidth=1.6).encode(x=x, y=y, stroke=alt.Stroke("s:N", scale=scale, legend=None))
    dots = base.mark_point(size=34).encode(x=x, y=y, fill=alt.Fill("s:N", scale=scale, legend=None), tooltip=tooltip)
    return alt.LayerChart(layer=[zero, line, dots]).properties(width=wide, height=110)
