"""Draw pictures side by side, each above the answers to it: a bar for each, and a sign at those that are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import icons, theme, vega
from figures.charts.places import xy
from figures.charts.top_answers import RIGHT, UNTOLD, WRONG

RIGHT_SIGN, WRONG_SIGN = "✓", "✗"
TITLE_PX, ROW_PX, BAR_PX, GAP_PX, ROWS_PX, _DENSITY = 22, 20, 17, 14, 16, 2
_COLOURS = {RIGHT_SIGN: RIGHT, WRONG_SIGN: WRONG, "": UNTOLD}
Row = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """A class that was answered, its probability, and `✓` or `✗` where it is known to be right or wrong."""

    name: str
    share: float
    sign: str = ""


@dataclass(frozen=True)
class Card:
    """A picture (channel, side, side) in [0, 1], its title, and the answers to it, the likeliest first."""

    picture: np.ndarray
    title: str
    answers: Sequence[Answer]


def draw(rows: Sequence[Sequence[Card]], *, tile: int = 140, name: str = "answers", alt_text: str) -> Chart:
    """Draw rows of cards, whose pictures are `tile` pixels wide."""
    tall = TITLE_PX + tile + max(len(card.answers) for row in rows for card in row) * ROW_PX + 6
    places = [
        (card, column * (tile + GAP_PX), row * (tall + ROWS_PX))
        for row, cards in enumerate(rows)
        for column, card in enumerate(cards)
    ]
    bars = [bar for card, x, y in places for bar in _bars(card, x, y + TITLE_PX + tile + 6, tile)]
    titles = [{"x": x, "y": y + TITLE_PX / 2 - 2, "text": card.title} for card, x, y in places]
    layers = [_text(titles, tile, fill=theme.QUIET), _pictures(places, tile), *_answers(bars, tile)]
    width = max(map(len, rows)) * (tile + GAP_PX) - GAP_PX
    drawing = alt.layer(*layers).properties(width=width, height=len(rows) * (tall + ROWS_PX) - ROWS_PX)
    return vega.chart(drawing, name=name, alt=alt_text)


def written(share: float) -> str:
    """Write a probability in whole percent."""
    return f"{share:.0%}" if share >= 0.01 else "< 1%"


def line(answer: Answer) -> str:
    """Write an answer as a line below a small picture."""
    return f"{answer.sign} {answer.name} {written(answer.share)}".strip()


def _bars(card: Card, left: float, top: float, tile: int) -> list[Row]:
    return [
        {
            "x": left, "x2": left + tile * answer.share, "far": left + tile, "y": top + rank * ROW_PX,
            "y2": top + rank * ROW_PX + BAR_PX, "middle": top + rank * ROW_PX + BAR_PX / 2, "label": left + 4,
            "end": left + tile - 4, "class": answer.name, "probability": answer.share, "picture": card.title,
            "text": answer.name, "shown": f"{written(answer.share)} {answer.sign}".strip(),
            "colour": _COLOURS[answer.sign],
        }
        for rank, answer in enumerate(card.answers)
    ]  # fmt: skip


def _pictures(places: Sequence[tuple[Card, float, float]], tile: int) -> alt.Chart:
    rows = [
        {
            "x": x + tile / 2, "y": y + TITLE_PX + tile / 2,
            "url": icons.uri(icons.pixels(card.picture[None])[0], side_px=_DENSITY * tile, corner=0.03),
        }
        for card, x, y in places
    ]  # fmt: skip
    return _chart(rows).mark_image(width=tile, height=tile).encode(**xy(), url="url:N")


def _answers(bars: list[Row], tile: int) -> list[alt.Chart]:
    """Draw how long a bar would be that is certain, how long it is, and what it says."""
    tip = [alt.Tooltip(f"{name}:N") for name in ("picture", "class")] + [alt.Tooltip("probability:Q", format=".2%")]
    fill = alt.Fill("colour:N", scale=None, legend=None)
    ground = _chart(bars).mark_rect(fill=theme.RULE, opacity=0.55).encode(**xy(), x2="far:Q", y2="y2:Q")
    filled = _chart(bars).mark_rect(opacity=0.5).encode(**xy(), x2="x2:Q", y2="y2:Q", fill=fill, tooltip=tip)
    names = _text(bars, tile - 46, fill=theme.INK, x="label", y="middle")
    shares = _chart(bars).mark_text(align="right", baseline="middle", fontSize=12, fill=theme.INK)
    return [ground, filled, names, shares.encode(**xy("end", "middle"), text="shown:N")]


def _text(rows: list[Row], limit: float, *, fill: str, x: str = "x", y: str = "y") -> alt.Chart:
    mark = _chart(rows).mark_text(align="left", baseline="middle", fontSize=12, limit=limit, fill=fill)
    return mark.encode(**xy(x, y), text="text:N")


def _chart(rows: list[Row]) -> alt.Chart:
    return alt.Chart(alt.Data(values=rows))
