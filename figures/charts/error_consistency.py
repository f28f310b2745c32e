"""Draw how alike the errors of every two observers are, as a square: κ in each cell, its interval below it.

On the diagonal stands how much each gets right by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import altair as alt

from figures.artifact import Chart
from figures.charts import theme, vega

if TYPE_CHECKING:
    from figures.methods.observers.consistency import Agreement

CELL_PX, SMALL_PX, WIDE_PX = 64, 34, 480
MANY = 7
"""From so many observers on, cells are small, and intervals are told by the pointer and in the table alone."""
UNDEFINED = "undefined"

Row = dict[str, Any]


def draw(agreements: Sequence[Agreement], *, name: str = "error-consistency", alt_text: str) -> Chart:
    """Draw κ of every two observers, both ways round: below 0 blue, above vermilion, full colour at −1 and 1."""
    names = list(dict.fromkeys(who for one in agreements for who in (one.first, one.second)))
    cells = [row for one in agreements for row in (_cell(one), _cell(one, turned=True))]
    roomy = len(names) < MANY
    cell = CELL_PX if roomy else max(20, min(SMALL_PX, WIDE_PX // len(names)))
    axis: dict[str, Any] = {"domain": False, "ticks": False, "grid": False, "labelLimit": 170, "labelFontSize": 13,
                            "labelColor": theme.INK, "title": None}  # fmt: skip
    scale = alt.Scale(domain=names, paddingInner=0, paddingOuter=0)
    x = alt.X("other:N", sort=names, scale=scale, axis=alt.Axis(labelAngle=-35, **axis))
    y = alt.Y("one:N", sort=names, scale=scale, axis=alt.Axis(**axis))
    base = alt.Chart(alt.Data(values=cells)).encode(x, y)
    own = alt.Chart(alt.Data(values=_accuracies(agreements))).encode(x, y)
    layers = [_squares(base), _numbers(base, -7 if roomy else 0, 15 if roomy else 11), _right(own, roomy)]
    layers += [_spans(base)] if roomy else []
    drawing = alt.layer(*layers).properties(width=cell * len(names), height=cell * len(names))
    return vega.chart(drawing, name=name, alt=alt_text)


def _cell(one: Agreement, *, turned: bool = False) -> Row:
    names = (one.second, one.first) if turned else (one.first, one.second)
    known = one.kappa is not None
    value = one.kappa or 0.0
    step = round((min(max(value, -1), 1) + 1) / 2 * (len(theme.DIVERGING) - 1))
    return {
        "one": names[0], "other": names[1], "n": one.n, "kappa": _written(value) if known else UNDEFINED,
        "short": _written(value) if known else "–", "span": _span(one),
        "observed": None if one.observed is None else round(one.observed, 4),
        "expected": None if one.expected is None else round(one.expected, 4),
        "colour": theme.DIVERGING[step] if known else "transparent", "strong": known and abs(value) > 0.62,
    }  # fmt: skip


def _accuracies(agreements: Sequence[Agreement]) -> list[Row]:
    """Say how much every observer gets right, of the images of the pair that has most."""
    shares: dict[str, float] = {}
    for one in sorted(agreements, key=lambda one: one.n):
        shares |= dict(zip((one.first, one.second), one.accuracies or (), strict=False))
    return [{"one": who, "other": who, "right": f"{share:.0%}"} for who, share in shares.items()]


def _written(value: float) -> str:
    return f"{round(value, 2) + 0:.2f}".replace("-", "−")


def _span(one: Agreement) -> str:
    return "" if one.ci95 is None else f"{_written(one.ci95[0])} to {_written(one.ci95[1])}"


def _squares(base: alt.Chart) -> alt.Chart:
    told = [
        alt.Tooltip("one:N", title="observer"),
        alt.Tooltip("other:N", title="and"),
        alt.Tooltip("kappa:N", title="κ"),
        alt.Tooltip("span:N", title="95 % interval"),
        alt.Tooltip("observed:Q", title="agree", format=".1%"),
        alt.Tooltip("expected:Q", title="would by chance", format=".1%"),
        alt.Tooltip("n:Q", title="images"),
    ]
    squares = base.mark_rect(stroke=theme.PAPER, strokeWidth=2)
    return squares.encode(fill=alt.Fill("colour:N", scale=None), tooltip=told)


def _numbers(base: alt.Chart, dy: int, size: int) -> alt.Chart:
    return base.mark_text(fontSize=size, dy=dy, baseline="middle").encode(text="short:N", fill=_ink())


def _right(base: alt.Chart, roomy: bool) -> alt.Chart:
    words = "datum.right + ' right'" if roomy else "datum.right"
    return base.transform_calculate(words=words).mark_text(fontSize=11, fill=theme.QUIET).encode(text="words:N")


def _spans(base: alt.Chart) -> alt.Chart:
    return base.mark_text(fontSize=10, dy=11, baseline="middle").encode(text="span:N", fill=_ink())


def _ink() -> Any:
    return alt.condition("datum.strong", alt.value(theme.PAPER), alt.value(theme.INK))
