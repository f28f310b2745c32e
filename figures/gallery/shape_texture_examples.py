"""What does a network answer when shape and texture disagree?

Each texture alone, each shape alone, and the shape in that texture, with what the network
takes them for.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import conflicts
from figures.methods import cue_conflict, models
from figures.parameters import Model, PerPair, Seed, Side
from figures.ranges import Between
from figures.registry import figure
from figures.words import cue_conflict as words


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
    seen = cue_conflict.examples(network, count, n_per_pair=per_pair, seed=seed, filled=filled)
    classes = network.heads["shape"]
    said = words.examples(seen, model, seed)
    return said.artifact(
        conflicts.rows(seen, classes, answers, tile_px=tile), Table.of(seen.columns(classes, answers), decimals=None)
    )
