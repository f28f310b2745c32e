"""Draw a network as boxes joined by lines: as wide as they have channels, as high as their maps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from figures.artifact import Chart
from figures.charts import focus, theme, vega

CELL, TALL = 106, 78
"""The least width of a column, in which a line of `LETTERS` letters has room, and the height of the highest box."""
LETTERS = 18
NARROW_PX = theme.NARROW_PX
"""How wide a diagram is on a phone."""
_WIDE, _LEAST, _LINE, _HEAD = 128, 12, 16, 26
_GUTTER, _SIDE, _PADDING = 34, 9, 4
_BEHIND = 4
"""How far the box behind a box of several stands out, in pixels; there are two."""


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
    several: bool = False
    ends: tuple[float, ...] = ()
    marks: tuple[float, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a box lies: its middle, its sides in pixels, its column, its row and where that begins.

    `reach` is half the height of the row's highest box: below it stand words, above it lines pass.
    """

    x: float
    y: float
    width: float
    height: float
    column: int
    row: int
    top: float
    reach: float


def draw(
    boxes: Sequence[Box],
    edges: Sequence[tuple[str, str]],
    *,
    across_px: int = 664,
    columns: int | None = None,
    name: str = "network-diagram",
    alt_text: str,
) -> Chart:
    """Draw boxes from left to right in rows of equal length, at most `columns` long, or as have room.

    An edge leads from one name to another. A box stands right of all that lead to it; those of equal
    depth stand below each other. Pointing at a box fades the others.
    """
    width = across_px - 2 * _PADDING
    columns = _columns(boxes, edges, columns or max(2, (width - 2 * _SIDE) // CELL))
    places, height = layout(boxes, edges, columns=columns, width=width)
    paths = [path(places[start], places[end], width) for start, end in edges]
    layers = [
        *_joints(paths),
        *_behind(boxes, places),
        _boxes(boxes, places),
        *_inner(boxes, places),
        *_words(boxes, places, (width - 2 * _SIDE) / columns),
    ]
    drawing = alt.layer(*layers).add_params(*focus.parameters()).properties(width=width, height=height)
    return vega.chart(drawing, name=name, alt=alt_text, pointed={"boxes": "n"})


def _columns(boxes: Sequence[Box], edges: Sequence[tuple[str, str]], most: int) -> int:
    deepest = max(depths([box.name for box in boxes], edges).values()) + 1
    return math.ceil(deepest / math.ceil(deepest / most))


def layout(
    boxes: Sequence[Box], edges: Sequence[tuple[str, str]], *, columns: int, width: float
) -> tuple[dict[str, Place], float]:
    """Return the place of every box by name, and the height of it all; `columns` to a row share the width."""
    lanes = _lanes(boxes, depths([box.name for box in boxes], edges))
    sides = _sides(boxes, cell := (width - 2 * _SIDE) / columns)
    places: dict[str, Place] = {}
    top = float(_HEAD)
    for row in range(max(lanes) // columns + 1):
        inside = {column: lane for column, lane in lanes.items() if column // columns == row}
        several = [box for lane in inside.values() for box in lane]
        reach, most = max(sides[box.name][1] for box in several) / 2, max(map(len, inside.values()))
        pitch = 2 * reach + _LINE * max(len(box.lines) for box in several) + 12
        for column, lane in inside.items():
            x, first = _SIDE + (column % columns + 0.5) * cell, top + (most - len(lane)) / 2 * pitch + reach
            for i, box in enumerate(lane):
                places[box.name] = Place(x, first + i * pitch, *sides[box.name], column, row, top, reach)
        top += most * pitch + _GUTTER
    return places, top - _GUTTER


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


def _sides(boxes: Sequence[Box], cell: float) -> dict[str, tuple[float, float]]:
    """Return the width and height of every box by name; the widest leaves room for an arrow."""
    widest, highest = max(box.channels for box in boxes), max(box.height for box in boxes)
    wide = min(_WIDE, cell - 20)
    return {box.name: (_side(box.channels, widest, wide), _side(box.height, highest, TALL)) for box in boxes}


def _side(value: int, most: int, longest: float) -> float:
    return _LEAST + (longest - _LEAST) * math.sqrt(value / max(most, 1))


def path(start: Place, end: Place, width: float) -> list[tuple[float, float]]:
    """Return the points of a line from one box to a later one, past those between and down to later rows."""
    out, into = start.x + start.width / 2, end.x - end.width / 2 - 5
    if start.row != end.row:
        edge, between = width - 2, end.top - 0.7 * _HEAD
        return [(out, start.y), (edge, start.y), (edge, between), (2, between), (2, end.y), (into, end.y)]
    if end.column - start.column > 1:
        above = min(start.y, end.y) - start.reach - _HEAD / 3
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


def _behind(boxes: Sequence[Box], places: Mapping[str, Place]) -> Iterator[alt.Chart]:
    """The boxes that look out behind those of several, the last one first, and what hides them where they do not."""
    corners = [_corners(places[box.name]) for box in boxes if box.several]
    for away in (2 * _BEHIND, _BEHIND, 0):
        rows = [{side: at + (away if side in "lr" else -away) for side, at in one.items()} for one in corners]
        if rows:
            mark = _data(rows).mark_rect(cornerRadius=4, fill=theme.PAPER, stroke=theme.QUIET, strokeWidth=1)
            yield mark.encode(**_xy("l", "u"), x2="r:Q", y2="w:Q")


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


def _words(boxes: Sequence[Box], places: Mapping[str, Place], room: float) -> Iterator[alt.Chart]:
    """The lines below boxes: the name, then what there is to say."""
    rows = [
        {"x": place.x, "y": place.y + place.reach + 3 + _LINE * (i + 0.8), "t": line, "i": i}
        for box, place in ((box, places[box.name]) for box in boxes)
        for i, line in enumerate(box.lines)
    ]
    base = _data(rows).mark_text(fontSize=13, baseline="middle", limit=room - 2)
    colour = alt.condition("datum.i === 0", alt.value(theme.INK), alt.value(theme.QUIET))
    yield base.encode(**_xy(), text="t:N", fill=colour)
