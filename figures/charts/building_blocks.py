"""Draw groups of channels in rows: what a group looks for, where in the picture it is, what it adds to classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
from PIL import Image

from figures.artifact import Chart
from figures.charts import drawings, focus, icons, theme, vega
from figures.charts.places import xy
from figures.words.phrases import written

if TYPE_CHECKING:
    from figures.methods.blocks.groups import BuildingBlocks

#: Narrow, so that words can still be read where a phone makes the whole smaller.
WIDTH = 480
LARGE_PX, TILE_PX, GAP_PX, BAR_PX, HEAD_PX, FOOT_PX, _DENSITY = 232, 68, 10, 16, 46, 30, 2
COLUMNS_PX = 2 * (TILE_PX + GAP_PX)
"""Where bars begin."""
COLOURS = tuple(drawings.COLOURS[number] for number in (0, 1, 2, 3, 4, 6, 7, 5))
"""Those of strokes; the grey one, which hardly shows on a pale picture, comes last."""
Row = dict[str, Any]


def draw(seen: BuildingBlocks, *, name: str = "building-blocks", alt_text: str) -> Chart:
    """Draw the picture beside all groups over it; beneath, a row for each group, one for the rest and one for all.

    Pointing at anything of a group fades the others.
    """
    count = len(seen.pictures)
    top = LARGE_PX + HEAD_PX
    feet = top + count * (TILE_PX + GAP_PX)
    rows = [_group(group, top + group * (TILE_PX + GAP_PX)) for group in range(count)]
    bars = _bars(seen, rows, feet)
    layers: list[Any] = [
        _images(_large(seen)),
        _images(_covers(seen), "covers"),
        _images(_icons(seen, rows), "icons"),
        _images(_grounds(seen, rows)),
        _images(_maps(seen, rows), "maps"),
        _axes(seen, top, feet),
        _heads(seen, top),
        _drawn(bars),
        _values(bars),
        _names(rows, seen, feet),
    ]
    drawing = alt.layer(*layers).add_params(*focus.parameters())
    drawing = drawing.properties(width=WIDTH, height=feet + 2 * FOOT_PX)
    return vega.chart(drawing, name=name, alt=alt_text, pointed=dict.fromkeys(("covers", "icons", "maps", "bars"), "g"))


def _group(group: int, top: float) -> Row:
    return {"g": f"group {group + 1}", "top": top, "middle": top + TILE_PX / 2, "colour": COLOURS[group]}


# ---- Pictures


def _images(rows: list[Row], name: str = "") -> alt.Chart:
    side = rows[0]["side"]
    chart = alt.Chart(alt.Data(values=rows)).mark_image(width=side, height=side, smooth=True)
    tip = [alt.Tooltip(f"{one}:N") for one in ("group", "explained", "channels") if one in rows[0]]
    more = {"opacity": focus.opacity("g"), **({"tooltip": tip} if tip else {})} if name else {}
    return (chart.properties(name=name) if name else chart).encode(**xy("x", "middle"), url="url:N", **more)


def _picture(seen: BuildingBlocks) -> np.ndarray:
    whole = icons.pixels(np.ascontiguousarray(seen.picture[None]))[0]
    return np.repeat(whole, 3, axis=-1) if whole.shape[-1] == 1 else whole


def _pale(seen: BuildingBlocks) -> np.ndarray:
    """Return the picture in greys, faded, so that colours over it are those of groups."""
    grey = _picture(seen).mean(axis=-1, keepdims=True)
    return np.repeat(np.round(110 + 0.45 * grey), 3, axis=-1).astype(np.uint8)


def _large(seen: BuildingBlocks) -> list[Row]:
    """Place the picture and, right of it, a pale one that groups lie over."""
    return [
        {**place, "url": icons.uri(one, side_px=_DENSITY * LARGE_PX, corner=0.02)}
        for place, one in zip(_places(), (_picture(seen), _pale(seen)), strict=True)
    ]


def _places() -> list[Row]:
    return [{"x": x, "middle": LARGE_PX / 2, "side": LARGE_PX} for x in (LARGE_PX / 2, WIDTH - LARGE_PX / 2)]


def _covers(seen: BuildingBlocks) -> list[Row]:
    """Lay the groups over the pale picture, each where it is stronger than the others, so that colours stay clear."""
    together = seen.maps.sum(axis=0)
    clear = seen.maps * (seen.maps / np.maximum(together, 1e-9)) ** 2
    return [{**row, **_places()[1]} for row in _colours(clear, LARGE_PX)]


def _colours(maps: np.ndarray, side: int) -> list[Row]:
    return [
        {"g": f"group {group + 1}", "url": cover(one, COLOURS[group], _DENSITY * side)}
        for group, one in enumerate(maps / (maps.max() or 1))
    ]


def cover(strength: np.ndarray, colour: str, side_px: int) -> str:
    """Return a map (height, width) in [0, 1] as a data URI: one colour, as opaque as the map is strong."""
    alpha = Image.fromarray(np.round(255 * np.sqrt(strength.clip(0, 1))).astype(np.uint8))
    smooth = np.asarray(alpha.resize((side_px, side_px), Image.Resampling.BICUBIC))
    hue = np.frombuffer(bytes.fromhex(colour.removeprefix("#")), np.uint8)
    return icons.see_through(np.concatenate([np.broadcast_to(hue, (side_px, side_px, 3)), smooth[..., None]], axis=-1))


def _told(seen: BuildingBlocks, group: int) -> Row:
    return {
        "group": group + 1,
        "explained": f"{seen.groups.share[group]:.0%}",
        "channels": ", ".join(name.rpartition(":")[2] for name in seen.strongest(group)),
    }


def _icons(seen: BuildingBlocks, rows: list[Row]) -> list[Row]:
    return [
        {**row, **_told(seen, group), "x": TILE_PX / 2, "side": TILE_PX, "url": url}
        for group, (row, url) in enumerate(zip(rows, icons.small(list(seen.pictures)), strict=True))
    ]


def _grounds(seen: BuildingBlocks, rows: list[Row]) -> list[Row]:
    url = icons.uri(_pale(seen), side_px=_DENSITY * TILE_PX, corner=0.04)
    return [{**row, "x": TILE_PX * 1.5 + GAP_PX, "side": TILE_PX, "url": url} for row in rows]


def _maps(seen: BuildingBlocks, rows: list[Row]) -> list[Row]:
    return [
        {**row, **_told(seen, group), **coloured, "x": TILE_PX * 1.5 + GAP_PX, "side": TILE_PX}
        for group, (row, coloured) in enumerate(zip(rows, _colours(seen.maps, TILE_PX), strict=True))
    ]


# ---- What groups add to classes


def _middles(seen: BuildingBlocks) -> list[float]:
    """Return where zero is in each column of bars."""
    wide = (WIDTH - COLUMNS_PX) / len(seen.names)
    return [COLUMNS_PX + (column + 0.5) * wide for column in range(len(seen.names))]


def _bars(seen: BuildingBlocks, rows: list[Row], feet: float) -> list[Row]:
    """Describe a bar for each group and class, then for the rest and for all; all have one scale."""
    groups = seen.groups
    below = [{"g": what, "middle": feet + (at + 0.5) * FOOT_PX, "colour": theme.QUIET} for at, what in enumerate(FEET)]
    numbers = np.concatenate([groups.attributed, groups.rest[:, None], groups.total[:, None]], axis=1)
    half = (WIDTH - COLUMNS_PX) / len(seen.names) / 2 - GAP_PX / 2
    scale = half / (np.abs(numbers).max() or 1)
    return [
        _bar(row, zero, float(value), scale) | {"class": label}
        for label, zero, column in zip(seen.names, _middles(seen), numbers, strict=True)
        for row, value in zip([*rows, *below], column, strict=True)
    ]


FEET = ("the rest", "all")


def _bar(row: Row, zero: float, value: float, scale: float) -> Row:
    end, up = zero + value * scale, value >= 0
    return {
        **row, "x": min(zero, end), "x2": max(zero, end), "y": row["middle"] - BAR_PX / 2,
        "y2": row["middle"] + BAR_PX / 2, "adds": value, "label": zero - (5 if up else -5), "up": up,
        "shown": written(round(value, 1) + 0, "+.1f"),
    }  # fmt: skip


def _chart(rows: list[Row]) -> alt.Chart:
    return alt.Chart(alt.Data(values=rows))


def _drawn(bars: list[Row]) -> alt.Chart:
    tip = [alt.Tooltip("g:N", title="what"), alt.Tooltip("class:N"), alt.Tooltip("adds:Q", format="+.3f")]
    fill = alt.Fill("colour:N", scale=None, legend=None)
    drawn = _chart(bars).mark_rect().properties(name="bars")
    return drawn.encode(**xy(), x2="x2:Q", y2="y2:Q", fill=fill, opacity=focus.opacity("g"), tooltip=tip)


def _values(bars: list[Row]) -> Any:
    sides = [[row for row in bars if row["up"] == up] for up in (True, False)]
    return alt.layer(*(
        _text(side, align=align).encode(**xy("label", "middle"), text="shown:N", opacity=focus.opacity("g"))
        for side, align in zip(sides, ("right", "left"), strict=True) if side
    ))  # fmt: skip


def _text(rows: list[Row], fill: str = theme.QUIET, size: float = 13.5, **look: Any) -> alt.Chart:
    return _chart(rows).mark_text(baseline="middle", fontSize=size, fill=fill, **look)


def _axes(seen: BuildingBlocks, top: float, feet: float) -> alt.Chart:
    rows = [{"x": zero, "y": top, "y2": feet + 2 * FOOT_PX - 4} for zero in _middles(seen)]
    return _chart(rows).mark_rule(stroke=theme.QUIET, strokeWidth=1).encode(**xy(), y2="y2:Q")


def _heads(seen: BuildingBlocks, top: float) -> Any:
    names = [{"x": zero, "y": top - 12, "name": one} for one, zero in zip(seen.names, _middles(seen), strict=True)]
    what = [{"x": 0, "y": top - 12, "name": "looks for"}, {"x": TILE_PX + GAP_PX, "y": top - 12, "name": "where"}]
    across = (WIDTH - COLUMNS_PX) / len(names) - 8
    return alt.layer(
        _text(names, theme.INK, align="center", limit=across).encode(**xy(), text="name:N"),
        _text(what, align="left").encode(**xy(), text="name:N"),
    )


def _names(rows: list[Row], seen: BuildingBlocks, feet: float) -> alt.Chart:
    words = [{"x": 0, "y": feet + (at + 0.5) * FOOT_PX, "name": what} for at, what in enumerate(FEET)]
    return _text(words, theme.INK, align="left").encode(**xy(), text="name:N")
