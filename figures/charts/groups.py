"""Groups in colours and shapes: eight colours for each shape, and a legend that counts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt

from figures.charts import focus, labels, lasso, theme, uncopied
from figures.charts.places import xy

if TYPE_CHECKING:
    from figures.methods.embedding.attributes import Attribute

MOST = 24
"""How many groups get a look of their own; the others share one."""
OTHERS = "others"
ROW_PX = 21
_SHAPES = ("circle", "square", "triangle-up")
_RAMP = (3, 6, 9, 12, 15)
Row = dict[str, Any]


def looks(attribute: Attribute) -> Mapping[str, tuple[str, str]]:
    """Give each group a colour and a shape, in their order; groups of a number go from pale to dark.

    Where there are more than 24, the largest 23 get their own.
    """
    names = attribute.order
    if len(names) > MOST:
        counts = {name: attribute.words.count(name) for name in names}
        largest = set(sorted(names, key=lambda name: -counts[name])[: MOST - 1])
        names = tuple(name for name in names if name in largest)
    if attribute.ordered:
        ends = [_RAMP[round(i * (len(_RAMP) - 1) / max(len(names) - 1, 1))] for i in range(len(names))]
        return {name: (theme.SEQUENTIAL[step], _SHAPES[0]) for name, step in zip(names, ends, strict=True)}
    count = len(theme.SERIES)
    return {name: (theme.SERIES[i % count], _SHAPES[i // count]) for i, name in enumerate(names)}


def of(known: Mapping[str, tuple[str, str]], word: str) -> Row:
    """Return what a row says of its group: `l` its name, `c` its colour, `s` its shape."""
    colour, shape = known.get(word, (theme.QUIET, "circle"))
    return {"l": word if word in known else OTHERS, "c": colour, "s": shape}


def legend(attribute: Attribute, rows: Sequence[Row], width: float) -> alt.LayerChart | alt.FacetChart:
    """List groups in columns, each with how many of its images, `i` of a row, a reader has chosen, or of all."""
    groups = {row["l"]: row for row in rows}
    known = looks(attribute)
    names = [*known, *([OTHERS] if OTHERS in groups else [])]
    columns = _columns(names, width)
    lines = math.ceil(len(names) / columns)
    place = {
        name: {"gx": i // lines * width / columns + 7, "gy": (i % lines + 0.5) * ROW_PX} for i, name in enumerate(names)
    }
    entries = [{**place[name], **of(known, name)} for name in names]
    counted = [{"i": row["i"], "l": row["l"], **place[row["l"]]} for row in rows]
    at = xy("gx", "gy", size=(width, lines * ROW_PX))
    layers = [_symbols(entries, at), _names(entries, at), _counts(counted, at, width / columns - 22)]
    return alt.layer(*layers).properties(width=width, height=lines * ROW_PX)


def _columns(names: Sequence[str], width: float) -> int:
    widest = 20 + labels.room(names, 0) * 13 / 12 + 40
    return max(1, min(int(width // widest), len(names)))


def _symbols(entries: list[Row], at: dict[str, Any]) -> alt.Chart:
    fill, shape = alt.Fill("c:N", scale=None, legend=None), alt.Shape("s:N", scale=None, legend=None)
    mark = _chart(entries).mark_point(size=90, cursor="pointer")
    return mark.encode(**at, fill=fill, shape=shape, opacity=focus.opacity("l")).properties(name="legend0")


def _names(entries: list[Row], at: dict[str, Any]) -> alt.Chart:
    mark = _chart(entries).mark_text(align="left", dx=12, baseline="middle", fontSize=13, cursor="pointer")
    # Without a tooltip the keyboard does not meet a mark.
    tip = [alt.Tooltip("l:N", title="group")]
    return mark.encode(**at, text="l:N", opacity=focus.opacity("l"), tooltip=tip).properties(name="legend")


def _counts(rows: list[Row], at: dict[str, Any], right: float) -> alt.Chart:
    counts = _chart(rows).transform_filter(lasso.INSIDE).transform_aggregate(n="count()", groupby=["l", "gx", "gy"])
    mark = counts.mark_text(align="right", dx=right, baseline="middle", fontSize=13, fill=theme.QUIET)
    return mark.encode(**at, text=alt.Text("n:Q", format=","))


def _chart(rows: list[Row]) -> alt.Chart:
    return alt.Chart(uncopied.data(rows))
