"""Does a network go by shape or by texture where the two disagree?

Images whose shape is of one class and whose texture is of another, shown to networks;
people's or other networks' published answers can be set beside them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from figures.artifact import Artifact, Table
from figures.charts import shape_bias as charts
from figures.methods import cue_conflict
from figures.methods import models as networks
from figures.methods import responses as published
from figures.parameters import Models, PerPair, Seed
from figures.registry import figure
from figures.words import cue_conflict as words


@figure("shape-bias")
def shape_bias(
    *,
    models: Models = ("glyphs", "glyphs-shape", "glyphs-texture"),
    responses: Path | None = None,
    axis: Literal["shape", "texture"] = "shape",
    per_pair: PerPair = 2,
    filled: bool = True,
    seed: Seed = 0,
) -> Artifact:
    """Draw the shape bias of networks, by category, and how many answers it rests on.

    models: networks with a head `shape`.
    responses: a CSV beside the article with published answers of people or networks, one row a trial.
    axis: whether a row stands for a shape or for a texture category.
    per_pair: images for each pair of a shape and another class's texture.
    seed: draws the images.
    """
    trials = [
        cue_conflict.observe(networks.load(name), n_per_pair=per_pair, seed=seed, filled=filled) for name in models
    ]
    if responses:
        text = responses.read_text(encoding="utf-8")
        trials += published.beside(text, [each.observer for each in trials], file=responses.name)
    rows = [row for each in trials for row in cue_conflict.table(each, axis=axis, seed=seed)]
    said = words.bias([row for row in rows if row.category == cue_conflict.ALL])
    chart = charts.draw(rows, alt_text=said.alt)
    return said.artifact([chart], Table.of(cue_conflict.columns(rows), decimals=None))
