"""From which layer on can shape be read out of a network, and up to which one texture?

Linear classifiers of both are fitted to layers, and tried on outlines and pieces of texture that they have not seen.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import linear_probes as charts
from figures.methods import models as networks
from figures.methods.cues.transfer import Recipe
from figures.methods.probes import asked_pictures
from figures.methods.probes import linear_probes as methods
from figures.methods.probes.asked_pictures import Styles
from figures.methods.probes.stimuli import Crossed
from figures.parameters import Dataset, Model, Models, Pictures, Seed
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import linear_probes as words


@figure("linear-probes")
def linear_probes(
    *,
    models: Annotated[Models, Length(1, 6)] = ("glyphs",),
    layers: Annotated[tuple[str, ...], Length(0, 24)] = (),
    pictures: Dataset | None = None,
    content: Pictures = (),
    style: Pictures = (),
    dataset: Dataset = "photographs",
    encoder: Model = "",
    steps: Annotated[int, Between(1, 2000)] = 120,
    features: Literal["pooled", "flattened"] = "pooled",
    control: bool = True,
    exemplars: Annotated[int, Between(3, 100)] = 12,
    textures: Annotated[int, Between(1, 16)] = 2,
    folds: Annotated[int, Between(3, 10)] = 5,
    seed: Seed = 0,
) -> Artifact:
    """Draw how well a linear classifier names the shape and the texture of drawings from each layer of networks.

    models: the networks, one panel each; any that takes pictures can be shown drawings
    layers: which layers; by default the main ones of each network
    pictures: a folder of conflict pictures named cat1-truck3.png, whose exemplars are held out; by default drawings
    features: whether a channel is averaged over its map (pooled), or its places are kept (flattened)
    control: read the same from the same networks before training too
    content: pictures, each of which is shown in the style of each of `style`; content tells the shape
    style: pictures whose style tells the texture
    dataset: where contents and styles come from that are no files
    encoder: the network in which style is transferred; empty for the first of `models`
    steps: for how many steps style is transferred
    exemplars: how many figures are drawn of each shape, and how many pieces of each texture
    textures: how many textures each figure wears, drawn by lot
    folds: into how many parts the exemplars are split, of which one at a time is held out
    seed: draws the pictures, the folds and the weights of networks before training
    """
    styles = Styles(content, style, dataset, encoder or models[0], Recipe(steps=steps, seed=seed))
    shown = asked_pictures.of(Crossed(exemplars, textures, seed), pictures, styles)
    seen = methods.of(
        [networks.load(name) for name in models], shown, layers,
        kind=features, folds=folds, control=control, seed=seed,
    )  # fmt: skip
    said = words.linear_probes(seen)
    return said.artifact([charts.draw(seen, alt_text=said.alt)], Table.of(seen.columns()))
