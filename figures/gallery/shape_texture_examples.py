"""What does a network answer when shape and texture disagree?

Each texture alone, each shape alone, and the shape in that texture, with what the network
takes them for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import numpy as np

from figures.artifact import Artifact, Sprite, Table, Tile
from figures.charts import sprites
from figures.glyphs.textures import TEXTURES
from figures.methods import cue_conflict, models
from figures.parameters import Model, PerPair, Seed, Side
from figures.ranges import Between
from figures.registry import figure

KINDS = ("texture", "shape", "both")
TITLES = ("The texture alone", "The shape alone", "The shape in the texture")
COLUMNS = ("example", "image", "shape", "texture", "texture_class", "rank", "answer", "probability", "cue")


@figure("shape-texture-examples")
def shape_texture_examples(
    *,
    model: Model = "glyphs",
    count: Annotated[int, Between(1, 100)] = 6,
    answers: Annotated[int, Between(1, 16)] = 3,
    per_pair: PerPair = 2,
    filled: bool = True,
    tile: Side = 112,
    seed: Seed = 0,
) -> Artifact:
    """Show conflict images drawn at random, their parts, and the network's top answers to each.

    model: a network with a head `shape`.
    count: how many conflict images.
    answers: how many answers stand below a picture.
    per_pair: images for each pair in the set that is drawn from; that of `shape-bias`.
    seed: draws the images, and those that are shown.
    """
    network = models.load(model)
    found = cue_conflict.examples(network, count, n_per_pair=per_pair, seed=seed, filled=filled)
    classes = network.heads["shape"]
    rows = _rows(found, classes, answers)
    parts = tuple(_row_of(found, classes, rows, kind, tile) for kind in range(len(KINDS)))
    by_cue = {cue: sum(row[1] == "both" and row[5] == 1 and row[8] == cue for row in rows) for cue in KINDS[:2]}
    values = {"count": count, "by_shape": by_cue["shape"], "by_texture": by_cue["texture"]}
    alt = f"{count} shapes in the texture of another class; {model} follows the shape in {by_cue['shape']}"
    return Artifact(
        f"{alt}, the texture in {by_cue['texture']}.", parts, Table(COLUMNS, rows), values, _notes(found, seed)
    )


def _rows(found, classes: Sequence[str], answers: int) -> tuple[tuple[object, ...], ...]:
    """List the top answers to every picture; `cue` says which of the two an answer follows."""
    rows = []
    for i, (shape, texture) in enumerate(zip(found["shape"], found["texture"], strict=True)):
        for kind, share in zip(KINDS, found["probability"][i], strict=True):
            for rank, k in enumerate(np.argsort(-share, kind="stable")[:answers], 1):
                cue = "shape" if k == shape else "texture" if k == texture else ""
                names = classes[shape], TEXTURES[texture], classes[texture]
                rows.append((i + 1, kind, *names, rank, classes[k], float(share[k]), cue))
    return tuple(rows)


def _row_of(found, classes: Sequence[str], rows: Sequence[tuple], kind: int, tile: int) -> Sprite:
    """Draw one kind of picture, each above the answers to it."""
    tiles = []
    for i, (shape, texture) in enumerate(zip(found["shape"], found["texture"], strict=True)):
        told = [row for row in rows if row[0] == i + 1 and row[1] == KINDS[kind]]
        lines = tuple(f"{answer} {share:.0%}" for *_, answer, share, _ in told)
        what = (
            f"{TEXTURES[texture]} → {classes[texture]}",
            classes[shape],
            f"{classes[shape]} in {TEXTURES[texture]}",
        )[kind]
        tiles.append(Tile(f"{what}; answers: {', '.join(lines)}", "", (what, *lines)))
    name = f"examples-{KINDS[kind]}"
    large = [sprites.resized(image, max(len(image), 2 * tile)) for image in found["images"][:, kind]]
    return sprites.sprite(
        large, tiles, display_px=tile, per_row=len(tiles), name=name, title=TITLES[kind], alt=TITLES[kind]
    )


def _notes(found, seed: int) -> tuple[str, ...]:
    count = len(found["shape"])
    return (
        f"The {count} images were drawn at random from all conflict images (seed {seed}); none was left out.",
        "An arrow names the class that a texture is paired with.",
    )
