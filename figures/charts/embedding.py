"""Draw images in the plane: thumbnails on a grid, or dots; each with its nearest neighbours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import focus, groups, lasso, near_pictures, theme, uncopied, vega
from figures.charts.places import xy

if TYPE_CHECKING:
    from figures.methods.embedding.embedded import Embedded

WIDTH, NARROW = 572, 338
"""Frames and rings reach over the edges."""
PADDING = 2
MARGIN = 10
_VEIL, _DOT, _MARK = 0.82, 80, 34
_IN_A_ROW = 3
"""How many of the image and its nearest stand beside each other on a narrow page, where on others all do."""

Row = dict[str, Any]


def draw(seen: Embedded, *, name: str = "embedding", alt_text: str) -> Chart:
    """Draw the map, below it what colours stand for, and an image beside its nearest.

    Pointing at an image shows its neighbours; a line around some counts these; a click on a word of the legend fades
    all others.
    """
    pictures = near_pictures.Pictures.of(seen)
    wide = _form(_Map(seen, WIDTH), pictures, len(pictures.first), name, alt_text)
    narrow = _form(_Map(seen, NARROW), pictures, _IN_A_ROW, name, alt_text)
    return replace(wide, narrow=narrow)


def _form(plane: _Map, pictures: near_pictures.Pictures, in_a_row: int, name: str, alt_text: str) -> Chart:
    rows, attribute = plane.rows(), plane.seen.attribute
    below = [groups.legend(attribute, rows, plane.width)] if attribute.order else []
    row = near_pictures.draw(pictures, plane.width, in_a_row)
    padding = dict.fromkeys(("left", "right", "top", "bottom"), PADDING)
    drawing = alt.vconcat(plane.draw(rows), *below, row, spacing=14, padding=padding)
    places = [[each["x"], each["y"]] for each in rows]
    drawing = drawing.add_params(*focus.parameters(), *lasso.parameters(), *pictures.parameters(places))
    spec = focus.interactive(vega.compiled(drawing), clicked={"legend": "l"} if below else {})
    spec = near_pictures.pointed({**spec, "description": alt_text}, "images")
    svg, width, tall = vega.drawn(spec, name=name, alt=alt_text)
    return Chart(spec, svg, width, tall, name, alt_text, lasso="images")


@dataclass(frozen=True)
class _Map:
    """The images in a square `width` pixels wide."""

    seen: Embedded
    width: float

    def rows(self) -> list[Row]:
        """One row an image: where its middle lies in pixels, what it is, its colour, its shape, and its neighbours."""
        seen = self.seen
        inside = self.width - (0 if seen.recipe.grid else 2 * MARGIN)
        places = np.round((self.width - inside) / 2 + seen.points * inside, 2).tolist()
        words, looks = seen.attribute.words, groups.looks(seen.attribute)
        told = [", ".join(words[j] or seen.names[j] for j in row) for row in seen.near.tolist()]
        return [
            {"i": i, "x": x, "y": y, "n": seen.names[i], "w": words[i], "k": told[i], **groups.of(looks, words[i])}
            for i, (x, y) in enumerate(places)
        ]

    def draw(self, rows: list[Row]) -> alt.LayerChart | alt.FacetChart:
        """Lay all out, around them what marks the one that is looked at and its neighbours."""
        grid, attribute = self.seen.recipe.grid, self.seen.attribute
        tip = [alt.Tooltip("n:N", title="picture"), alt.Tooltip("k:N", title="nearest")]
        tip = [alt.Tooltip("w:N", title=attribute.name), *tip] if attribute.order else tip
        around = [*([] if grid else [self._lines()]), *self._rings()]
        layers = self._thumbnails(tip) if grid else self._dots(tip)
        square = {"width": self.width, "height": self.width}
        return alt.layer(*layers, *around, data=uncopied.data(rows)).properties(**square)

    def _thumbnails(self, tip: list[alt.Tooltip]) -> list[alt.Chart]:
        """All thumbnails are one picture; over each lies a veil, seen where others are looked at, and a mark."""
        cell = self.width / self.seen.side
        sheet = alt.Chart().transform_filter("datum.i === 0").mark_image(
            url=alt.expr("sheet"), width=self.width, height=self.seen.sheet_rows * cell, align="left", baseline="top",
        ).encode(x=alt.value(0), y=alt.value(0))  # fmt: skip
        veil = _square(cell / 2).mark_rect(fill=theme.PAPER).encode(
            **self._corners(), tooltip=tip, fillOpacity=alt.condition(_faded(), alt.value(_VEIL), alt.value(0)),
        ).properties(name="images")  # fmt: skip
        corner = alt.Chart().transform_calculate(mx=f"datum.x - {cell / 2 - 6:g}", my=f"datum.y + {cell / 2 - 6:g}")
        return [sheet, veil, *([self._marks(corner, "mx", "my", _MARK)] if self.seen.attribute.order else [])]

    def _dots(self, tip: list[alt.Tooltip]) -> list[alt.Chart]:
        dots = self._marks(alt.Chart(), "x", "y", _DOT)
        return [dots.encode(tooltip=tip).properties(name="images")]

    def _marks(self, chart: alt.Chart, x: str, y: str, size: int) -> alt.Chart:
        return chart.mark_point(size=size, stroke=theme.PAPER, strokeWidth=1).encode(
            **self._xy(x, y), fill=alt.Fill("c:N", scale=None, legend=None),
            shape=alt.Shape("s:N", scale=None, legend=None),
            opacity=alt.condition(_faded(), alt.value(theme.FADED), alt.value(1)),
        )  # fmt: skip

    def _lines(self) -> alt.Chart:
        """Join an image to its neighbours."""
        chart = _near().transform_calculate(x2=f"{_PLACE}[0]", y2=f"{_PLACE}[1]")
        return chart.mark_rule(stroke=theme.INK, strokeWidth=1.5).encode(**self._xy(), x2="x2:Q", y2="y2:Q")

    def _rings(self) -> list[alt.Chart]:
        """Mark the neighbours in ink, the image itself in colour."""
        half = self.width / self.seen.side / 2 if self.seen.recipe.grid else 8
        own = alt.Chart().transform_filter("datum.i === at")
        return [self._ring(_near(), half, theme.INK, 1.5), self._ring(own, half + 1, theme.ACCENT, 3)]

    def _ring(self, chart: alt.Chart, half: float, stroke: str, width: float) -> alt.Chart:
        mark = _squared(chart, half).mark_rect(fill=None, stroke=stroke, strokeWidth=width, cornerRadius=2)
        return mark.encode(**self._corners())

    def _corners(self) -> dict[str, Any]:
        return {**self._xy("x0", "y0"), "x2": "x1:Q", "y2": "y1:Q"}

    def _xy(self, x: str = "x", y: str = "y") -> dict[str, Any]:
        return xy(x, y, size=(self.width, self.width))


def _faded() -> str:
    """Write what is true of images that a reader looks away from: those of other groups, and those not chosen."""
    return f"({focus.others('l')}) || !({lasso.INSIDE})"


_PLACE = "(places[at] || [0, 0])"


def _near() -> alt.Chart:
    return alt.Chart().transform_filter("indexof(near[at] || [], datum.i) >= 0")


def _square(half: float) -> alt.Chart:
    return _squared(alt.Chart(), half)


def _squared(chart: alt.Chart, half: float) -> alt.Chart:
    ends = {"x0": f"datum.x - {half:g}", "y0": f"datum.y - {half:g}", "x1": f"datum.x + {half:g}"}
    return chart.transform_calculate(**ends, y1=f"datum.y + {half:g}")
