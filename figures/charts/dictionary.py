"""Draw a picture under a grid, and the sheet of what its cells name: one for each layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figures.artifact import Control, Tile
from figures.charts import drawings, icons, sprites
from figures.lens import Lens

if TYPE_CHECKING:
    from figures.methods.blocks.dictionary import LayerDictionary, SemanticDictionary

CONTROL = "layer"
"""The control by which a reader chooses one of several layers."""
TILE_PX = 64


def controls(seen: SemanticDictionary) -> tuple[Control, ...]:
    """Let a reader choose a layer where there are several."""
    names = tuple(layer.layer for layer in seen.layers)
    return (Control(CONTROL, "toggle", names, "Layer"),) if len(names) > 1 else ()


def draw(seen: SemanticDictionary, *, size: int, alt_text: str) -> tuple[Lens, ...]:
    """Draw the picture once for each layer; `size` is its side on the page in pixels."""
    return tuple(_lens(seen, layer, size, alt_text) for layer in seen.layers)


def _lens(seen: SemanticDictionary, layer: LayerDictionary, size: int, alt_text: str) -> Lens:
    several = len(seen.layers) > 1
    names = [f"{layer.layer}:{channel}" for channel in layer.named.tolist()]
    tiles = [Tile(f"Feature visualization of {name}", name, (name,)) for name in names[: len(layer.drawn)]]
    whole = icons.pixels(np.ascontiguousarray(seen.picture[None]))[0]
    return Lens(
        picture=sprites.image(drawings.enlarged(whole, 2 * size), alt=alt_text, name="picture", display_px=size),
        sheet=sprites.sprite(layer.pictures, tiles, display_px=TILE_PX, name="icons"),
        rows=layer.rows,
        columns=layer.columns,
        names=tuple(names),
        cells=_cells(layer),
        listed=layer.listed,
        name=f"lens-{layer.layer}",
        title=f"{layer.layer}, {layer.rows} × {layer.columns} cells",
        shown={CONTROL: layer.layer} if several else {},
    )  # fmt: skip


def _cells(layer: LayerDictionary) -> tuple[tuple[tuple[int, float], ...], ...]:
    places = {channel: place for place, channel in enumerate(layer.named.tolist())}
    return tuple(
        tuple((places[channel], round(value, 3)) for channel, value in zip(row, values, strict=True) if channel >= 0)
        for row, values in zip(layer.index.tolist(), layer.value.tolist(), strict=True)
    )
