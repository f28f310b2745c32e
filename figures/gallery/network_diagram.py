"""What is a network made of, and where in it are the layers and units that an article is about?"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Chart, Sprite, Table, Tile
from figures.charts import labels, network_boxes, sprites
from figures.methods import datasets, models
from figures.methods import network_diagram as methods
from figures.methods.feature_visualization import colours_of, visualize
from figures.parameters import Dataset, Layers, Model, Seed, Units
from figures.ranges import Between
from figures.registry import figure
from figures.words import network_diagram as words


@figure("network-diagram")
def network_diagram(
    *,
    model: Model = "glyphs",
    layers: Layers = (),
    units: Units = (),
    fold: bool = True,
    across_px: Annotated[int, Between(160, 4000)] = 664,
    columns: Annotated[int, Between(2, 100)] | None = None,
    pictures: bool = True,
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
) -> Artifact:
    """Draw the main layers of a network as boxes: width for channels, height for the map, what each sees below.

    layers: layers to highlight
    units: units to mark in their layers
    fold: draw layers alike in a row as one box with their number, but not those that are highlighted or marked
    across_px: how wide the drawing is: the text of a page is 664 wide, `width: body` 776, `width: page` 1080
    columns: at most so many boxes to a row; by default as many as the width has room for
    pictures: show the feature visualizations of the units below, with links to their pages
    dataset: the images whose colours the feature visualizations have
    seed: where the feature visualizations start from
    """
    network = models.load(model)
    seen = methods.of(network, layers, units, fold=fold)
    said = words.network_diagram(seen)
    parts: list[Chart | Sprite] = [network_boxes.draw(seen, across_px=across_px, columns=columns, alt_text=said.alt)]
    if units and pictures:
        portraits = visualize(network, units, seed=seed, colours=colours_of(datasets.load(dataset))).images
        short = labels.short(units)
        tiles = [
            Tile(f"Feature visualization of {unit}", unit, (label,)) for unit, label in zip(units, short, strict=True)
        ]
        alt = f"Feature visualizations of {', '.join(units)}."
        title = labels.heading(units)
        parts.append(sprites.sprite(portraits, tiles, display_px=72, name="units", title=title, alt=alt))
    return said.artifact(parts, Table.of(seen.columns()))
