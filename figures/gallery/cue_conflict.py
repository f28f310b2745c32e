"""Whose class does a network see where the shape is of one thing and the texture of another?

Pictures in the style of others, cut out of them, or drawn, beside what they were made of.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import cue_conflict as charts
from figures.methods import datasets, models
from figures.methods.cues import conflicts
from figures.methods.cues.transfer import Recipe
from figures.parameters import Dataset, Head, Model, Phrases, Pictures, Seed, Side
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import cues as words


@figure("cue-conflict")
def cue_conflict(
    *,
    content: Annotated[Pictures, Length(1, 64)],
    style: Annotated[Pictures, Length(1, 64)],
    model: Model = "efficientnet-lite0",
    encoder: Model = "",
    dataset: Dataset = "photographs",
    method: Literal["gram", "moments", "silhouette", "render"] = "gram",
    form: Literal["auto", "rows", "grid"] = "auto",
    steps: Annotated[int, Between(1, 2000)] = 120,
    strength: Annotated[float, Between(0, 1000)] = 1.0,
    style_layers: tuple[str, ...] = (),
    content_layers: tuple[str, ...] = (),
    answers: Annotated[int, Between(1, 10)] = 3,
    truth: Phrases = (),
    wrong: Phrases = (),
    head: Head = "",
    seed: Seed = 0,
    tile: Side = 140,
) -> Artifact:  # fmt: skip
    """Draw pictures, others, and the first in the manner of the others, each above the network's likeliest classes.

    content: the pictures that give the shapes; with `render`, shapes of glyphs by name or number
    style: the pictures that give the textures; with `render`, textures of glyphs by name or number
    model: the network that judges
    encoder: the network in which style is transferred; empty for the one that judges
    dataset: where the pictures come from that are no files
    method: transfer of style by Gram matrices or moments, the content's silhouette in the style, or drawn glyphs
    form: rows of content, style and conflict with bars, or a grid of contents and styles; auto for a grid above 3 pairs
    steps: how many steps a transfer of style takes
    strength: how much the style weighs in a transfer
    style_layers: layers of the encoder whose statistics are matched; by default those that see little of a picture
    content_layers: layers of the encoder that keep the content; by default two further on
    answers: how many classes stand below a picture
    truth: the right class of each content, or one of all, several with bars between; else its label or first answer
    wrong: the class of each style, or one of all; else its label or first answer
    seed: how the picture is shifted from step to step, and what glyphs look like
    """
    network = models.load(model)
    recipe = Recipe(method, steps, strength, style_layers, content_layers, seed)
    question = conflicts.Question(head, answers, truth, wrong)
    seen = conflicts.of(
        network, models.load(encoder) if encoder else network, datasets.load(dataset), content, style, recipe=recipe,
        question=question,
    )  # fmt: skip
    said = words.conflicts(seen)
    is_grid = form == "grid" or (form == "auto" and len(seen.pairs) > 3)
    drawn = charts.grid if is_grid else charts.rows
    return said.artifact([drawn(seen, tile=tile, alt_text=said.alt)], Table.of(seen.columns()))
