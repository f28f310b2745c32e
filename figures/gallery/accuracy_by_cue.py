"""How much of what an observer knows is shape, and how much texture?

Accuracy on pictures as they are, grey, as silhouettes, as edges, as texture, in conflict, and turned.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import accuracy_by_cue as charts
from figures.methods import datasets
from figures.methods import models as networks
from figures.methods.cues import accuracy, published
from figures.parameters import Dataset, Models, Seed, Tables
from figures.ranges import Between
from figures.registry import figure
from figures.words import accuracy_by_cue as words


@figure("accuracy-by-cue")
def accuracy_by_cue(
    *,
    models: Models = ("glyphs", "glyphs-shape", "glyphs-texture"),
    dataset: Dataset = "glyphs",
    head: str = "",
    per_class: Annotated[int, Between(1, 1000)] = 8,
    turn_deg: Annotated[float, Between(-360, 360)] = 90.0,
    responses: Tables = (),
    seed: Seed = 0,
) -> Artifact:
    """Draw the accuracy of networks, and of people whose answers are published, under seven conditions.

    models: networks that know the classes of the pictures
    dataset: `glyphs`, or a folder of cut-outs whose folders have the names of classes
    head: which of the networks' heads answers about a folder; empty for the first
    per_class: how many pictures of each class
    turn_deg: how far the last silhouette is turned, clockwise
    seed: draws glyphs, and whose texture each has in conflict
    """
    several = [networks.load(name) for name in models]
    shown, rows = accuracy.of(
        several, datasets.load(dataset), head=head, per_class=per_class, turn_deg=turn_deg, seed=seed
    )
    rows += published.read_files(responses, [one.name for one in several])
    said = words.accuracy(shown, rows, turn_deg, ", ".join(file.name for file in responses))
    return said.artifact([charts.draw(rows, alt_text=said.alt)], Table.of(accuracy.columns(rows)))
