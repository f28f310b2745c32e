"""Draw how many units of layers name a concept, by family, beside random directions and an untrained network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart, Sprite, Tile
from figures.charts import focus, sprites, theme, vega

if TYPE_CHECKING:
    from figures.methods.dissection.dissected import Best, Dissected

WIDTH, NARROW, BAR_PX = 330, 214, 17
_ORDER = ("shape", "texture", "label", "size", "colour", "edge", "form", "ground", "figure")
"""Families in the order of the colours of `theme.SERIES`; what has a colour keeps it in every figure."""
_COLUMNS, _FEW = 4, 3
"""How many words of the legend stand beside each other, and on a narrow page."""


def draw(seen: Dissected, *, name: str = "concepts", alt_text: str) -> Chart:
    """Draw a bar for each layer in each basis, of the share of its units that name a concept, stacked by family."""
    shown = _shown(seen)
    base = alt.Chart(alt.Data(values=_rows(seen))).mark_bar(height=BAR_PX - 4)
    y = alt.Y("basis:N", sort=list(seen.bases), title=None, axis=alt.Axis(grid=False, labelFontSize=13))
    tip = [alt.Tooltip(field) for field in ("layer:N", "basis:N", "family:N", "units:Q", "of:Q", "concepts:Q")]
    bars = base.encode(y, x2="end:Q", opacity=focus.opacity("family"), tooltip=tip)
    wide, narrow = (
        _layers(seen, bars.encode(fill=_fill(shown, columns)), width)
        for width, columns in ((WIDTH, _COLUMNS), (NARROW, _FEW))
    )
    pointed = {f"layer{place}": "family" for place in range(len(seen.layers))}
    return vega.chart(wide, narrow=narrow, name=name, alt=alt_text, pointed=pointed)


def _fill(shown: Sequence[str], columns: int) -> alt.Fill:
    scale = alt.Scale(domain=list(shown), range=_colours(shown))
    return alt.Fill("family:N", sort=list(shown), scale=scale, legend=alt.Legend(title=None, columns=columns))


def _layers(seen: Dissected, bars: alt.Chart, width: int) -> alt.VConcatChart:
    panels = [
        bars.encode(_x(last=layer == seen.layers[-1]))
        .transform_filter(f"datum.layer === {layer!r}")
        .properties(width=width, height=BAR_PX * len(seen.bases), title=layer, name=f"layer{place}")
        for place, layer in enumerate(seen.layers)
    ]
    return alt.vconcat(*panels, spacing=10).resolve_scale(x="shared").add_params(*focus.parameters())


def _x(*, last: bool) -> alt.X:
    axis = alt.Axis(format="~%", grid=True, tickCount=6, labels=last, ticks=last, domain=last)
    return alt.X("share:Q", title="units that name a concept" if last else None, axis=axis, stack=False)


def examples(best: Best, pictures: np.ndarray, score: str, *, tile: int) -> Sprite:
    """Draw what a unit sees where it answers most (n, side, side, 3), under the concept that it names."""
    large = [sprites.resized(one, max(2 * tile, len(one))) for one in pictures]
    peaks = best.peaks[best.index][: len(pictures)]
    words = f"{best.unit}: {best.concept} ({best.family}), {score} {best.score:.2f}"
    tiles = [
        Tile(f"Image {image}, activation {value:.1f}", best.unit, (f"{value:.1f}",))
        for image, value in zip(peaks.image, peaks.value, strict=True)
    ]
    return sprites.sprite(
        large, tiles, display_px=tile, per_row=len(tiles), name=f"named-{best.layer.replace('.', '-')}-{best.index}",
        title=words, alt=f"What drives {words}",
    )  # fmt: skip


def _shown(seen: Dissected) -> list[str]:
    """Return the families that some unit names a concept of, all where none does."""
    named = {family for _, _, family, count, *_ in seen.counts() if count}
    return sorted(named or seen.families, key=_ORDER.index)


def _colours(families: Sequence[str]) -> list[str]:
    return [
        theme.SERIES[_ORDER.index(one)] if _ORDER.index(one) < len(theme.SERIES) else theme.QUIET for one in families
    ]


def _rows(seen: Dissected) -> list[dict[str, Any]]:
    """Lay the families of a bar end to end; a bar without units keeps its place."""
    rows: list[dict[str, Any]] = []
    ends: dict[tuple[str, str], int] = {}
    for layer, basis, family, units, of, concepts in sorted(seen.counts(), key=lambda row: _ORDER.index(row[2])):
        start = ends.get((layer, basis), 0)
        ends[layer, basis] = start + units
        share, end = round(start / of, 5), round((start + units) / of, 5)
        rows.append({
            "layer": layer, "basis": basis, "family": family, "share": share, "end": end, "units": units, "of": of,
            "concepts": concepts,
        })  # fmt: skip
    return rows
