"""Show one cell of a heatmap enlarged: its exact stimulus, the arc that the unit prefers, the response.

A click on a cell chooses it, and so does Enter where the keyboard has come to it. The picture drawn ahead
shows the strongest cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from figures.charts import focus, theme, uncopied
from figures.charts.outlines import SIDE, Look
from figures.charts.panels import Panel
from figures.charts.places import xy

_PICTURE, _BAR, _ABOVE, _LINES = 112, 200, 14, 128
_BESIDE_PX = 480
"""In a chart that is no wider there is no room for words beside the picture."""
_WITHIN = 0.86  # so that no corner leaves the picture as a shape turns
_GREY = "#b9b6ae"  # on the stimulus's own ground, in both themes
Rows = Sequence[Mapping[str, Any]]


def parameters(panels: Sequence[Panel], cells: Sequence[Rows]) -> list[alt.Parameter]:
    """Return the signals: the chosen cell, and what is known of each family."""
    looks = [panel.strips.look or Look() for panel in panels]
    known = [
        {"paths": look.paths, "pictures": look.pictures, "pairs": [list(pair) for pair in look.pairs],
         "title": panel.strips.words or panel.strips.title, "second": panel.strips.second, "step": round(panel.step, 3),
         "unit": panel.strips.unit if panel.strips.unit == "°" else f" {panel.strips.unit}".rstrip()}
        for look, panel in zip(looks, panels, strict=True)
    ]  # fmt: skip
    return [
        alt.param(name="chosen", value=_strongest(panels, cells)),
        alt.param(name="families", value=uncopied.Values(known)),
    ]


def _strongest(panels: Sequence[Panel], cells: Sequence[Rows]) -> dict[str, object]:
    number, row = max(((i, row) for i, rows in enumerate(cells) for row in rows), key=lambda one: one[1]["v"])
    panel = panels[number]
    column = round((row["x"] - panel.left) / panel.step)
    turn = (column * panel.per + panel.per // 2) * 360 / panel.strips.responses.shape[1]
    return {"f": number, "o": turn, **{key: row[key] for key in "uxyr"}, "v": row.get("w", row["v"])}


def clickable(spec: dict, families: int) -> dict:
    """Wire a compiled specification: a click on a cell chooses it. Raises KeyError where no cells are drawn."""
    marks = focus.marks_of(spec, {f"cells{i}": str(i) for i in range(families)})
    signal = next(one for one in spec["signals"] if one["name"] == "chosen")
    signal["on"] = [
        {"events": f"@{mark}:click", "update": f"{{f: {number}, o: datum.a, u: datum.u, x: datum.x, y: datum.y, "
         "r: datum.r, v: isValid(datum.w) ? datum.w : datum.v}"}
        for mark, number in marks.items()
    ]  # fmt: skip
    return spec


@dataclass(frozen=True)
class Inset:
    """The chosen cell below a heatmap `width_px` wide whose rows are `row_px` high, from `top_px` down."""

    panels: Sequence[Panel]
    width_px: float
    top_px: float
    row_px: float
    unit: str

    @property
    def is_beside(self) -> bool:
        """Say whether the words stand beside the picture, and not below."""
        return self.width_px > _BESIDE_PX

    @property
    def height(self) -> float:
        return _ABOVE + _PICTURE + 10 + (0 if self.is_beside else _LINES)

    def layers(self, cells: Sequence[Rows], ideals: Mapping[str, tuple[float, str, str]]) -> list[alt.Chart]:
        """Draw the ring around the chosen cell, and the cell itself.

        `ideals` are, by unit, the orientation of the arc it prefers, the arc's path, and words about it.
        """
        most = max(float(row.get("w", row["v"])) for rows in cells for row in rows)
        left, top = self.panels[0].left if self.is_beside else 1, self.top_px + _ABOVE
        x, y = left + _PICTURE / 2, top + _PICTURE / 2
        looks = [panel.strips.look or Look() for panel in self.panels]
        at = (left + _PICTURE + 18, top) if self.is_beside else (left, top + _PICTURE + 4)
        return [
            *_rings(self.row_px), _ground(looks, left, top), _ideal(ideals, x, y), *_stimulus(looks, x, y),
            *_words(ideals, *at, most, self.unit, one_line=self.is_beside),
        ]  # fmt: skip


def _one(**fields: str) -> alt.Chart:
    """Return a chart of one row, whose fields follow the signals."""
    return _chart([{}]).transform_calculate(**fields)


def _rings(row_px: float) -> list[alt.Chart]:
    """A ring of ink in one of paper, which is seen on every colour."""
    return [_ring(row_px, 1.5, theme.PAPER), _ring(row_px, 3, theme.INK)]


def _ring(row_px: float, out: float, stroke: str) -> alt.Chart:
    ends = {"x": f"chosen.x - {out}", "y": f"chosen.y - {out}", "x2": f"chosen.x + families[chosen.f].step + {out}",
            "y2": f"chosen.y + {row_px + out:g}"}  # fmt: skip
    mark = _one(**ends).mark_rect(fill=None, stroke=stroke, strokeWidth=1.5, cornerRadius=1)
    return mark.encode(**xy(), x2="x2:Q", y2="y2:Q")


def _colour(looks: Sequence[Look], which: int) -> str:
    """Return the expression of the chosen stimulus's ink (0) or ground (1)."""
    index = "0"
    for number, look in enumerate(looks):
        index = f"chosen.f === {number} ? {look.pair('chosen.o')} : ({index})" if len(look.pairs) > 1 else index
    return f"families[chosen.f].pairs[{index}][{which}]"


def _ground(looks: Sequence[Look], left: float, top: float) -> alt.Chart:
    place = {"x": f"{left:g}", "y": f"{top:g}", "x2": f"{left + _PICTURE:g}", "y2": f"{top + _PICTURE:g}"}
    mark = _one(c=_colour(looks, 1), **place).mark_rect(cornerRadius=5, stroke=theme.RULE, strokeWidth=1)
    return mark.encode(**xy(), x2="x2:Q", y2="y2:Q", fill=alt.Fill("c:N", scale=None, legend=None))


def _ideal(ideals: Mapping[str, tuple[float, str, str]], x: float, y: float) -> alt.Chart:
    rows = [{"n": unit, "x": x, "y": y, "p": path, "a": angle} for unit, (angle, path, _) in ideals.items()]
    chart = _chart(rows).transform_filter("datum.n === chosen.u")
    return _turned(chart).encode(fill=alt.value(_GREY))


def _stimulus(looks: Sequence[Look], x: float, y: float) -> list[alt.Chart]:
    place = {"x": f"{x:g}", "y": f"{y:g}"}
    path = _one(p="families[chosen.f].paths[chosen.r]", a="chosen.o", c=_colour(looks, 0), **place)
    drawn = _turned(path.transform_filter("isValid(datum.p)")).encode(fill=alt.Fill("c:N", scale=None, legend=None))
    many = max((len(one) for look in looks for one in look.pictures.values()), default=0)
    if not many:
        return [drawn]
    url = f"families[chosen.f].pictures[chosen.r][round(chosen.o * {many / 360:.6g}) % {many}]"
    held = _one(i=f"isValid(families[chosen.f].pictures[chosen.r]) ? {url} : null", **place)
    pictures = held.transform_filter("isValid(datum.i)").mark_image(width=_PICTURE, height=_PICTURE)
    return [drawn, pictures.encode(**xy(), url="i:N")]


def _turned(chart: alt.Chart) -> alt.Chart:
    """Draw a path (field p) turned by a degrees (field a); a symbol's size is twice the scale of its path, squared."""
    mark = chart.mark_point(filled=True, opacity=1, strokeWidth=0, size=(2 * _WITHIN * _PICTURE / SIDE) ** 2)
    return mark.encode(**xy(), shape=alt.Shape("p:N", scale=None, legend=None), angle=alt.Angle("a:Q", scale=None))


_TOLD = (
    "families[chosen.f].title + ' towards ' + format(chosen.o, '.1f') + '°, ' + families[chosen.f].second + ' ' "
    "+ chosen.r + families[chosen.f].unit"
)
_HINT = "Choose a cell, by a click or Enter, to see its stimulus."


def _words(
    ideals: Mapping[str, tuple[float, str, str]], left: float, top: float, most: float, unit: str, *, one_line: bool
) -> list[alt.Chart]:
    """Say which cell it is, what it answers and what grey means, in one line or in two."""
    told = {name: f"Grey: {words}" for name, (_, _, words) in ideals.items()}
    told = told if one_line else {name: words.replace(", ", ",\n", 1) for name, words in told.items()}
    grey = [{"n": name, "x": left, "y": top + 76, "t": words} for name, words in told.items()]
    hint = [{"x": left, "y": top + (100 if one_line else 116), "t": _HINT}]
    lines = {"chosen.u": 10, _TOLD: 30}
    own = [_text(_one(x=f"{left:g}", y=f"{top + y:g}", t=words), 13, theme.INK) for words, y in lines.items()]
    return [
        *own, *_bar(left, top + 46, most, unit), _text(_chart(hint)),
        _text(_chart(grey).transform_filter("datum.n === chosen.u")),
    ]  # fmt: skip


def _bar(left: float, top: float, most: float, unit: str) -> list[alt.Chart]:
    """A bar as long as the response, in its colour, and its number."""
    share = f"max(chosen.v, 0) / {most:.6g}"
    end = f"{left:g} + {_BAR} * {share}"
    ramp = "[" + ", ".join(f"'{colour}'" for colour in theme.SEQUENTIAL) + "]"
    colour = f"{ramp}[min(floor({share} * {theme.STEPS}), {theme.STEPS - 1})]"
    bar = _one(x=f"{left:g}", x2=end, y=f"{top:g}", y2=f"{top + 12:g}", c=colour).mark_rect()
    number = _one(x=f"{end} + 8", y=f"{top + 6:g}", t=f"format(chosen.v, '.2f') + ' {unit}'")
    fill = alt.Fill("c:N", scale=None, legend=None)
    return [bar.encode(**xy(), x2="x2:Q", y2="y2:Q", fill=fill), _text(number, 13, theme.INK)]


def _chart(rows: Rows) -> alt.Chart:
    return alt.Chart(uncopied.data(rows))


def _text(chart: alt.Chart, size: int = 12, fill: str = theme.QUIET) -> alt.Chart:
    look: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": size, "fill": fill, "lineBreak": "\n"}
    return chart.mark_text(**look).encode(**xy(), text="t:N")
