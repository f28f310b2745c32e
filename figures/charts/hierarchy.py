"""Draw a walk: every unit with what of the picture it answers to, the pixels that drive it, and what else does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from figures.artifact import Tile
from figures.charts import icons, sprites
from figures.hierarchy import Hierarchy, HierarchyNode
from figures.words.phrases import written

if TYPE_CHECKING:
    from figures.methods.walks.walk import Node, Walk

TILE_PX = 72
"""The side of a tile on the page, and half of that in the sheet."""
SHOWN = 0.08
"""What share of its largest value a path must reach for a pixel to be something."""
_ROOM = 0.12
_FULL = 98.5


def draw(seen: Walk, *, name: str = "hierarchy", alt_text: str) -> Hierarchy:
    """Draw the tree of a walk; each node has a part of the picture, its path, and patches of the data set."""
    pictures, tiles = zip(*(pair for number in range(len(seen.nodes)) for pair in _tiles(seen, number)), strict=True)
    enlarged = [sprites.resized(_coloured(picture), 2 * TILE_PX) for picture in pictures]
    sheet = sprites.sprite(enlarged, tiles, display_px=TILE_PX, name=f"{name}-sheet", alt=alt_text)
    nodes = tuple(_node(seen, number) for number in range(len(seen.nodes)))
    return Hierarchy(nodes, sheet, len(tiles) // len(nodes), alt_text, name)


def _tiles(seen: Walk, number: int) -> Iterator[tuple[np.ndarray, Tile]]:
    node = seen.nodes[number]
    rows, columns = window(seen.maps[number])
    yield icons.pixels(three(seen.picture)[None])[0][rows, columns], Tile(f"{seen.word} where {node.name} looks")
    yield picture_of(seen.maps[number])[rows, columns], Tile(f"the pixels of it that drive {node.name}")
    for rank, patch in enumerate(seen.patches[number] if seen.patches else (), 1):
        yield patch, Tile(f"patch {rank} of {seen.dataset} for {node.name}")


def window(path: np.ndarray) -> tuple[slice, slice]:
    """Return the rows and columns of the square round what a path (channel, side, side) is not nothing in."""
    sizes = np.abs(path.astype(np.float32)).max(axis=0)
    shown = np.argwhere(sizes >= SHOWN * sizes.max()) if sizes.any() else np.array([[0, 0], sizes.shape]) - [[0], [1]]
    first, last = shown.min(axis=0), shown.max(axis=0)
    side = min(len(sizes), int(np.ceil((last - first).max() * (1 + 2 * _ROOM))) + 3)
    starts = np.clip((first + last + 1 - side) // 2, 0, len(sizes) - side)
    rows, columns = (slice(int(start), int(start) + side) for start in starts)
    return rows, columns


def picture_of(path: np.ndarray) -> np.ndarray:
    """Draw a path (channel, side, side) in colours round grey, (side, side, 3) uint8, full at its 98.5th percentile."""
    values = path.astype(np.float32)
    sizes = np.abs(values[values != 0])
    full = float(np.percentile(sizes, _FULL)) if sizes.size else 1.0
    return icons.pixels(three(0.5 + 0.5 * np.clip(values / (full or 1.0), -1, 1))[None])[0]


def _node(seen: Walk, number: int) -> HierarchyNode:
    node, widest = seen.nodes[number], max((one.share for one in seen.nodes[1:]), default=1.0)
    return HierarchyNode(
        name=node.name,
        unit=str(node.unit.channel),
        caption=node.caption or node.label,
        parent=node.parent,
        lines=tuple(_lines(node)),
        signed=None if node.parent is None else node.signed,
        share=0.0 if node.parent is None else node.share / (widest or 1.0),
        state=node.state,
        head=_head(seen, number),
        composed=seen.composed(number),
    )


def _lines(node: Node) -> Iterator[str]:
    if node.parent is not None:
        yield f"{written(node.signed, '+.3g')} · {node.share:.1%}"
    yield "inactive" if node.inactive else f"answers {written(node.value)}"


def _head(seen: Walk, number: int) -> str:
    found = seen.sums.get(number)
    return f"{written(found.total)} of {written(found.value)}" if found else ""


def three(picture: np.ndarray) -> np.ndarray:
    """Return three colours of a picture (channel, side, side), or its first channel three times."""
    return picture if len(picture) == 3 else np.repeat(picture[:1], 3, axis=0)


def _coloured(picture: np.ndarray) -> np.ndarray:
    return np.repeat(picture, 3, axis=-1) if picture.shape[-1] == 1 else picture
