"""Do two observers err in the same images?

Networks and people may be right equally often, and yet in other images. κ says how far beyond chance their errors fall
together.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from figures.artifact import Artifact, Table
from figures.charts import error_consistency as charts
from figures.methods import responses as published
from figures.methods.observers import consistency, gathered
from figures.methods.observers.gathered import Recipe
from figures.parameters import Dataset, Models, PerPair, Seed, Tables
from figures.registry import figure
from figures.words import error_consistency as words


@figure("error-consistency")
def error_consistency(
    *,
    models: Models = ("glyphs", "glyphs-shape", "glyphs-texture"),
    pictures: Dataset | None = None,
    categories: Path | None = None,
    head: str = "",
    responses: Tables = (),
    cue: Literal["shape", "texture"] = "shape",
    per_pair: PerPair = 2,
    filled: bool = True,
    seed: Seed = 0,
) -> Artifact:
    """Draw how alike the errors of every two observers, networks or people, are where shape and texture disagree.

    cue: what counts as right, the category of the shape or that of the texture
    seed: draws the images, and the images again for the intervals
    """
    recipe = Recipe(pictures, categories, head, per_pair, filled, seed)
    seen = gathered.of(models, responses, recipe)
    trials = [one for each in seen.trials for one in published.people(each)]
    agreements = consistency.pairs(trials, cue=cue, seed=seed)
    said = words.error_consistency(agreements, {each.observer: each.kind for each in trials}, cue, seen.grouped)
    return said.artifact([charts.draw(agreements, alt_text=said.alt)], Table.of(consistency.columns(agreements)))
