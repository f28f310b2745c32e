"""What does a unit look for?

One picture for each unit, made by climbing what the unit answers, beside the answer of the
images that it likes best.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import portraits
from figures.methods import datasets, models
from figures.methods.feature_visualization import Recipe, reached
from figures.parameters import Dataset, Model, Seed, Side, Steps, Units
from figures.ranges import Between
from figures.registry import figure
from figures.words import feature_visualization as words


@figure("feature-visualization", control=True)
def feature_visualization(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    steps: Steps = 128,
    size: Annotated[int, Between(0, 1024)] = 0,
    negative: bool = False,
    diversity: Annotated[int, Between(1, 32)] = 1,
    alpha: bool = False,
    colour: Literal["natural", "grey"] = "natural",
    objective: Literal["neuron", "channel", "logit"] = "neuron",
    parameterization: Literal["fourier", "phase"] = "fourier",
    tile: Side = 96,
) -> Artifact:
    """Draw a sheet of pictures that raise the activation of units.

    units: whose pictures to make; a class is a unit of its head, `shape:3`; a minus at the end lowers the unit
    dataset: the images whose colours pictures have, and whose best answers are set beside those reached
    seed: where the pictures start from
    steps: how many steps to climb
    size: side of the picture in pixels of the network's input; 0 shows what the unit sees
    negative: what units are most inhibited by, all of them
    diversity: how many pictures of each unit, pushed apart
    alpha: let the picture be transparent where the unit does not care
    colour: colours as frequent as in the data, or shades of grey
    objective: the neuron at the centre, the whole channel, or the logit of a class
    parameterization: waves of any strength, or only their phases, as strong as in the data on average
    """
    recipe = Recipe(
        steps=steps, size_px=size, objective=objective, negative=negative, diversity=diversity, alpha=alpha,
        colour=colour, parameterization=parameterization,
    )  # fmt: skip
    seen = reached.of(models.load(model), datasets.load(dataset), units, recipe=recipe, seed=seed)
    said = words.feature_visualization(seen)
    sheet = portraits.draw(seen, tile=tile, alt_text=said.alt)
    return said.artifact([sheet], Table.of(seen.columns(), decimals=None))
