"""Draw images in the plane: thumbnails on a grid, or dots; each with its nearest neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import focus, groups, lasso, near_pictures, theme, uncopied, vega
from figures.charts.places import xy

if TYPE_CHECKING:
    from figures.methods.embedding.embedded import Embedded

WIDTH = 572
"""Narrow, so that words can still be read where a phone makes the whole smaller."""
MARGIN = 10
_VEIL, _DOT, _MARK = 0.82, 80, 34

Row = dict[str, Any]


def draw(seen: Embedded, *, name: str = "embedding", alt_text: str) -> Chart:
    """Draw the map, below it what colours stand for, and an image beside its nearest.

    Pointing at an image shows its neighbours; a line around some counts these; a click on a word of the legend fades
    all others.
    """
    rows, pictures = _rows(seen), near_pictures.Pictures.of(seen)
    below = [groups.legend(seen.attribute, rows, WIDTH)] if seen.attribute.order else []
    row = near_pictures.draw(pictures, WIDTH)
    drawing = alt.vconcat(
        _map(seen, rows), *below, row, spacing=14, padding={"left": 2, "right": 2, "top": 2, "bottom": 2}
    )
    places = [[each["x"], each["y"]] for each in rows]
    drawing = drawing.add_params(*focus.parameters(), *lasso.parameters(), *pictures.parameters(places))
    spec = vega.compiled(drawing)
    spec = focus.interactive(spec, clicked={"legend": "l"} if below else {})
    spec = near_pictures.pointed({**spec, "description": alt_text}, "images")
    svg, width, tall = vega.drawn(spec, name=name, alt=alt_text)
    return Chart(spec, svg, width, tall, name, alt_text, lasso="images")


def _rows(seen: Embedded) -> list[Row]:
    """One row an image: where its middle lies in pixels, what it is, its colour, its shape, and its neighbours."""
    inside = WIDTH - (0 if seen.recipe.grid else 2 * MARGIN)
    places = np.round((WIDTH - inside) / 2 + seen.points * inside, 2).tolist()
    words, looks = seen.attribute.words, groups.looks(seen.attribute)
    told = [", ".join(words[j] or seen.names[j] for j in row) for row in seen.near.tolist()]
    return [
        {"i": i, "x": x, "y": y, "n": seen.names[i], "w": words[i], "k": told[i], **groups.of(looks, words[i])}
        for i, (x, y) in enumerate(places)
    ]  # fmt: skip


def _map(seen: Embedded, rows: list[Row]) -> alt.LayerChart | alt.FacetChart:
    """Lay all out, around them what marks the one that is looked at and its neighbours."""
    tip = [alt.Tooltip("n:N", title="picture"), alt.Tooltip("k:N", title="nearest")]
    tip = [alt.Tooltip("w:N", title=seen.attribute.name), *tip] if seen.attribute.order else tip
    around = [*([] if seen.recipe.grid else [_lines()]), *_rings(seen)]
    layers = _thumbnails(seen, tip) if seen.recipe.grid else _dots(tip)
    return alt.layer(*layers, *around, data=uncopied.data(rows)).properties(width=WIDTH, height=WIDTH)


def _thumbnails(seen: Embedded, tip: list[alt.Tooltip]) -> list[alt.Chart]:
    """All thumbnails are one picture; over each lies a veil, seen where others are looked at, and its group's mark."""
    cell = WIDTH / seen.side
    sheet = alt.Chart().transform_filter("datum.i === 0").mark_image(
        url=alt.expr("sheet"), width=WIDTH, height=seen.sheet_rows * cell, align="left", baseline="top",
    ).encode(x=alt.value(0), y=alt.value(0))  # fmt: skip
    veil = _square(cell / 2).mark_rect(fill=theme.PAPER).encode(
        **_corners(), tooltip=tip, fillOpacity=alt.condition(_faded(), alt.value(_VEIL), alt.value(0)),
    ).properties(name="images")  # fmt: skip
    corner = alt.Chart().transform_calculate(mx=f"datum.x - {cell / 2 - 6:g}", my=f"datum.y + {cell / 2 - 6:g}")
    return [sheet, veil, *([_marks(corner, "mx", "my", _MARK)] if seen.attribute.order else [])]


def _dots(tip: list[alt.Tooltip]) -> list[alt.Chart]:
    dots = _marks(alt.Chart(), "x", "y", _DOT)
    return [dots.encode(tooltip=tip).properties(name="images")]


def _marks(chart: alt.Chart, x: str, y: str, size: int) -> alt.Chart:
    return chart.mark_point(size=size, stroke=theme.PAPER, strokeWidth=1).encode(
        **_xy(x, y), fill=alt.Fill("c:N", scale=None, legend=None), shape=alt.Shape("s:N", scale=None, legend=None),
        opacity=alt.condition(_faded(), alt.value(theme.FADED), alt.value(1)),
    )  # fmt: skip


def _faded() -> str:
    """Write what is true of images that a reader looks away from: those of other groups, and those not chosen."""
    return f"({focus.others('l')}) || !({lasso.INSIDE})"


def _lines() -> alt.Chart:
    """Join an image to its neighbours."""
    chart = _near().transform_calculate(x2=f"{_PLACE}[0]", y2=f"{_PLACE}[1]")
    return chart.mark_rule(stroke=theme.INK, strokeWidth=1.5).encode(**_xy(), x2="x2:Q", y2="y2:Q")


def _rings(seen: Embedded) -> list[alt.Chart]:
    """Mark the neighbours in ink, the image itself in colour."""
    half = WIDTH / seen.side / 2 if seen.recipe.grid else 8
    own = alt.Chart().transform_filter("datum.i === at")
    return [_ring(_near(), half, theme.INK, 1.5), _ring(own, half + 1, theme.ACCENT, 3)]


_PLACE = "(places[at] || [0, 0])"


def _near() -> alt.Chart:
    return alt.Chart().transform_filter("indexof(near[at] || [], datum.i) >= 0")


def _ring(chart: alt.Chart, half: float, stroke: str, width: float) -> alt.Chart:
    mark = _squared(chart, half).mark_rect(fill=None, stroke=stroke, strokeWidth=width, cornerRadius=2)
    return mark.encode(**_corners())


def _square(half: float) -> alt.Chart:
    return _squared(alt.Chart(), half)


def _squared(chart: alt.Chart, half: float) -> alt.Chart:
    ends = {"x0": f"datum.x - {half:g}", "y0": f"datum.y - {half:g}", "x1": f"datum.x + {half:g}"}
    return chart.transform_calculate(**ends, y1=f"datum.y + {half:g}")


def _corners() -> dict[str, Any]:
    return {**_xy("x0", "y0"), "x2": "x1:Q", "y2": "y1:Q"}


def _xy(x: str = "x", y: str = "y") -> dict[str, Any]:
    return xy(x, y, size=(WIDTH, WIDTH))
