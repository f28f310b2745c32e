"""Crops that have labels, from people or from the rubric, and how strongly a unit answers to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from figures.measurement import measurement
from figures.methods import labels, rubric, scan
from figures.methods.activations import activations
from figures.methods.datasets import Dataset
from figures.methods.labels import Labels
from figures.methods.models import Model
from figures.methods.scan import Positions
from figures.units import Unit


@dataclass(frozen=True)
class LabelledCrops:
    """Crops by place (n, 3), which is image, row and column, with a unit's activation (n,) before the rectifier.

    share (n, labels): of the labels that a crop has, how many are which; a row sums to one. votes: how many labels
    were given; annotators: by whom, and by nobody where the rubric gave them.
    """

    names: tuple[str, ...]
    place: np.ndarray
    activation: np.ndarray
    share: np.ndarray
    votes: int
    annotators: tuple[str, ...] = ()

    @property
    def fires(self) -> np.ndarray:
        """For which crops the unit fires, (n,)."""
        return self.activation > 0

    def mostly(self, name: str) -> np.ndarray:
        """Return which crops have a label by more than half of their annotators, (n,)."""
        return self.share[:, self.names.index(name)] > 0.5

    def shuffled(self, seed: int = 0) -> LabelledCrops:
        """Give each crop the labels of another one."""
        return replace(self, share=self.share[np.random.default_rng(seed).permutation(len(self.share))])


def of(
    model: Model,
    dataset: Dataset,
    unit: Unit,
    path: Path | None,
    positions: Positions,
    names: Sequence[str] = labels.NAMES,
) -> LabelledCrops:
    """Take the labelled crops of a file, or without one let the rubric label positions of a scan (n,)."""
    if path is None:
        return by_rubric(model, dataset, unit, positions, names)
    return of_file(model, dataset, unit, path, names)


def by_rubric(
    model: Model, dataset: Dataset, unit: Unit, positions: Positions, names: Sequence[str] = labels.NAMES
) -> LabelledCrops:
    """Label positions of a scan (n,) by the rubric; raises ValueError where it cannot."""
    label = rubric.given(model, dataset, unit, positions.places, names)
    share = np.eye(len(names))[label]
    return LabelledCrops(tuple(names), positions.places, positions.value, share, len(label))


def drawn_and_strongest(
    model: Model, dataset: Dataset, unit: Unit, names: Sequence[str] = labels.NAMES
) -> LabelledCrops:
    """Label the crops that a scan drew from every range of activations, and the strongest, each once.

    Raises ValueError where the rubric cannot.
    """
    rubric.check(model, dataset, names)
    seen = scan.of(model, dataset, unit.layer).unit(unit.index)
    both = Positions.joined([seen.samples.known, seen.top.known])
    _, first = np.unique(both.places, axis=0, return_index=True)
    return by_rubric(model, dataset, unit, both[first], names)


def of_file(
    model: Model, dataset: Dataset, unit: Unit, path: Path, names: Sequence[str] = labels.NAMES
) -> LabelledCrops:
    """Read labelled crops and run their images; raises LabelsError for what cannot be read."""
    votes, images = read(model, dataset, unit, path, names), dataset.sized(model.input_size, model.channels)
    place, row = np.unique(votes.place, axis=0, return_inverse=True)
    share = np.zeros((len(place), len(names)))
    np.add.at(share, (row.ravel(), votes.label), votes.weight)
    answers = crop_activations(model, images, unit.layer, unit.index, *place.T)
    return LabelledCrops(votes.names, place, answers.activation, share, len(votes.label), votes.annotators)


def read(model: Model, dataset: Dataset, unit: Unit, path: Path, names: Sequence[str] = labels.NAMES) -> Labels:
    """Read a file of labels for crops that a unit sees; raises LabelsError for crops that there are not."""
    layer = model.part(unit.layer)
    return labels.of_file(path, names=names, images=len(dataset), positions=(layer.height, layer.width))


def with_rubric(model: Model, dataset: Dataset, unit: Unit, path: Path, names: Sequence[str] = labels.NAMES) -> Labels:
    """Read a file of labels for crops that a unit sees, and let the rubric label them too, as one more annotator."""
    given = read(model, dataset, unit, path, names)
    place = np.unique(given.place, axis=0)
    return labels.joined(given, "rubric", place, rubric.given(model, dataset, unit, place, names))


@dataclass(frozen=True)
class CropActivations:
    """A unit's activation before the rectifier at each crop, (n,)."""

    activation: np.ndarray


@measurement
def crop_activations(
    model: Model, dataset: Dataset, layer: str, index: int, image: np.ndarray, y: np.ndarray, x: np.ndarray
) -> CropActivations:
    """Run the images of crops (n,) and read a unit of a layer at the place of each."""
    distinct, place = np.unique(image, return_inverse=True)
    maps = activations(model, dataset.images(distinct), layer, pre=True)[:, index].cpu().numpy()
    return CropActivations(maps[place, y, x])
