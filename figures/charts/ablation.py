"""Draw which classes units change, among random sets of as many others; and how that grows with a push."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import focus, theme, vega

if TYPE_CHECKING:
    from figures.methods.ablation.ablated import Ablated

WIDTH, ROW_PX = 330, 21
STRIP_PX = 22
DOSE_WIDTH, DOSE_HEIGHT = 240, 170
LINES = 6
"""How many classes have a line of their own over the doses."""
_FORMATS = {"logit": "+.2~f", "probability": "+.2~%", "accuracy": "+.1~%"}


def draw(seen: Ablated, *, count: int, done: str, name: str = "ablation", alt_text: str) -> Chart:
    """Draw the `count` classes that change most: a dot for the units, a bar for the range of random sets.

    Above, the probability that each set moves; `done` says what is done to the units.
    """
    panels = [_strip(seen, done), _classes(seen, count)]
    drawing = alt.vconcat(*panels, spacing=16) if seen.random_sets else panels[1]
    return vega.chart(drawing, name=name, alt=alt_text)


def doses(seen: Ablated, *, count: int = LINES, alt_text: str) -> tuple[Chart, Chart]:
    """Draw over the doses how the classes change that change most, and what probability moves."""
    lines = _lines(seen, min(count, LINES)).add_params(*focus.parameters())
    return (
        vega.chart(lines, name="doses", alt=alt_text, pointed={"lines": "class"}),
        vega.chart(_moved(seen), name="moved", alt=alt_text),
    )


def _strip(seen: Ablated, done: str) -> alt.LayerChart | alt.FacetChart:
    rows = [{"moved": _short(value), "set": _set(seen, place, done)} for place, value in enumerate(seen.moved.tolist())]
    axis = alt.Axis(format=".2~%", tickCount=5, orient="top", title="probability that moves")
    x = alt.X("moved:Q", axis=axis, scale=alt.Scale(zero=True, nice=True))
    tip = [alt.Tooltip("set:N"), alt.Tooltip("moved:Q", format=".2%")]
    random = alt.Chart(alt.Data(values=rows[1:])).mark_tick(thickness=2, size=14, color=theme.QUIET, opacity=0.6)
    own = alt.Chart(alt.Data(values=rows[:1])).mark_point(size=80, fill=theme.ACCENT)
    return alt.layer(random.encode(x, tooltip=tip), own.encode(x, tooltip=tip), width=WIDTH, height=STRIP_PX)


def _set(seen: Ablated, place: int, done: str) -> str:
    return f"random set {place}" if place else f"{len(seen.units)} units {done}"


def _classes(seen: Ablated, count: int) -> alt.LayerChart | alt.FacetChart:
    rows = _rows(seen, count)
    order = [row["class"] for row in rows]
    axis = alt.Axis(title=None, grid=False, labelFontSize=13, labelColor=theme.INK, labelLimit=190)
    y = alt.Y("class:N", sort=order, axis=axis)
    x = alt.X("change:Q", title=f"change of {seen.change}", axis=alt.Axis(format=_FORMATS[seen.change], grid=True))
    base = alt.Chart(alt.Data(values=rows))
    layers = [alt.Chart(alt.Data(values=[{"change": 0}])).mark_rule(color=theme.QUIET).encode(x)]
    if seen.random_sets:
        layers += [_dotted(seen, x), *_random(base, y)]
    dots = base.mark_point(size=80, fill=theme.ACCENT).encode(x, y, tooltip=_tips(seen))
    return alt.layer(*layers, dots, width=WIDTH, height=ROW_PX * len(rows))


def _random(base: alt.Chart, y: alt.Y) -> list[alt.Chart]:
    """Draw the range of the random sets of each class, and their mean."""
    bar = base.mark_bar(height=9, color=theme.QUIET, opacity=0.35, cornerRadius=2)
    mean = base.mark_tick(size=13, thickness=2, color=theme.QUIET)
    return [bar.encode(alt.X("least:Q"), y, alt.X2("most:Q")), mean.encode(alt.X("mean:Q"), y)]


def _dotted(seen: Ablated, x: alt.X) -> alt.Chart:
    """Draw how far a random set moves the class that it changes most, on average."""
    far = float(seen.largest()[1:].mean())
    rows = [{"change": _short(-far)}, {"change": _short(far)}]
    return alt.Chart(alt.Data(values=rows)).mark_rule(color=theme.QUIET, strokeDash=[2, 3]).encode(x)


def _rows(seen: Ablated, count: int) -> list[dict[str, Any]]:
    change = seen.changes()[:, -1]
    rows = []
    for number in seen.most(count):
        own, random = change[0, number], change[1:, number]
        row = {"class": seen.classes[number], "change": _short(own)}
        if len(random):
            row |= {"least": _short(random.min()), "most": _short(random.max()), "mean": _short(random.mean())}
        rows.append(row)
    return rows


def _tips(seen: Ablated) -> list[alt.Tooltip]:
    fields = {"change": "change", "mean": "random mean", "least": "random least", "most": "random most"}
    numbers = [alt.Tooltip(f"{field}:Q", title=title, format="+.3g") for field, title in fields.items()]
    return [alt.Tooltip("class:N"), *(numbers if seen.random_sets else numbers[:1])]


def _moved(seen: Ablated) -> alt.LayerChart | alt.FacetChart:
    moved = np.concatenate([np.zeros((len(seen.effect.moved), 1)), seen.effect.moved], axis=1)
    rows = [
        {
            "dose": dose, "moved": _short(column[0]), "least": _short(column[1:].min(initial=column[0])),
            "most": _short(column[1:].max(initial=0)),
        }
        for dose, column in zip((0.0, *seen.doses), moved.T, strict=True)
    ]  # fmt: skip
    base = alt.Chart(alt.Data(values=rows)).encode(_dose())
    y = alt.Y("moved:Q", title="probability that moves", axis=alt.Axis(format=".2~%", tickCount=4))
    band = base.mark_area(fill=theme.QUIET, opacity=0.25, line=False).encode(alt.Y("least:Q"), alt.Y2("most:Q"))
    line = base.mark_line(stroke=theme.ACCENT, strokeWidth=2.5).encode(y)
    layers = [*([band] if seen.random_sets else []), line]
    return alt.layer(*layers, width=DOSE_WIDTH, height=DOSE_HEIGHT)


def _lines(seen: Ablated, count: int) -> alt.Chart:
    change, order = seen.changes()[0], seen.most(count)
    names = [seen.classes[number] for number in order]
    rows = [
        {"class": name, "dose": dose, "change": _short(value)}
        for name, number in zip(names, order, strict=True)
        for dose, value in zip((0.0, *seen.doses), (0.0, *change[:, number]), strict=True)
    ]
    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=2.5, columns=3, labelLimit=150)
    colours = alt.Scale(domain=names, range=list(theme.SERIES[: len(names)]))
    y = alt.Y("change:Q", title=f"change of {seen.change}", axis=alt.Axis(format=_FORMATS[seen.change], tickCount=4))
    drawn = alt.Chart(alt.Data(values=rows), name="lines").mark_line().encode(
        _dose(), y, stroke=alt.Stroke("class:N", scale=colours, sort=names, legend=legend),
        opacity=focus.opacity("class"),
        tooltip=[alt.Tooltip("class:N"), alt.Tooltip("dose:Q"), alt.Tooltip("change:Q", format="+.3g")],
    )  # fmt: skip
    return drawn.properties(width=DOSE_WIDTH, height=DOSE_HEIGHT)


def _dose() -> alt.X:
    return alt.X("dose:Q", title="push (standard deviations)", axis=alt.Axis(tickCount=5))


def _short(value: float) -> float:
    return float(f"{float(value):.5g}")
