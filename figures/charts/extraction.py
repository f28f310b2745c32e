"""Draw scenes of curves, and what two methods find of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from figures.artifact import Sprite, Tile
from figures.charts import sprites

if TYPE_CHECKING:
    from figures.methods.extraction import Extraction

SHOWN = 2
"""Images of each noise that are drawn."""


def rows(seen: Extraction, noises: Sequence[float], layer: str, *, tile_px: int) -> Iterator[Sprite]:
    """Draw a row of each: images, edges, pictures of what drives the family, and what is found in those."""
    for name, title, pictures, method in (
        ("scenes", "Drawn curves, by noise", seen.scenes, None),
        ("canny", "Edges by Canny, and the F of each", seen.canny, 0),
        ("traces", f"Attribution to the curve detectors of {layer}", seen.traces, None),
        ("attribution", "Its brightest pixels, and the F of each", seen.attribution, 1),
    ):
        scores = None if method is None else seen.by_image[method, :, :, 2]
        cells = list(_cells(title, pictures, noises, scores, named=name == "scenes"))
        yield sprites.sprite(
            [_grey(picture, 2 * tile_px) for picture, _ in cells], [tile for _, tile in cells], display_px=tile_px,
            per_row=len(cells), name=f"curves-{name}", title=title,
        )  # fmt: skip


def _cells(
    title: str, pictures: np.ndarray, noises: Sequence[float], scores: np.ndarray | None, *, named: bool
) -> Iterator[tuple[np.ndarray, Tile]]:
    for at, noise in enumerate(noises):
        for index in range(min(SHOWN, pictures.shape[1])):
            score = "" if scores is None else f"{scores[at, index]:.2f}"
            line = f"{noise:g}" if named else score
            words = f"{title}: image {index + 1} of noise {noise:g}" + (f", F {score}" if score else "")
            yield pictures[at, index], Tile(words, lines=(line,) if line else ())


def _grey(picture: np.ndarray, side: int) -> np.ndarray:
    grey = np.round(np.clip(picture.astype(np.float64), 0, 1) * 255).astype(np.uint8)[..., None]
    return sprites.resized(np.repeat(grey, 3, axis=2), max(side, len(grey)))
