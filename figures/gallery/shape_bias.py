"""Does a network go by shape or by texture where the two disagree?

Images whose shape is of one class and whose texture is of another, shown to networks;
people's or other networks' published answers can be set beside them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from figures.artifact import Artifact, Table
from figures.charts import bias_boxes
from figures.charts import shape_bias as charts
from figures.methods import cue_conflict
from figures.methods import responses as published
from figures.methods.observers import gathered, spread
from figures.methods.observers.gathered import Recipe
from figures.parameters import Dataset, Models, PerPair, Seed, Tables
from figures.registry import figure
from figures.words import cue_conflict as words


@figure("shape-bias")
def shape_bias(
    *,
    models: Models = ("glyphs", "glyphs-shape", "glyphs-texture"),
    pictures: Dataset | None = None,
    categories: Path | None = None,
    head: str = "",
    responses: Tables = (),
    axis: Literal["shape", "texture"] = "shape",
    boxes: bool = True,
    per_pair: PerPair = 2,
    filled: bool = True,
    seed: Seed = 0,
) -> Artifact:
    """Draw the shape bias of networks, by category, and how many answers it rests on.

    axis: whether a row stands for a shape or for a texture category
    boxes: draw beneath how the bias spreads over categories, and each person by themselves
    seed: draws the images
    """
    recipe = Recipe(pictures, categories, head, per_pair, filled, seed)
    seen = gathered.of(models, responses, recipe)
    rows = [row for each in seen.trials for row in cue_conflict.table(each, axis=axis, seed=seed)]
    people = [
        cue_conflict.table(one, axis=axis, seed=seed)[0]
        for each in seen.trials
        if each.kind == published.HUMAN
        for one in published.people(each)
    ]
    pooled = [row for row in rows if row.category == cue_conflict.ALL]
    said, spreads = words.bias(pooled, seen.grouped), spread.of(rows)
    parts = [charts.draw(rows, alt_text=said.alt)]
    parts += [bias_boxes.draw(spreads, pooled, people, alt_text=words.boxes(spreads, len(people)))] if boxes else []
    return said.artifact(parts, Table.of(cue_conflict.columns([*rows, *people]), decimals=None))
