"""Draw a network as boxes joined by lines: as wide as they have channels, as high as their maps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from figures.artifact import Chart
from figures.charts import focus, theme, vega

CELL, _BOX, _LEAST, _LINE, _HEAD = 98, 78, 12, 15, 26
_GUTTER = 34


@dataclass(frozen=True)
class Box:
    """A layer, or several alike in a row: `lines` stand below it, `tip` is shown where a pointer rests.

    `ends` are the shares of its width where branches end, `marks` those at which units lie.
    """

    name: str
    channels: int
    height: int
    lines: tuple[str, ...]
    tip: str = ""
    chosen: bool = False
    head: bool = False
    ends: tuple[float, ...] = ()
    marks: tuple[float, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a box lies: its middle, its sides in pixels, its column, its row of columns and where that row begins."""

    x: float
    y: float
    width: float
    height: float
    column: int
    row: int
    top: float


def draw(
    boxes: Sequence[Box],
    edges: Sequence[tuple[str, str]],
    *,
    columns: int = 7,
    name: str = "network-diagram",
    alt_text: str,
) -> Chart:
    """Draw boxes from left to right, at most `columns` to a row; an edge leads from one name to another.

    A box stands right of all that lead to it; those of equal depth stand below each other. Pointing
    at a box fades the others.
    """
    lines, deepest = max(len(box.lines) for box in boxes), max(depths([box.name for box in boxes], edges).values()) + 1
    columns = math.ceil(deepest / math.ceil(deepest / columns))
    places, size = layout(boxes, edges, columns=columns, below=_LINE * lines + 8)
    paths = [path(places[start], places[end], columns) for start, end in edges]
    layers = [
        *_joints(paths),
        _boxes(boxes, places),
        *_inner(boxes, places),
        *_words(boxes, places),
    ]
    drawing = alt.layer(*layers).add_params(*focus.parameters()).properties(width=size[0], height=size[1])
    return vega.chart(drawing, name=name, alt=alt_text, pointed={"boxes": "n"})


def layout(
    boxes: Sequence[Box], edges: Sequence[tuple[str, str]], *, columns: int, below: float
) -> tuple[dict[str, Place], tuple[float, float]]:
    """Return the place of every box by name, and the size of it all in pixels."""
    depth = depths([box.name for box in boxes], edges)
    lanes = _lanes(boxes, depth)
    rows = max(depth.values()) // columns + 1
    counts = [max(len(lane) for column, lane in lanes.items() if column // columns == row) for row in range(rows)]
    tops = [_HEAD + sum(counts[:row]) * (_BOX + below) + row * _GUTTER for row in range(rows)]
    widest, highest = max(box.channels for box in boxes), max(box.height for box in boxes)
    places = {}
    for column, lane in lanes.items():
        row = column // columns
        first = tops[row] + (counts[row] - len(lane)) / 2 * (_BOX + below) + _BOX / 2
        for i, box in enumerate(lane):
            x, y = (column % columns + 0.5) * CELL, first + i * (_BOX + below)
            sides = (_side(box.channels, widest), _side(box.height, highest))
            places[box.name] = Place(x, y, *sides, column, row, tops[row])
    used = min(columns, max(depth.values()) + 1)
    return places, (used * CELL, tops[-1] + counts[-1] * (_BOX + below))


def depths(names: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return how many boxes lie before each on the longest way to it; `names` are in forward order."""
    before: dict[str, list[str]] = {name: [] for name in names}
    for start, end in edges:
        before[end].append(start)
    depth: dict[str, int] = {}
    for name in names:
        depth[name] = max((depth[one] + 1 for one in before[name] if one in depth), default=0)
    return depth


def _lanes(boxes: Sequence[Box], depth: Mapping[str, int]) -> dict[int, list[Box]]:
    lanes: dict[int, list[Box]] = {}
    for box in boxes:
        lanes.setdefault(depth[box.name], []).append(box)
    return lanes


def _side(value: int, most: int) -> float:
    return _LEAST + (_BOX - _LEAST) * math.sqrt(value / max(most, 1))


def path(start: Place, end: Place, columns: int) -> list[tuple[float, float]]:
    """Return the points of a line from one box to a later one, past those between and down to later rows."""
    out, into = start.x + start.width / 2, end.x - end.width / 2 - 5
    if start.row != end.row:
        edge, between = columns * CELL - 4, end.top - _HEAD / 2
        return [(out, start.y), (edge, start.y), (edge, between), (4, between), (4, end.y), (into, end.y)]
    if end.column - start.column > 1:
        above = min(start.y, end.y) - _BOX / 2 - _HEAD / 3
        low = end.y - end.height / 2 - 5
        return [(start.x, start.y - start.height / 2), (start.x, above), (end.x, above), (end.x, low)]
    return [(out, start.y), (into, end.y)]


def _place(field: str, side: str) -> dict[str, Any]:
    scale = alt.Scale(domain={"expr": f"[0, {side}]"}, nice=False, zero=False, reverse=side == "height")
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def _xy(x: str = "x", y: str = "y") -> dict[str, Any]:
    return {"x": alt.X(**_place(x, "width")), "y": alt.Y(**_place(y, "height"))}


def _data(rows: Sequence[Mapping[str, object]]) -> alt.Chart:
    rounded = [{k: round(v, 1) if isinstance(v, float) else v for k, v in row.items()} for row in rows]
    return alt.Chart(alt.Data(values=rounded))


def _joints(paths: Sequence[Sequence[tuple[float, float]]]) -> list[alt.Chart]:
    """The lines, and a small triangle where each arrives."""
    rows = [{"e": i, "x": x, "y": y} for i, points in enumerate(paths) for x, y in points]
    ends = [{"x": points[-1][0], "y": points[-1][1], "d": points[-2][0] == points[-1][0]} for points in paths]
    line = _data(rows).mark_line(strokeWidth=1.2, stroke=theme.QUIET, order=False, strokeOpacity=0.8)
    down = alt.condition("datum.d", alt.value("triangle-down"), alt.value("triangle-right"))
    arrow = _data(ends).mark_point(size=42, fill=theme.QUIET, stroke=None)
    return [line.encode(**_xy(), detail="e:N"), arrow.encode(**_xy(), shape=down)]


def _boxes(boxes: Sequence[Box], places: Mapping[str, Place]) -> alt.Chart:
    rows = [
        {"n": box.name, "t": box.tip, **_corners(places[box.name]), "c": theme.ACCENT if box.chosen else theme.QUIET,
         "f": theme.ACCENT if box.chosen else theme.RULE, "o": 0.3 if box.chosen else 0.15 if box.head else 0.75}
        for box in boxes
    ]  # fmt: skip
    mark = _data(rows).mark_rect(cornerRadius=4, strokeWidth=1.4)
    colours = {"fill": alt.Fill("f:N", scale=None), "stroke": alt.Stroke("c:N", scale=None)}
    shown = {"fillOpacity": alt.FillOpacity("o:Q", scale=None), "opacity": focus.opacity("n")}
    tips = [alt.Tooltip("n:N", title="layer"), alt.Tooltip("t:N", title="is")]
    encoded = mark.encode(**_xy("l", "u"), x2="r:Q", y2="w:Q", tooltip=tips, **colours, **shown)
    return encoded.properties(name="boxes")


def _corners(place: Place) -> dict[str, float]:
    x, y, half, tall = place.x, place.y, place.width / 2, place.height / 2
    return {"l": x - half, "r": x + half, "u": y - tall, "w": y + tall}


def _inner(boxes: Sequence[Box], places: Mapping[str, Place]) -> Iterator[alt.Chart]:
    """Dotted lines between the branches of a box, and a stroke for every unit that is marked."""
    ends = [_upright(places[box.name], share) for box in boxes for share in box.ends]
    marks = [_upright(places[box.name], share) for box in boxes for share in box.marks]
    if ends:
        yield _strokes(ends, stroke=theme.QUIET, strokeDash=[2, 2])
    if marks:
        yield _strokes(marks, stroke=theme.SERIES[0], strokeWidth=2)


def _upright(place: Place, share: float) -> dict[str, float]:
    """A line through a box from top to bottom, at a share of its width."""
    at = _corners(place)
    return {"x": at["l"] + share * (at["r"] - at["l"]), "u": at["u"], "w": at["w"]}


def _strokes(rows: Sequence[Mapping[str, object]], **look: Any) -> alt.Chart:
    return _data(rows).mark_rule(**look).encode(**_xy("x", "u"), y2="w:Q")


def _words(boxes: Sequence[Box], places: Mapping[str, Place]) -> Iterator[alt.Chart]:
    """The lines below boxes: the name, then what there is to say."""
    rows = [
        {"x": place.x, "y": place.y + _BOX / 2 + _LINE * (i + 0.8), "t": line, "i": i}
        for box, place in ((box, places[box.name]) for box in boxes)
        for i, line in enumerate(box.lines)
    ]
    base = _data(rows).mark_text(fontSize=12, baseline="middle", limit=CELL - 2)
    colour = alt.condition("datum.i === 0", alt.value(theme.INK), alt.value(theme.QUIET))
    yield base.encode(**_xy(), text="t:N", fill=colour)
