"""Draw pictures with a patch at each corner, the patches themselves, and how often the answer changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart, Sprite, Tile
from figures.charts import icons, sprites, theme, vega

if TYPE_CHECKING:
    from figures.methods.comparison.patch_test import PatchTest

WIDTH, ROW_PX = 205, 26
WHOSE = {"patch": "the patch", "control": "random crops"}
_COLOURS = {"the patch": theme.SERIES[0], "random crops": theme.SERIES[5]}
Row = dict[str, Any]


def pictures(seen: PatchTest, pasted: np.ndarray, rows: int, *, tile: int = 104, alt_text: str) -> tuple[Sprite, ...]:
    """Draw the patches, and below them the first `rows` pictures, each as it is and then with the patch.

    pasted (corners, pictures, channel, side, side) in [0, 1] are those with the patch.
    """
    return _patches(seen, tile, alt_text), _tested(seen, pasted, min(rows, len(seen.shown.names)), tile, alt_text)


def _patches(seen: PatchTest, tile: int, alt_text: str) -> Sprite:
    words = ["the patch", *["random crop"] * seen.controls]
    told = zip(words, seen.sources, seen.origins, strict=True)
    tiles = [Tile(f"{word}, {source}", "", (word, f"from {origin}")) for word, source, origin in told]
    return sprites.sprite(
        icons.pixels(seen.patches), tiles, display_px=tile, per_row=1 + len(seen.corners), name="patches",
        title="The patch, and random crops for control", alt=alt_text,
    )  # fmt: skip


def _tested(seen: PatchTest, pasted: np.ndarray, rows: int, tile: int, alt_text: str) -> Sprite:
    images, tiles = [], []
    for i in range(rows):
        images.append(seen.shown.images[i])
        tiles.append(_tile(seen, seen.shown.words[i], seen.before[i], ""))
        for place, corner in enumerate(seen.corners):
            images.append(pasted[place, i])
            tiles.append(_tile(seen, seen.shown.words[i], seen.after[0, place, i], f" with the patch, {corner}"))
    return sprites.sprite(
        icons.pixels(np.stack(images)), tiles, display_px=tile, per_row=1 + len(seen.corners), name="pictures",
        title="As it is, and with the patch", alt=alt_text,
    )  # fmt: skip


def _tile(seen: PatchTest, word: str, probabilities: np.ndarray, how: str) -> Tile:
    """Say below a picture what it is taken for, and how likely the second class is."""
    best, (_, second) = int(probabilities.argmax()), seen.pair.numbers
    answer = f"{seen.classes[best]} {_percent(probabilities[best])}"
    also = () if best == second else (f"{seen.pair.names[1]} {_percent(probabilities[second])}",)
    return Tile(f"{word}{how}", "", (answer, *also))


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else "< 1%"


def rates(seen: PatchTest, *, name: str = "success", alt_text: str) -> Chart:
    """Draw success rates with their intervals by corner, of the patch and of the control."""
    second = seen.pair.names[1]
    titles = {"flip": f"top answer becomes {second}", "over": f"{second} likelier than {seen.pair.names[0]}"}
    wide, narrow = (
        [_panel(seen, measure, title, labelled=both or measure == "flip") for measure, title in titles.items()]
        for both in (False, True)
    )
    drawing, below = alt.hconcat(*wide, spacing=26), alt.vconcat(*narrow, spacing=14)
    return vega.chart(drawing, narrow=below, name=name, alt=alt_text)


def _panel(seen: PatchTest, measure: str, title: str, labelled: bool) -> alt.LayerChart | alt.FacetChart:
    rows: list[dict[str, Any]] = [
        {"place": place, "whose": WHOSE[whose], "share": rate.share, "low": rate.ends[0], "high": rate.ends[1],
         "n": f"{rate.hits} of {rate.trials}"}
        for (known, whose, place), rate in seen.rates().items() if known == measure
    ]  # fmt: skip
    order = list(dict.fromkeys(row["place"] for row in rows))
    base = alt.Chart(alt.Data(values=rows))
    y = alt.Y(
        "place:N", sort=order, title=None, axis=alt.Axis(labels=labelled, labelPadding=12, domain=False, grid=True)
    )
    whose = list(_COLOURS) if seen.controls else list(_COLOURS)[:1]
    scale = alt.Scale(domain=whose, range=[_COLOURS[one] for one in whose])
    offset = alt.YOffset("whose:N", sort=whose, scale=alt.Scale(domain=whose, paddingOuter=0.4))
    x: dict[str, Any] = {
        "scale": alt.Scale(domain=[0, 1]),
        "axis": alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1]),
    }
    tip = [alt.Tooltip("place:N", title="patch at"), alt.Tooltip("whose:N", title="of"),
           alt.Tooltip("share:Q", format=".0%"), alt.Tooltip("n:N", title="pictures")]  # fmt: skip
    legend = alt.Legend(title=None, symbolType="circle")
    bars = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", title=title, **x), x2="high:Q", y=y, yOffset=offset,
        color=alt.Color("whose:N", scale=scale, legend=legend, sort=whose),
    )  # fmt: skip
    dots = base.mark_circle(size=70).encode(
        x=alt.X("share:Q", title=title, **x), y=y, yOffset=offset, tooltip=tip,
        color=alt.Color("whose:N", scale=scale, legend=legend, sort=whose),
    )  # fmt: skip
    return alt.layer(bars, dots).properties(width=WIDTH, height=ROW_PX * len(order))
