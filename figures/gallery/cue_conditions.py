"""What can be taken from a picture before the network loses it?

Its colours, all but its silhouette or its edges, its shape, its own texture: one picture under seven conditions.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import cue_conditions as charts
from figures.methods import datasets, models
from figures.methods.cues import seen_conditions
from figures.methods.cues.conflicts import Question
from figures.methods.cues.transfer import Recipe
from figures.parameters import Dataset, Model, Phrases, Picture, Seed, Side
from figures.ranges import Between
from figures.registry import figure
from figures.words import cue_conditions as words


@figure("cue-conditions")
def cue_conditions(
    *,
    image: Picture,
    style: Picture = "",
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    method: Literal["silhouette", "gram", "moments"] = "silhouette",
    steps: Annotated[int, Between(1, 2000)] = 120,
    turn_deg: Annotated[float, Between(-360, 360)] = 90.0,
    answers: Annotated[int, Between(1, 10)] = 2,
    truth: Phrases = (),
    wrong: Phrases = (),
    head: str = "",
    seed: Seed = 0,
    tile: Side = 96,
) -> Artifact:
    """Draw a cut-out as it is, grey, as silhouette, as edges, as texture, in conflict and turned, with the answers.

    image: a picture with a silhouette: a cut-out with transparency, one in two tones, or a glyph by number or shape
    style: whose texture the conflict has; by default a brick wall, or of glyphs the texture of the next shape
    dataset: where pictures come from that are no files
    method: the silhouette cut out of the style, or a transfer of style by Gram matrices or moments; glyphs are drawn
    steps: how many steps a transfer of style takes
    turn_deg: how far the silhouette is turned, clockwise
    answers: how many classes stand below a picture
    truth: the right class of the picture, several with bars between; else its label or first answer
    wrong: the class of the style; else its label or first answer
    seed: what glyphs look like, and how a picture is shifted from step to step
    """
    seen = seen_conditions.of(
        models.load(model), datasets.load(dataset), image, style, recipe=Recipe(method, steps, seed=seed),
        turn_deg=turn_deg, question=Question(head, answers, truth, wrong),
    )  # fmt: skip
    said = words.conditions(seen)
    return said.artifact([charts.draw(seen, tile=tile, alt_text=said.alt)], Table.of(seen.columns()))
