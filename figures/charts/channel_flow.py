"""Draw the channels of two layers in columns, and between them what those of the lower add to those of the upper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import focus, icons, theme, vega
from figures.charts.places import xy

if TYPE_CHECKING:
    from figures.methods.blocks.channel_flow import ChannelFlow

#: Narrow, so that words can still be read where a phone makes the whole smaller.
WIDTH = 460
TILE_PX, STEP_PX, HEAD_PX, WIDEST_PX, _POINTS = 64, 92, 30, 14.0, 17
FOR, AGAINST = theme.SERIES[0], theme.SERIES[1]

Row = dict[str, Any]


def draw(seen: ChannelFlow, *, name: str = "channel-attribution", alt_text: str) -> Chart:
    """Draw upper channels on the left and lower ones on the right; links are as wide as what they carry.

    Pointing at a channel, or at a link of an upper one, fades the links of others.
    """
    across = max(len(seen.flow.index), len(seen.sources))
    upper = _column(seen.upper_names, seen.upper_pictures, TILE_PX / 2, across)
    lower = _column(seen.lower_names, seen.lower_pictures, WIDTH - TILE_PX / 2, across)
    links = _links(seen, upper, lower)
    heads = [{"x": 0, "y": 10, "name": seen.upper, "align": "left"}, {"x": WIDTH, "y": 10, "name": seen.lower}]
    drawing = alt.layer(
        _drawn(links),
        _images([{**row, "value": value} for row, value in zip(upper, seen.flow.value.tolist(), strict=True)], "upper"),
        _images(lower, "lower"),
        _labels([*upper, *lower]),
        _text(heads[:1], theme.INK, align="left", fontWeight=600).encode(**xy(), text="name:N"),
        _text(heads[1:], theme.INK, align="right", fontWeight=600).encode(**xy(), text="name:N"),
    ).add_params(*focus.parameters())
    drawing = drawing.properties(width=WIDTH, height=HEAD_PX + across * STEP_PX - 4)
    return vega.chart(drawing, name=name, alt=alt_text, pointed={"links": "u", "upper": "u", "lower": "u"})


def _column(names: list[str], pictures: np.ndarray, x: float, most: int) -> list[Row]:
    """Place channels one below the other, spread over the height that the longer column takes."""
    tall = most * STEP_PX
    return [
        {"u": name, "x": x, "middle": HEAD_PX + tall * (at + 0.5) / len(names) - (STEP_PX - TILE_PX) / 2, "url": url}
        for at, (name, url) in enumerate(zip(names, icons.small(list(pictures)), strict=True))
    ]


def _links(seen: ChannelFlow, upper: list[Row], lower: list[Row]) -> list[Row]:
    """Describe the points of every link that can be seen, the widest first, so that narrow ones lie above."""
    largest = np.abs(seen.links).max() or 1
    rows = []
    for at in np.argsort(-np.abs(seen.links), axis=None, kind="stable").tolist():
        above, below = divmod(at, seen.links.shape[1])
        value = float(seen.links[above, below])
        wide = WIDEST_PX * abs(value) / largest
        if wide >= 0.25:
            rows += _link(upper[above], lower[below], value, wide, value / float(seen.flow.value[above] or 1))
    return rows


def _link(upper: Row, lower: Row, value: float, wide: float, share: float) -> list[Row]:
    t = np.linspace(0, 1, _POINTS)
    ease = t * t * (3 - 2 * t)
    start, end = TILE_PX + 4, WIDTH - TILE_PX - 4
    colour = FOR if value > 0 else AGAINST
    told = {"u": upper["u"], "from": lower["u"], "adds": value, "share": share, "colour": colour, "wide": wide}
    xs, ys = start + (end - start) * t, upper["middle"] + (lower["middle"] - upper["middle"]) * ease
    key = f"{upper['u']} {lower['u']}"
    return [
        {"x": float(x), "middle": float(y), "key": key, "at": at, **told}
        for at, (x, y) in enumerate(zip(xs, ys, strict=True))
    ]


def _drawn(links: list[Row]) -> alt.Chart:
    tip = [alt.Tooltip("u:N", title="to"), alt.Tooltip("from:N"), alt.Tooltip("adds:Q", format="+.3f"),
           alt.Tooltip("share:Q", format="+.1%")]  # fmt: skip
    hue = alt.Stroke("colour:N", scale=None, legend=None)
    return (
        alt.Chart(alt.Data(values=links), name="links")
        .mark_line(strokeCap="butt", strokeWidth=alt.ExprRef("datum.wide"))
        .encode(
            **xy("x", "middle"), detail="key:N", order="at:Q", stroke=hue,  tooltip=tip,
            opacity=_opacity(),
        )
    )  # fmt: skip


def _opacity() -> Any:
    """Fade links that do not end at the channel that is looked at."""
    others = f"{focus.others('u')} && ({focus.POINTED} || {focus.ISOLATED}) !== datum.from"
    return alt.condition(others, alt.value(0.75 * theme.FADED), alt.value(0.75))


def _images(rows: list[Row], name: str) -> alt.Chart:
    tip = [alt.Tooltip("u:N", title="unit")]
    tip += [alt.Tooltip("value:Q", title="sum of its map", format=".2f")] if "value" in rows[0] else []
    chart = alt.Chart(alt.Data(values=rows)).mark_image(width=TILE_PX, height=TILE_PX)
    return chart.properties(name=name).encode(**xy("x", "middle"), url="url:N", tooltip=tip)


def _labels(rows: list[Row]) -> alt.Chart:
    names = [{**row, "y": row["middle"] + TILE_PX / 2 + 11, "name": row["u"].rpartition(":")[2]} for row in rows]
    return _text(names, align="center").encode(**xy(), text="name:N")


def _text(rows: list[Row], fill: str = theme.QUIET, **look: Any) -> alt.Chart:
    return alt.Chart(alt.Data(values=rows)).mark_text(baseline="middle", fontSize=14, fill=fill, **look)
