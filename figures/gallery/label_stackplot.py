"""What does a unit see when it fires: labels of image crops, stacked by activation?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import stackplot
from figures.control import beside
from figures.methods import binned_labels, datasets, label_stack, labelled_crops, models, scan, written_rubric
from figures.methods import rubric as computed
from figures.methods.label_stack import Stack
from figures.methods.labelled_crops import LabelledCrops
from figures.parameters import Dataset, Model, Seed, Unit
from figures.ranges import Between
from figures.registry import figure
from figures.words import Words
from figures.words import labels as words
from figures.words.labels import LABELLED, SHUFFLED


@figure("label-stackplot")
def label_stackplot(
    *,
    unit: Unit,
    show: Literal["proportion", "probability", "expected-value"] = "proportion",
    labels: Path | None = None,
    rubric: Path | None = None,
    order: tuple[str, ...] = ("curve", "imperfect", "unrelated", "opposing"),
    bins: Annotated[int, Between(2, 64)] = 32,
    samples: Annotated[int, Between(1, 100)] = 16,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    control: bool = False,
) -> Artifact:
    """Stack the labels of crops over bins of a unit's activation.

    unit: the unit whose activation sorts the crops.
    show: share of each label in a bin; that times the density of activations; or that times the activation too.
    labels: a file beside the article: a CSV with columns image,label,annotator; or labels that were published by bins
        of activation, as JSON with bins (left edges) and heights (for each label, 1000 times its density), or as a CSV
        with bin_left, a column for each label and density; without a file, a rubric labels glyphs.
    order: the labels' names, from the ground up.
    bins: at most about this many bins, equally wide, with zero as an edge; no share of the output depends on it.
    samples: crops that the rubric labels in each of the scan's 64 finer bins.
    dataset: the images that are scanned, and that the labels file names.
    seed: draws the crops.
    control: draw the same with the labels shuffled among the crops beside it.
    """
    if rubric is not None and labels is None:
        raise ValueError(f"rubric: {rubric.name} is what annotators were told; expected their labels too")
    told = written_rubric.of_file(rubric, order) if rubric else ()
    if labels is not None and binned_labels.holds_bins(labels):
        if control:
            raise ValueError(f"control: {labels.name} holds bins; expected crops, whose labels can be shuffled")
        stack = label_stack.of_bins(binned_labels.of_file(labels, order))
        return _drawn(stack, show, words.stacked(stack, show, unit, words.table(stack, told)))
    network, images = models.load(model), datasets.load(dataset)
    target = models.whole_channel(network.unit(unit), minus=False)
    if labels is None:
        computed.check(network, images, order)
    layer = scan.of(network, images, target.layer, samples_per_bin=samples, seed=seed)
    seen = layer.unit(target.index)

    def drawn(crops: LabelledCrops) -> Artifact:
        stack = label_stack.of_crops(crops, seen, bins)
        return _drawn(stack, show, words.stacked(stack, show, unit, words.source(crops, told), layer))

    crops = labelled_crops.of(network, images, target, labels, seen.samples.known, order)
    return beside(drawn(crops), drawn(crops.shuffled(seed)), SHUFFLED, own=LABELLED) if control else drawn(crops)


def _drawn(stack: Stack, show: str, said: Words) -> Artifact:
    chart = stackplot.draw(stack, show=show, alt_text=said.alt)
    return said.artifact([chart], Table.of(stack.columns(show), decimals=None))
