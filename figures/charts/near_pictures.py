"""An image of a chart beside its nearest neighbours, cut from one sheet of all.

The picture drawn ahead shows one of them; a pointer or the keyboard chooses others.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
from PIL import Image

from figures.charts import focus, icons, sprites, theme, uncopied
from figures.charts.places import xy

if TYPE_CHECKING:
    from figures.methods.embedding.embedded import Embedded

GAP_PX = 12
FEWEST_PX, SHEET_PX, QUALITY = 32, 960, 78
"""A thumbnail's side in the sheet is at least the first, and the sheet about the second at most."""


@dataclass(frozen=True)
class Pictures:
    """A sheet of all images with its number of columns and rows, where each lies on it, and who is near whom."""

    sheet: str
    columns: int
    rows: int
    slots: list[int]
    near: list[list[int]]
    words: list[str]
    start: int
    first: list[str]

    @classmethod
    def of(cls, seen: Embedded) -> Pictures:
        """Pack the images as they lie on the grid, or one after the other."""
        order = [seen.typical, *seen.near[seen.typical].tolist()]
        words = [seen.attribute.words[i] or seen.names[i] for i in range(len(seen.names))]
        first = [icons.uri(seen.pictures[i], side_px=seen.pictures.shape[1], corner=0) for i in order]
        return cls(
            sheet=sheet(seen),
            columns=seen.side,
            rows=seen.sheet_rows,
            slots=seen.cell.tolist(),
            near=seen.near.tolist(),
            words=words,
            start=seen.typical,
            first=first,
        )

    def parameters(self, places: list[list[float]]) -> list[alt.Parameter]:
        """Return the signals: the image that is looked at, what is known of all, and how the sheet is cut."""
        known: dict[str, Any] = {"at": self.start, "near": self.near, "words": self.words}
        known |= {"sheet": self.sheet, "slots": self.slots, "cells": [self.columns, self.rows], "places": places}
        return [alt.param(name=name, value=uncopied.Values(value)) for name, value in known.items()]


def sheet(seen: Embedded) -> str:
    """Return all images as one WebP data URI; cells without an image are see-through."""
    side = min(seen.pictures.shape[1], max(FEWEST_PX, SHEET_PX // seen.side))
    whole = np.zeros((seen.sheet_rows * side, seen.side * side, 4), np.uint8)
    for picture, cell in zip(seen.pictures, seen.cell.tolist(), strict=True):
        top, left = (side * place for place in divmod(cell, seen.side))
        whole[top : top + side, left : left + side, :3] = sprites.resized(picture, side)
        whole[top : top + side, left : left + side, 3] = 255
    buffer = io.BytesIO()
    Image.fromarray(whole).save(buffer, "WEBP", quality=QUALITY, method=sprites.EFFORT)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode()


def pointed(spec: dict[str, Any], name: str) -> dict[str, Any]:
    """Wire a compiled specification: pointing at a mark of the chart `name` looks at its image, field `i`."""
    signal = next(one for one in spec["signals"] if one["name"] == "at")
    marks = focus.marks_of(spec, {name: "i"})
    signal["on"] = [{"events": f"@{mark}:pointerover", "update": "datum.i"} for mark in marks]
    return spec


def draw(pictures: Pictures, width: float, in_a_row: int) -> alt.VConcatChart:
    """Draw the image and its neighbours, at most so many in a row, each above what it is."""
    across = min(in_a_row, len(pictures.first))
    side = (width - (across - 1) * GAP_PX) / across
    views = [_view(pictures, rank, side) for rank in range(len(pictures.first))]
    rows = [alt.hconcat(*views[i : i + across], spacing=GAP_PX, bounds="flush") for i in range(0, len(views), across)]
    return alt.vconcat(_title(width), *rows, spacing=2)


def _title(width: float) -> alt.LayerChart | alt.FacetChart:
    words = _one({"x": 0, "y": 8, "t": "An image, and those whose codes are nearest"})
    mark = words.mark_text(baseline="middle", fontSize=13, align="left", fontWeight=600)
    return alt.layer(mark.encode(**xy(size=(width, 18)), text="t:N")).properties(width=width, height=18)


def _view(pictures: Pictures, rank: int, side: float) -> alt.LayerChart | alt.FacetChart:
    """Draw one picture: that of the start by itself, others as a window that looks at the sheet."""
    which = "at" if rank == 0 else f"(near[at] || [])[{rank - 1}]"
    first = _one({"url": pictures.first[rank]}).transform_filter(f"at === {pictures.start}")
    still = first.mark_image(width=side, height=side, align="left", baseline="top")
    window = _one({}).transform_filter(f"at !== {pictures.start}").mark_image(
        url=alt.expr("sheet"), clip=True, align="left", baseline="top",
        width=side * pictures.columns, height=side * pictures.rows,
    )  # fmt: skip
    slot = f"slots[{which}]"
    moved = {
        "x": alt.value(alt.expr(f"-{side:g} * ({slot} % {pictures.columns})")),
        "y": alt.value(alt.expr(f"-{side:g} * floor({slot} / {pictures.columns})")),
    }
    return alt.layer(
        still.encode(x=alt.value(0), y=alt.value(0), url="url:N"), window.encode(**moved), _frame(rank, side),
        _below(which, side),
    ).properties(width=side, height=side)  # fmt: skip


def _frame(rank: int, side: float) -> alt.Chart:
    stroke, width = (theme.ACCENT, 3) if rank == 0 else (theme.INK, 1)
    mark = _one({"x": 0, "y": 0, "x2": side, "y2": side}).mark_rect(fill=None, stroke=stroke, strokeWidth=width)
    return mark.encode(**xy(size=(side, side)), x2="x2:Q", y2="y2:Q")


def _below(which: str, side: float) -> alt.Chart:
    chart = _one({"x": 0, "y": side + 12}).transform_calculate(t=f"words[{which}]")
    mark = chart.mark_text(align="left", baseline="middle", fontSize=13, limit=side, fill=theme.QUIET)
    return mark.encode(**xy(size=(side, side)), text="t:N")


def _one(row: dict[str, Any]) -> alt.Chart:
    return alt.Chart(alt.Data(values=[row]))
