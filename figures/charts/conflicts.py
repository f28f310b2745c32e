"""Draw conflict images with their parts, each above the answers to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from figures.artifact import Sprite, Tile
from figures.charts import sprites
from figures.glyphs.textures import TEXTURES

if TYPE_CHECKING:
    from figures.methods.cue_conflict import Examples

TITLES = {"texture": "The texture alone", "shape": "The shape alone", "both": "The shape in the texture"}


def rows(seen: Examples, classes: Sequence[str], most: int, *, tile_px: int) -> list[Sprite]:
    """Draw a row of each kind of picture, with its `most` likely answers below."""
    return [_row(seen, classes, most, kind, tile_px) for kind in range(len(TITLES))]


def _row(seen: Examples, classes: Sequence[str], most: int, kind: int, tile_px: int) -> Sprite:
    name = tuple(TITLES)[kind]
    tiles = [_tile(seen, classes, most, example, kind) for example in range(len(seen.images))]
    large = [sprites.resized(image, max(len(image), 2 * tile_px)) for image in seen.images[:, kind]]
    return sprites.sprite(
        large, tiles, display_px=tile_px, per_row=len(tiles), name=f"examples-{name}", title=TITLES[name],
        alt=TITLES[name],
    )  # fmt: skip


def _tile(seen: Examples, classes: Sequence[str], most: int, example: int, kind: int) -> Tile:
    shape, texture = classes[seen.shape[example]], TEXTURES[seen.texture[example]]
    what = (f"{texture} → {classes[seen.texture[example]]}", shape, f"{shape} in {texture}")[kind]
    answers = seen.answers(most)[example, kind]
    lines = tuple(f"{classes[answer]} {seen.probability[example, kind, answer]:.0%}" for answer in answers)
    return Tile(f"{what}; answers: {', '.join(lines)}", "", (what, *lines))
