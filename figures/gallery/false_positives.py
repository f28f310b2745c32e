"""What does a unit see in crops that, by their label, have nothing for it?

The crops with one label that drive the unit nevertheless, strongest first, above what moves it there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from figures.artifact import Artifact, Table
from figures.control import beside
from figures.gallery.attribution import COLUMNS, NOTE, SIGNED, numbers, pairs, silent, table
from figures.methods import datasets, models, rubric, scan
from figures.methods import labels as crop_labels
from figures.methods.attribution import Place, attributions, source_layer
from figures.methods.models import Model as Network
from figures.methods.models import Unit as Address
from figures.nearest import nearest
from figures.parameters import Count, Dataset, Layer, Model, Seed, Side, Unit
from figures.registry import figure

CONTROL = "Control: the labels shuffled among the crops"
#: (places (n, 3), activation (n,), label number (n,), share of the annotators who gave it (n,)), one row a label.
Labelled = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


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
    address = models.whole_channel(network.unit(unit), minus=False)
    wish = _Wish(network, data, address, order, label, count, layer, signed, seed, tile)
    if labels is None:
        found, note = by_rubric(network, data, wish.unit, order), rubric.SOURCE
    else:
        found, note = _by_file(network, data, wish.unit, labels, order)
    made = _figure(wish, found, note)
    if not control:
        return made
    return beside(made, _figure(wish, _shuffled(found, seed), note), CONTROL, own="As labelled")


@dataclass(frozen=True)
class _Wish:
    network: Network
    data: datasets.Dataset
    unit: Address
    order: tuple[str, ...]
    label: str
    count: int
    layer: str
    signed: bool
    seed: int
    tile: int


def _figure(wish: _Wish, found: Labelled, note: str) -> Artifact:
    network, unit = wish.network, str(wish.unit)
    source = source_layer(network, wish.unit, wish.layer)
    firing = found[1] > 0
    wrong = firing & (found[2] == wish.order.index(wish.label)) & (found[3] > 0.5)
    if not wrong.any():
        raise ValueError(
            f"{unit} fires for no crop labelled {wish.label}; expected another label or more labelled crops"
        )
    places = strongest(found[0][wrong], found[1][wrong], wish.count)
    made = attributions(network, wish.data, unit, places, layer=source, signed=wish.signed, seed=wish.seed)
    share = float(found[3][wrong].sum() / found[3][firing].sum())
    values = {"unit": unit, "label": wish.label, "found": int(wrong.sum()), "share_of_firing": share, **numbers(made)}
    rows = tuple((wish.label, *row) for row in table(places, made))
    notes = (note, NOTE.format(layer=source), *([SIGNED] if wish.signed else []), *silent(made))
    drawn = pairs(wish.data, unit, places, made, source, tile=wish.tile)
    return Artifact(_alt(values, network, source), drawn, Table(("label", *COLUMNS), rows), values, notes)


def _shuffled(found: Labelled, seed: int) -> Labelled:
    """Give each crop the label of another one."""
    places, value, label, share = found
    mixed = np.random.default_rng(seed).permutation(len(label))
    return places, value, label[mixed], share[mixed]


def strongest(places: np.ndarray, value: np.ndarray, count: int) -> tuple[Place, ...]:
    """Return the places (n, 3) with the largest values, one of each image, the largest first."""
    ranked = places[np.lexsort((*places.T[::-1], -value))]
    _, first = np.unique(ranked[:, 0], return_index=True)
    return tuple(tuple(int(at) for at in ranked[index]) for index in np.sort(first)[:count])


def by_rubric(network: Network, data: datasets.Dataset, unit: Address, order: Sequence[str]) -> Labelled:
    """Label the crops that a scan drew from every range of activations; raises ValueError where no rubric can."""
    rubric.check(network, data, order)
    found = scan.of(network, data, unit.layer)
    crops = scan.Positions.joined([found.samples[unit.index].known, found.top[unit.index].known])
    places, value = _distinct(crops.places, crops.value)
    return places, value, rubric.given(network, data, unit, places, order), np.ones(len(places))


def _distinct(places: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    places, first = np.unique(places, axis=0, return_index=True)
    return places, value[first]


def _by_file(
    network: Network, data: datasets.Dataset, unit: Address, path: Path, order: Sequence[str]
) -> tuple[Labelled, str]:
    """Read labelled crops and run their images; a label's share is that of the annotators of its crop."""
    images, text = data.sized(network.input_size, network.channels), path.read_text(encoding="utf-8")
    part = network.part(unit.layer)
    read = crop_labels.read(text, names=order, images=len(images), positions=(part.height, part.width), file=path.name)
    value = crop_labels.crop_activations(network, images, unit.layer, unit.index, read.image, read.y, read.x)
    rows = np.stack([read.image, read.y, read.x, read.label], axis=1)
    distinct, first, row = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    share = np.bincount(row.ravel(), weights=read.weight)
    note = f"{len(read.label)} labels of image crops by {' and '.join(read.annotators)}."
    return (distinct[:, :3], value["activation"][first], distinct[:, 3], share), note


def _alt(values: Mapping[str, float | int | str], network: Network, source: str) -> str:
    return (
        f"The {values['count']} strongest of {values['found']} crops labelled {values['label']} for which "
        f"{values['unit']} of {network.name} fires, from {values['strongest']:.2f} down to {values['weakest']:.2f}, "
        f"each above a picture of what in {source} moves the unit there. Of the labelled crops that it fires for, "
        f"{values['share_of_firing']:.0%} have this label."
    )
