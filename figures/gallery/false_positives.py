"""What does a unit see in crops that, by their label, have nothing for it?

The crops with one label that drive the unit nevertheless, strongest first, above what moves it there.
"""

from __future__ import annotations

from pathlib import Path

from figures.artifact import Artifact, Table
from figures.charts import pairs
from figures.control import beside
from figures.methods import chosen_crops, datasets, explained_crops, labelled_crops, models
from figures.methods.contributions import source_layer
from figures.methods.labelled_crops import LabelledCrops
from figures.nearest import nearest
from figures.parameters import Count, Dataset, Layer, Model, Seed, Side, Unit
from figures.registry import figure
from figures.words import attribution as words
from figures.words.labels import LABELLED, SHUFFLED


@figure("false-positives")
def false_positives(
    *,
    unit: Unit,
    labels: Path | None = None,
    order: tuple[str, ...] = ("curve", "imperfect", "unrelated", "opposing"),
    label: str = "unrelated",
    count: Count = 6,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    layer: Layer = "",
    signed: bool = False,
    seed: Seed = 0,
    control: bool = False,
    tile: Side = 84,
) -> Artifact:
    """Draw the crops with a label that drive a unit most, each above a picture of what moves the unit there.

    unit: the unit that fires
    labels: a CSV beside the article with columns image,label,annotator; without one, a rubric labels glyphs
    label: the label whose crops are drawn
    count: how many crops, at most 16 and one of each image
    dataset: the images that the labelled crops are of
    layer: the layer whose contributions are drawn; empty for the one before
    seed: where the pictures start from
    control: draw the same with the labels shuffled among the crops beside it
    """
    if label not in order:
        raise ValueError(f"label {label!r}; expected one of {', '.join(order)}{nearest(label, order)}")
    network, data = models.load(model), datasets.load(dataset)
    target = models.whole_channel(network.unit(unit), minus=False)
    source = source_layer(network, target, layer)
    if labels is None:
        crops = labelled_crops.drawn_and_strongest(network, data, target, order)
    else:
        crops = labelled_crops.of_file(network, data, target, labels, order)

    def drawn(labelled: LabelledCrops) -> Artifact:
        wrong = chosen_crops.mislabelled(labelled, label, count, unit)
        explained = explained_crops.of(network, data, target, wrong, layer=source, signed=signed, seed=seed)
        said = words.false_positives(explained, labelled, label)
        table = Table.of({"label": [label] * len(wrong), **explained.columns()}, decimals=None)
        return said.artifact(pairs.draw(explained, tile=tile), table)

    return beside(drawn(crops), drawn(crops.shuffled(seed)), SHUFFLED, own=LABELLED) if control else drawn(crops)
