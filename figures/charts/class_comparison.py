"""Draw pictures of places between two classes: to the left what speaks for one, to the right what for the other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import icons, theme, vega
from figures.charts.places import xy
from figures.words.phrases import written

if TYPE_CHECKING:
    from figures.methods.comparison.compared import Compared

WIDTH = 572
GRID = 10
TOP, FOOT = 28, 46
_SMALLEST, _DENSITY_PX = 0.5, 96
FIRST, SECOND = theme.SERIES[1], theme.SERIES[0]

Row = dict[str, Any]


def draw(seen: Compared, *, name: str = "class-comparison", alt_text: str) -> Chart:
    """Draw a crop or an icon for each cell, the larger the more places it stands for; pointing shows the crop.

    Names of the classes stand at the ends.
    """
    wide, narrow = (_drawing(seen, width) for width in (WIDTH, theme.NARROW_WITHIN_PX))
    return vega.chart(wide, narrow=narrow, name=name, alt=alt_text)


def _drawing(seen: Compared, width: float) -> alt.LayerChart | alt.FacetChart:
    layers = [_zero(width), _pictures(_rows(seen, width)), *_ends(seen, width), *_scale(seen, width)]
    return alt.layer(*layers).properties(width=width, height=TOP + width + FOOT)


def _rows(seen: Compared, width: float = WIDTH) -> list[Row]:
    most, side = max(cell.count for cell in seen.cells), width / GRID
    crops = [_uri(picture) for picture in seen.pictures]
    climbed = [{}] * len(crops) if seen.icons is None else [{"icon": _uri(picture)} for picture in seen.icons.images]
    return [
        {
            "x": (cell.column + 0.5) * side,
            "y": TOP + (cell.row + 0.5) * side,
            "side": (side - 3) * (_SMALLEST + (1 - _SMALLEST) * math.sqrt(cell.count / most)),
            "image": crop,
            **icon,
            "n": cell.count,
            "a": round(cell.towards[0], 3),
            "b": round(cell.towards[1], 3),
            "d": round(cell.towards[1] - cell.towards[0], 3),
            "l": ", ".join(cell.labels) or cell.name,
        }
        for cell, crop, icon in zip(seen.cells, crops, climbed, strict=True)
    ]


def _uri(picture: np.ndarray) -> str:
    return icons.uri(picture, side_px=min(_DENSITY_PX, 2 * len(picture)), corner=0.06)


def _pictures(rows: list[Row]) -> alt.Chart:
    tip = [
        alt.Tooltip("image:N"), alt.Tooltip("n:Q", title="places"), alt.Tooltip("d:Q", title="difference"),
        alt.Tooltip("l:N", title="from"),
    ]  # fmt: skip
    mark = _chart(rows).mark_image(width=alt.expr("datum.side"), height=alt.expr("datum.side"))
    return mark.encode(**xy(), url="icon:N" if "icon" in rows[0] else "image:N", tooltip=tip)


def _zero(width: float) -> alt.Chart:
    """A line where both classes get the same."""
    ends = [{"x": width / 2, "y": TOP, "y2": TOP + width}]
    mark = _chart(ends).mark_rule(stroke=theme.QUIET, strokeWidth=1, strokeDash=[3, 3])
    return mark.encode(**xy(), y2="y2:Q")


def _ends(seen: Compared, width: float) -> list[alt.Chart]:
    """Name the classes above their ends, in their colours."""
    looks = (("left", 0, FIRST, "← {}"), ("right", width, SECOND, "{} →"))
    return [
        _text([{"x": x, "y": 10, "t": words.format(name)}], align=align, fill=colour, fontWeight=600, fontSize=15)
        for (align, x, colour, words), name in zip(looks, seen.names, strict=True)
    ]


def _scale(seen: Compared, width: float) -> list[alt.Chart]:
    """Write below what difference the ends and the middle stand for."""
    foot, low, high = TOP + width + 12, written(-seen.scale, "+.2g"), written(seen.scale, "+.2g")
    ends = [
        _text([{"x": x, "y": foot, "t": text}], align=align, fill=theme.QUIET, fontSize=12.5)
        for align, x, text in (("left", 0, low), ("center", width / 2, "0"), ("right", width, high))
    ]
    words = [f"how much more it adds to the logit of {seen.names[1]}", f"than of {seen.names[0]}"]
    lines = [" ".join(words)] if width == WIDTH else words
    rows = [{"x": width / 2, "y": foot + 19 + 16 * i, "t": line} for i, line in enumerate(lines)]
    return [*ends, _text(rows, align="center", limit=width)]


def _text(rows: list[Row], **look: Any) -> alt.Chart:
    return _chart(rows).mark_text(baseline="middle", **look).encode(**xy(), text="t:N")


def _chart(rows: list[Row]) -> alt.Chart:
    return alt.Chart(alt.Data(values=rows))
