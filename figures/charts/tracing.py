"""Draw splines on their way to an image, and those of an image's factors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from figures.artifact import Control, Image, Sprite, Tile
from figures.charts import drawings, sprites

if TYPE_CHECKING:
    from figures.methods.factor_tracing import FactorTraces
    from figures.methods.spline_tracing import Looks, Source, Tracing

STEP = "step"
"""The control by which a reader chooses a stage."""


def slider(seen: Tracing) -> Control:
    """Let a reader go through the stages; the last is seen at first."""
    labels = tuple(map(_label, seen.stages))
    return Control(STEP, "slider", labels, "Bending the spline", start=labels[-1])


def pictures(seen: Tracing, shown: Source, looks: Looks, *, size_px: int) -> Iterator[Image]:
    """Draw the image, the spline at every stage, and the last one over the image."""
    words = shown.words.capitalize()
    yield drawings.framed(shown.picture, alt=words, name="image", title="Image", display_px=size_px)
    for step, path in zip(seen.stages, looks.paths, strict=True):
        cosine = f"cosine {seen.cosine[step]:.2f}"
        yield drawings.path(
            [path], [drawings.INK], side_px=looks.side_px, width_px=looks.width_px,
            alt=f"The spline at {_label(step)}, {cosine}", title=cosine.capitalize(),
            name="path" if step == seen.steps else f"step-{step}", display_px=size_px, shown={STEP: _label(step)},
        )  # fmt: skip
    laid = drawings.laid_over(shown.picture, looks.over, [drawings.COLOURS[0]], 2 * size_px)
    yield drawings.framed(
        laid, alt="The last spline over the image", name="over-image", title="Over the image", display_px=size_px
    )


def _label(step: int) -> str:
    return f"step {step}"


def factors(seen: FactorTraces, covers: Sequence[np.ndarray], *, tile_px: int, alt_text: str) -> Sprite:
    """Draw a row for each image: the image, all its splines over it, and each alone.

    `covers` are the ink of each image's splines, (factors, side, side), at twice `tile_px`.
    """
    cells = [cell for row in range(len(seen.names)) for cell in _row(seen, row, covers[row], 2 * tile_px)]
    titles = ("Image", "All splines", *(f"Factor {rank} ({share:.0%})" for rank, share in enumerate(seen.share, 1)))
    sheet = sprites.sprite(
        [picture for picture, _ in cells], [tile for _, tile in cells], display_px=tile_px, per_row=len(titles),
        name="factor-tracing", alt=alt_text,
    )  # fmt: skip
    return replace(sheet, columns_titles=titles)


def _row(seen: FactorTraces, row: int, cover: np.ndarray, side: int) -> Iterator[tuple[np.ndarray, Tile]]:
    name, picture, colours = seen.names[row], seen.pictures[row], drawings.COLOURS[: len(cover)]
    lines = (name, "factors reused") if seen.reuses(row) else (name,)
    yield drawings.enlarged(picture, side), Tile(", ".join(lines).capitalize(), lines=lines)
    yield drawings.laid_over(picture, cover, colours, side), Tile(f"All splines over {name}")
    white = np.full((side, side, 3), 255.0)
    for rank, (ink, colour, cosine) in enumerate(zip(cover, colours, seen.score[row], strict=True), 1):
        words = f"Spline of factor {rank} in {name}, cosine {cosine:.2f}"
        yield drawings.inked(white, ink[None], [colour]), Tile(words, lines=(f"{cosine:.2f}",))
