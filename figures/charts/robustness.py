"""Draw how the answers of networks fare as pictures become harder to read, and such pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart, Sprite, Tile
from figures.charts import focus, icons, sprites, theme, vega
from figures.words.phrases import brief
from figures.words.robustness import AXES, strength

if TYPE_CHECKING:
    from figures.methods.robustness.robustness import Robustness

WIDTH, HEIGHT, PER_ROW = 268, 160, 2
_LEGEND = 4
Row = dict[str, Any]


def draw(seen: Robustness, *, name: str = "robustness", alt_text: str) -> Chart:
    """Draw a panel a corruption: a line and its interval for each network, and where guessing lies."""
    pointed = {f"lines_{kind}": "network" for kind in seen.corruptions}
    wide = _panels(seen, PER_ROW).configure_legend(columns=_LEGEND)
    return vega.chart(wide, narrow=_panels(seen, 1), name=name, alt=alt_text, pointed=pointed)


def _panels(seen: Robustness, across: int) -> alt.VConcatChart:
    panels = [_panel(seen, kind, first=place % across == 0) for place, kind in enumerate(seen.corruptions)]
    rows = [alt.hconcat(*panels[i : i + across], spacing=26) for i in range(0, len(panels), across)]
    return alt.vconcat(*rows, spacing=22).add_params(*focus.parameters())


def _panel(seen: Robustness, kind: str, *, first: bool) -> alt.LayerChart | alt.FacetChart:
    style = theme.observers(list(brief(seen.networks).values()))
    rows = [row | {"colour": style[row["network"]][0]} for row in _rows(seen) if row["kind"] == kind]
    base = alt.Chart(alt.Data(values=rows)).encode(_strengths(rows, kind), detail="network:N")
    y = _shares(seen.score if first else None)
    layers = [_chance(seen), _band(base), _lines(base, kind, y, style), _dots(base, kind, y)]
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)


def _strengths(rows: list[Row], kind: str) -> alt.X:
    """Mark the strengths that were tried, the harmless one on the left."""
    values = list(dict.fromkeys(row["strength"] for row in rows))
    form = ".0%" if kind == "contrast" else ".4~r"
    axis = alt.Axis(values=values, format=form, labelOverlap="greedy", labelFlush=False)
    scale = alt.Scale(reverse=kind == "contrast", nice=False, zero=False)
    return alt.X("strength:Q", title=AXES[kind], scale=scale, axis=axis)


def _shares(title: str | None) -> alt.Y:
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1])
    return alt.Y("share:Q", title=title, scale=alt.Scale(domain=[0, 1]), axis=axis)


def _band(base: alt.Chart) -> alt.Chart:
    fill = alt.Fill("colour:N", scale=None)
    area = base.mark_area(line=False)
    return area.encode(alt.Y("low:Q"), alt.Y2("high:Q"), fill=fill, opacity=focus.opacity("network", shown=0.16))


def _lines(base: alt.Chart, kind: str, y: alt.Y, style: Mapping[str, tuple[str, str]]) -> alt.Chart:
    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=2.5)
    colours = alt.Scale(domain=list(style), range=[colour for colour, _ in style.values()])
    stroke = alt.Stroke("network:N", scale=colours, sort=list(style), legend=legend)
    lines = base.properties(name=f"lines_{kind}").mark_line()
    return lines.encode(y, stroke=stroke, opacity=focus.opacity("network"))


def _dots(base: alt.Chart, kind: str, y: alt.Y) -> alt.Chart:
    tip = [alt.Tooltip("network:N"), alt.Tooltip("written:N", title=kind), alt.Tooltip("share:Q", format=".1%"),
           alt.Tooltip("span:N", title="95 % interval")]  # fmt: skip
    fill = alt.Fill("colour:N", scale=None)
    return base.mark_point(size=30).encode(y, fill=fill, opacity=focus.opacity("network"), tooltip=tip)


def _rows(seen: Robustness) -> list[Row]:
    names = brief(seen.networks)
    return [
        {
            "network": names[curve.network], "kind": curve.corruption, "strength": step, "share": share.share,
            "low": round(share.ends[0], 4), "high": round(share.ends[1], 4),
            "written": strength(curve.corruption, step), "span": "{:.0%} to {:.0%}".format(*share.ends),
        }
        for curve in seen.curves
        for step, share in zip(curve.strengths, curve.shares, strict=True)
    ]  # fmt: skip


def _chance(seen: Robustness) -> alt.Chart:
    rows = [{"share": share} for share in sorted(set(seen.chances.values()))]
    return alt.Chart(alt.Data(values=rows)).mark_rule(strokeDash=[2, 3], stroke=theme.QUIET).encode(alt.Y("share:Q"))


def pictures(shown: Mapping[str, np.ndarray], seen: Robustness, *, tile: int = 72) -> list[Sprite]:
    """Draw one picture with each corruption, (strengths, channel, side, side) by corruption, a row each."""
    steps = {curve.corruption: curve.strengths for curve in seen.curves}
    return [
        sprites.sprite(
            icons.pixels(images),
            [Tile(f"{kind} {strength(kind, step)}", "", (strength(kind, step),)) for step in steps[kind]],
            display_px=tile, per_row=len(images), name=f"pictures-{kind}", title=kind.capitalize(),
            alt=f"A picture with {kind}, ever stronger.",
        )
        for kind, images in shown.items()
    ]  # fmt: skip
