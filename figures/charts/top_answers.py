"""Draw pictures beside a network's likeliest classes, a bar for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import icons, theme, vega
from figures.charts.places import xy

if TYPE_CHECKING:
    from figures.methods.top_answers import TopAnswers

#: Narrow, so that words can still be read where a phone makes the whole smaller.
WIDTH = 440
ROW_PX, BAR_PX, GAP_PX, SHARE_PX, _DENSITY = 22, 15, 18, 52, 2
RIGHT, WRONG, UNTOLD = theme.SERIES[2], theme.SERIES[0], theme.ACCENT

Row = dict[str, Any]


def draw(seen: TopAnswers, *, tile: int = 120, name: str = "top-answers", alt_text: str) -> Chart:
    """Draw one picture below the other, each as the network sees it; what is right or wrong is marked."""
    count = seen.index.shape[1]
    tall = max(tile, count * ROW_PX)
    tops = [picture * (tall + GAP_PX) for picture in range(len(seen.shown.names))]
    bars, marked = [], any(seen.truths)
    for picture, top in enumerate(tops):
        bars += _bars(seen, picture, top + (tall - count * ROW_PX) / 2, tile)
    layers = [_pictures(seen, tops, tile, tall), _ground(bars), _filled(bars), _names(bars), _shares(bars)]
    layers += [_marks([row for row in bars if row["mark"]])] if marked else []
    drawing = alt.layer(*layers).properties(width=WIDTH, height=tops[-1] + tall)
    return vega.chart(drawing, name=name, alt=alt_text)


def _pictures(seen: TopAnswers, tops: list[float], tile: int, tall: int) -> alt.Chart:
    pixels = icons.pixels(np.ascontiguousarray(seen.shown.images))
    rows = [
        {"x": tile / 2, "y": top + tall / 2, "url": icons.uri(one, side_px=_DENSITY * tile, corner=0.03)}
        for one, top in zip(pixels, tops, strict=True)
    ]
    return alt.Chart(alt.Data(values=rows)).mark_image(width=tile, height=tile).encode(**xy(), url="url:N")


def _bars(seen: TopAnswers, picture: int, top: float, tile: int) -> list[Row]:
    """Describe the answers to one picture, each in a row of its own."""
    left, wide, told = tile + GAP_PX, WIDTH - tile - GAP_PX - SHARE_PX, bool(seen.truths[picture])
    rows = []
    for rank, share in enumerate(seen.probability[picture].tolist()):
        right = bool(seen.right[picture, rank])
        colour = (RIGHT if right else WRONG) if told and (right or rank == 0) else UNTOLD
        middle = top + (rank + 0.5) * ROW_PX
        rows.append({
            "x": left, "x2": left + wide * share, "far": left + wide, "y": middle - BAR_PX / 2,
            "y2": middle + BAR_PX / 2, "middle": middle, "label": left + 5, "share x": left + wide + 8,
            "class": seen.names[picture][rank], "probability": share, "colour": colour,
            "mark": "" if not told else "✓" if right else "✗" if rank == 0 else "",
            "picture": seen.shown.names[picture], "shown": f"{share:.1%}" if share >= 0.001 else "< 0.1%",
        })  # fmt: skip
    return rows


def _chart(rows: list[Row]) -> alt.Chart:
    return alt.Chart(alt.Data(values=rows))


def _ground(rows: list[Row]) -> alt.Chart:
    """Draw how long a bar would be that is certain."""
    return _chart(rows).mark_rect(fill=theme.RULE, opacity=0.55).encode(**xy(), x2="far:Q", y2="y2:Q")


def _filled(rows: list[Row]) -> alt.Chart:
    tip = [alt.Tooltip(f"{name}:N") for name in ("picture", "class")] + [alt.Tooltip("probability:Q", format=".2%")]
    fill = alt.Fill("colour:N", scale=None, legend=None)
    return _chart(rows).mark_rect(opacity=0.5).encode(**xy(), x2="x2:Q", y2="y2:Q", fill=fill, tooltip=tip)


def _names(rows: list[Row]) -> alt.Chart:
    return _text(rows, align="left", fill=theme.INK).encode(**xy("label", "middle"), text="class:N")


def _shares(rows: list[Row]) -> alt.Chart:
    return _text(rows, align="left", fill=theme.QUIET).encode(**xy("share x", "middle"), text="shown:N")


def _marks(rows: list[Row]) -> alt.Chart:
    """Say right and wrong in a sign too, not by colour alone."""
    fill = alt.Fill("colour:N", scale=None, legend=None)
    return _text(rows, align="right", dx=-4, fontWeight=600).encode(**xy("far", "middle"), text="mark:N", fill=fill)


def _text(rows: list[Row], **look: Any) -> alt.Chart:
    return _chart(rows).mark_text(baseline="middle", fontSize=12.5, **look)
