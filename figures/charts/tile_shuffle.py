"""Draw how answers fare as pictures are cut into ever more shuffled tiles, and some such pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart, Sprite, Tile
from figures.charts import focus, icons, sprites, theme, vega

if TYPE_CHECKING:
    from figures.methods.evidence.bag import TileShuffle
    from figures.methods.evidence.tiles import ShuffledPicture

WIDTH, HEIGHT, _WIDE, _LEGEND = 250, 190, 420, 4
_MARKS = {True: " ✓", False: " ✗", None: ""}
Row = dict[str, Any]


def lines(seen: TileShuffle, *, name: str = "shares", alt_text: str) -> Chart:
    """Draw a panel for each head: a line for each network against the number of tiles, and chance."""
    heads = list(dict.fromkeys(one.head for one in seen.shares))
    wide = _panels(seen, heads, len(heads), WIDTH if len(heads) > 1 else _WIDE)
    wide = wide.configure_legend(columns=_LEGEND)
    pointed = {_points(place): "network" for place in range(len(heads))}
    return vega.chart(wide, narrow=_panels(seen, heads, 1, WIDTH), name=name, alt=alt_text, pointed=pointed)


def _panels(seen: TileShuffle, heads: list[str], across: int, width: int) -> alt.ConcatChart:
    panels = [
        _panel(seen, head, place, len(heads), first=place % across == 0).properties(width=width, height=HEIGHT)
        for place, head in enumerate(heads)
    ]
    return alt.concat(*panels, columns=across, spacing=26).add_params(*focus.parameters())


def _points(place: int) -> str:
    return f"points{place}"


def _panel(seen: TileShuffle, head: str, place: int, heads: int, first: bool) -> alt.LayerChart | alt.FacetChart:
    rows = [row for row in _rows(seen) if row["head"] == head]
    title = ("right answers" if seen.known else "answers as to the whole picture") if first else None
    x = alt.X("tiles:O", title=f"tiles ({head})" if heads > 1 else "tiles", axis=alt.Axis(labelAngle=0))
    y = alt.Y("share:Q", title=title, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%", tickCount=5))
    colours = alt.Scale(domain=list(seen.networks), range=list(theme.SERIES[: len(seen.networks)]))
    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=2.5)
    stroke = alt.Stroke("network:N", scale=colours, sort=list(seen.networks), legend=legend)
    fill = alt.Fill("network:N", scale=colours, sort=list(seen.networks), legend=None)
    base = alt.Chart(alt.Data(values=rows))
    tip = [alt.Tooltip("network:N"), alt.Tooltip("tiles:O"), alt.Tooltip("share:Q", format=".1%"),
           alt.Tooltip("n:Q", title="images")]  # fmt: skip
    layers = [
        base.mark_rule(strokeDash=[3, 3], stroke=theme.QUIET).encode(y=alt.Y("mean(chance):Q")),
        base.mark_line().encode(x, y, stroke=stroke, opacity=focus.opacity("network")),
        base.mark_rule(strokeWidth=1.5).encode(
            x, alt.Y("low:Q"), y2="high:Q", stroke=stroke, opacity=focus.opacity("network")
        ),
        alt.Chart(alt.Data(values=rows), name=_points(place)).mark_point(size=45, strokeWidth=0).encode(
            x, y, fill=fill, opacity=focus.opacity("network"), tooltip=tip
        ),
    ]  # fmt: skip
    return alt.layer(*layers)


def _rows(seen: TileShuffle) -> list[Row]:
    return [
        {"network": one.network, "head": one.head, "tiles": one.tiles**2, "share": one.share, "low": one.ends[0],
         "high": one.ends[1], "n": one.trials, "chance": one.chance}
        for one in seen.shares
    ]  # fmt: skip


def pictures(seen: TileShuffle, *, tile: int = 128, alt_text: str) -> Sprite:
    """Draw a row for each picture, whole and then in ever more tiles, with the answers of the networks in turn."""
    shown = [one for row in seen.rows for one in row]
    return sprites.sprite(
        [_pixels(one.image) for one in shown], [_tile(one, seen) for one in shown], display_px=tile,
        per_row=len(seen.counts), name="pictures", title=_title(seen), alt=alt_text,
        columns_titles=tuple("whole" if count == 1 else f"{count**2} tiles" for count in seen.counts),
    )  # fmt: skip


def _title(seen: TileShuffle) -> str:
    kind = "" if seen.head == "logits" else f"{seen.head} by "
    several = [f"{place}\N{NO-BREAK SPACE}{name}" for place, name in enumerate(seen.networks, start=1)]
    return f"Answers: {kind}{', '.join(several if len(several) > 1 else seen.networks)}"


def _tile(one: ShuffledPicture, seen: TileShuffle) -> Tile:
    told = zip(seen.networks, one.answers, one.probability, one.right, strict=True)
    lines = [
        f"{f'{place} ' if len(seen.networks) > 1 else ''}{answer} {share:.0%}{_MARKS[right]}"
        for place, (_, answer, share, right) in enumerate(told, start=1)
    ]
    how = "whole" if one.tiles == 1 else f"in {one.tiles**2} shuffled tiles"
    return Tile(f"{one.word}, {how}", "", tuple(lines))


def _pixels(image: np.ndarray) -> np.ndarray:
    colours = image if len(image) == 3 else np.repeat(image[:1], 3, axis=0)
    return icons.pixels(colours[None])[0]
