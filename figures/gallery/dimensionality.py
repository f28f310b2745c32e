"""How much of a layer is about shape, and how much about texture?

Pairs of drawings share the one and differ in the other: what varies together in them is about what they share.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import dimensionality as charts
from figures.methods import models as networks
from figures.methods.cues.transfer import Recipe
from figures.methods.probes import asked_pictures
from figures.methods.probes import dimensionality as methods
from figures.methods.probes.asked_pictures import Styles
from figures.methods.probes.dimensions import HIGH, LEAST, LOW
from figures.methods.probes.stimuli import Crossed
from figures.parameters import Dataset, Model, Models, Pictures, Seed
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import dimensionality as words


@figure("dimensionality")
def dimensionality(
    *,
    models: Annotated[Models, Length(1, 12)] = ("glyphs",),
    layers: Annotated[tuple[str, ...], Length(0, 24)] = (),
    pictures: Dataset | None = None,
    content: Pictures = (),
    style: Pictures = (),
    dataset: Dataset = "photographs",
    encoder: Model = "",
    steps: Annotated[int, Between(1, 2000)] = 120,
    over: Literal["layers", "models"] = "layers",
    units: Annotated[tuple[str, ...], Length(0, 4)] = (),
    other: Literal["independent", "forced-different"] = "independent",
    exemplars: Annotated[int, Between(1, 100)] = 6,
    textures: Annotated[int, Between(2, 16)] = 4,
    pairs: Annotated[int, Between(10, 100_000)] = 2000,
    seed: Seed = 0,
) -> Artifact:
    """Draw which share of each layer's dimensions varies with shape, and which with texture, and units one by one.

    models: the networks; any that takes pictures can be shown drawings, stages of one training among them
    layers: which layers; by default the main ones of each network
    pictures: a folder of conflict pictures named cat1-truck3.png; by default drawings
    over: what stands below each other: the layers of each network, or the networks, in their order, for each layer
    units: the layers whose units are drawn one by one; by default the last
    other: whether the cue that a pair does not share is drawn independently, or is of another class in every pair
    content: pictures, each of which is shown in the style of each of `style`; content tells the shape
    style: pictures whose style tells the texture
    dataset: where contents and styles come from that are no files
    encoder: the network in which style is transferred; empty for the first of `models`
    steps: for how many steps style is transferred
    exemplars: how many figures are drawn of each shape, and how many pieces of each texture
    textures: how many textures each figure wears, drawn by lot
    pairs: how many pairs share a cue, at most
    seed: draws the pictures and the pairs
    """
    loaded = [networks.load(name) for name in models]
    styles = Styles(content, style, dataset, encoder or models[0], Recipe(steps=steps, seed=seed))
    shown = asked_pictures.of(Crossed(exemplars, textures, seed), pictures, styles)
    seen = methods.of(loaded, shown, layers, pairs=pairs, other=other, seed=seed)
    said = words.dimensionality(seen, bounds=(LOW, HIGH), least=LEAST)
    bars = charts.draw(seen, over=over, bounds=(LOW, HIGH), alt_text=said.alt)
    dots = [
        charts.scatter(stage, least=LEAST, name=f"units-{place}", alt_text=said.alt)
        for place, stage in enumerate(methods.shown(loaded, seen, units))
    ]
    return said.artifact([*bars, *dots], Table.of(seen.columns()))
