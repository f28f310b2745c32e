"""What does a unit see when it fires: labels of image crops, stacked by activation?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import stackplot
from figures.control import beside
from figures.methods import datasets, distribution, models, rubric, scan
from figures.methods import labels as crop_labels
from figures.methods.labels import Stack
from figures.parameters import Dataset, Model, Seed, Unit
from figures.ranges import Between
from figures.registry import figure


@figure("label-stackplot")
def label_stackplot(
    *,
    unit: Unit,
    show: Literal["proportion", "probability", "expected-value"] = "proportion",
    labels: Path | None = None,
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
    labels: a CSV beside the article with columns image,label,annotator; without one, a rubric labels glyphs.
    order: the labels' names, from the ground up.
    bins: at most about this many bins, equally wide, with zero as an edge.
    samples: crops that the rubric labels in each of the scan's 64 finer bins.
    dataset: the images that are scanned, and that the labels file names.
    seed: draws the crops.
    control: draw the same with the labels shuffled among the crops beside it.
    """
    network, images = models.load(model), datasets.load(dataset)
    target = models.whole_channel(network.unit(unit), minus=False)
    if labels is None:
        rubric.check(network, images, order)
    scanned = scan.of(network, images, target.layer, samples_per_bin=samples, seed=seed)
    if labels is None:
        votes, source = _from_rubric(order, network, images, target, scanned)
    else:
        votes, source = _from_file(labels, order, network, images, target, scanned)
    firing = _firing(scanned, target.index)
    made = _drawn(_stacked(votes, order, scanned, target.index, bins), show, unit, firing, source)
    if not control:
        return made
    chance = _stacked(_shuffled(votes, seed), order, scanned, target.index, bins)
    words = "Control: the labels shuffled among the crops"
    return beside(made, _drawn(chance, show, unit, firing, source), words, own="As labelled")


def _shuffled(votes: tuple[np.ndarray, ...], seed: int) -> tuple[np.ndarray, ...]:
    """Give each crop the label of another one."""
    value, label, weight = votes
    mixed = np.random.default_rng(seed).permutation(len(label))
    return value, label[mixed], weight


def _drawn(stack: Stack, show: str, unit: str, firing: float, source: str) -> Artifact:
    alt = _alt(stack, show, unit)
    drawing = stackplot.draw(
        stack.names, stack.edges, stack.crops, stack.view(show), show=show, name="stackplot", alt_text=alt
    )
    values = {"unit": unit, "share_firing": firing, **_values(stack)}
    return Artifact(alt, (drawing,), _table(stack, show), values, (source, *_gaps(stack)))


def _from_rubric(order: tuple[str, ...], network, images, target, scanned) -> tuple[tuple[np.ndarray, ...], str]:
    """Label the scan's own crops; each stands for an equal part of its fine bin's positions."""
    samples = scanned.samples[target.index]
    have = samples.there
    label = rubric.given(network, images, target, samples.known.places, order)
    part = scanned.histogram[target.index] / np.maximum(have.sum(axis=1), 1)
    return (samples.known.value, label, np.broadcast_to(part[:, None], have.shape)[have]), rubric.SOURCE


def _from_file(
    path: Path, order: tuple[str, ...], network, images, target, scanned
) -> tuple[tuple[np.ndarray, ...], str]:
    """Read the labels and run the crops' images to find how strongly each drives the unit."""
    images, text = images.sized(network.input_size, network.channels), path.read_text(encoding="utf-8")
    height, width = scanned.size
    found = crop_labels.read(text, names=order, images=len(images), positions=(height, width), file=path.name)
    value = crop_labels.crop_activations(network, images, target.layer, target.index, found.image, found.y, found.x)
    who = " and ".join(found.annotators)
    return (value["activation"], found.label, found.weight), f"{len(found.label)} labels of image crops by {who}."


def _stacked(votes: tuple[np.ndarray, ...], order: tuple[str, ...], scanned, index: int, bins: int) -> Stack:
    value, label, weight = votes
    edges, histogram = crop_labels.coarser(scanned.edges[index], scanned.histogram[index], bins)
    counts = crop_labels.tally(value, label, edges, len(order), weight)
    return crop_labels.stack(
        order, edges, counts, histogram, crop_labels.tally(value, label, edges, len(order)).sum(axis=0)
    )


def _firing(scanned, index: int) -> float:
    return distribution.share_firing(scanned.edges[index], scanned.histogram[index])


def _values(stack: Stack) -> dict[str, float | int | str]:
    """Shares of the expected value, and where labels begin to be the majority."""
    errors = {f"share_error_{name}": error for name, error in stack.share_errors.items()}
    groups = [(name,) for name in stack.names] + [stack.names[:2]]
    shares = {f"share_{name}": share for name, share in stack.shares.items()}
    shares[f"share_{'_'.join(stack.names[:2])}"] = sum(stack.shares[name] for name in stack.names[:2])
    crossings = {f"crossing_{'_'.join(group)}": stack.crossing(*group) for group in groups}
    told = {key: "never" if value is None else value for key, value in crossings.items()}
    return {"crops": int(stack.crops.sum()), "bins": int((stack.crops > 0).sum()), **shares, **errors, **told}


def _gaps(stack: Stack) -> tuple[str, ...]:
    if not stack.unlabelled_share:
        return ()
    return (f"No crop was labelled in the bins that hold {stack.unlabelled_share:.1%} of positions; they stay empty.",)


def _table(stack: Stack, show: str) -> Table:
    """Bins without a labelled crop have no values."""
    rows = [
        (left, *(list(column) if crops else [None] * len(column)), density, int(crops))
        for left, column, density, crops in zip(
            stack.bin_left, stack.view(show).T, stack.density, stack.crops, strict=True
        )
    ]
    return Table(("bin_left", *stack.names, "density", "crops"), tuple(rows))


def _alt(stack: Stack, show: str, unit: str) -> str:
    first, both = stack.names[0], stack.names[:2]
    most = {name: f"{share:.0%}" for name, share in stack.shares.items()}
    parts = ", ".join(f"{name} {share}" for name, share in most.items())
    at = stack.crossing(*both)
    turn = f"from {at:.3g} on more than half are {' or '.join(both)}" if at is not None else f"{first} is no majority"
    return (
        f"Stacked areas of {stackplot.TITLES[show]} against the activation of {unit}, for {', '.join(stack.names)}: "
        f"{turn} at the highest activations. Shares of the expected activation: {parts}."
    )
