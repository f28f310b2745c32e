"""Units of a layer taken out, or pushed along, beside random sets of as many others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from figures.methods import asked_images
from figures.methods.ablation.ablation import Ablation, ablation
from figures.methods.curve_families import curve_family
from figures.methods.datasets import Dataset
from figures.methods.datasets.indices import some
from figures.methods.models import Model, whole_channel
from figures.methods.truth import UNKNOWN, truth

Change = Literal["logit", "probability", "accuracy"]
DOSES = 6
"""How many steps a push is drawn in."""
_TRIES = 50


@dataclass(frozen=True)
class Ablated:
    """What a set of units does to the classes of a head; the first of the sets of `effect` is it, the others random.

    `edit` is zero, mean or push; `doses` are in standard deviations, a single 0 where units are taken out. `labelled`
    tells whether the class of an image is its label; else it is what the network itself answers. `shown` names the
    data set, or the picture where it is a `single` one.
    """

    network: str
    layer: str
    head: str
    classes: tuple[str, ...]
    units: tuple[int, ...]
    layer_units: int
    edit: str
    doses: tuple[float, ...]
    labelled: bool
    shown: str
    single: bool
    effect: Ablation
    change: Change = "logit"

    @property
    def names(self) -> tuple[str, ...]:
        """The units, as they are written."""
        return tuple(f"{self.layer}:{unit}" for unit in self.units)

    @property
    def random_sets(self) -> int:
        """How many random sets stand beside it."""
        return len(self.effect.moved) - 1

    @property
    def covers(self) -> float:
        """How often one more random set would lie within the range of these."""
        return (self.random_sets - 1) / (self.random_sets + 1)

    @property
    def images(self) -> int:
        """How many images were looked at."""
        return int(self.effect.images.sum())

    @property
    def accuracy(self) -> float:
        """The share of images that the network, as it is, gives their class."""
        return float(self.effect.own_hits.sum() / self.images)

    @property
    def accuracies(self) -> np.ndarray:
        """The same with the units changed, (sets, doses)."""
        rates: np.ndarray = self.effect.hits.sum(axis=2) / self.images
        return rates

    @property
    def moved(self) -> np.ndarray:
        """How much probability goes to other classes at the largest dose, (sets,)."""
        return self.effect.moved[:, -1]

    @property
    def rank(self) -> int:
        """The place of the set among all by what it moves; 1 moves most."""
        return int(1 + (self.moved[1:] >= self.moved[0]).sum())

    def changes(self) -> np.ndarray:
        """Return how each class changes, (sets, doses, classes), by `change`; NaN for one that is of no image."""
        seen = self.effect
        if self.change == "logit":
            return seen.logits - seen.logit
        if self.change == "probability":
            return seen.chances - seen.chance
        with np.errstate(invalid="ignore"):
            return (seen.hits - seen.own_hits) / np.where(seen.images > 0, seen.images, np.nan)

    def largest(self) -> np.ndarray:
        """Return the largest change of any class by each set at the largest dose, (sets,)."""
        return np.nanmax(np.abs(self.changes()[:, -1]), axis=1)

    def most(self, count: int) -> np.ndarray:
        """Return the classes that the set changes most at the largest dose, those that gain most first."""
        change = self.changes()[0, -1]
        known = np.flatnonzero(~np.isnan(change))
        chosen = known[np.argsort(-np.abs(change[known]), kind="stable")[:count]]
        return chosen[np.argsort(-change[chosen], kind="stable")]

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table lists of each class, those that change most first."""
        change, seen = self.changes()[:, -1], self.effect
        order = np.argsort(-np.nan_to_num(np.abs(change[0])), kind="stable")
        with np.errstate(invalid="ignore"):
            own = seen.own_hits / np.where(seen.images > 0, seen.images, np.nan)
            with_change = seen.hits[0, -1] / np.where(seen.images > 0, seen.images, np.nan)
        listed: dict[str, Sequence[object] | np.ndarray] = {
            "class": [self.classes[number] for number in order],
            f"change of {self.change}": change[0, order],
            "logit": seen.logit[order],
            "logit changed": seen.logits[0, -1, order],
            "probability": seen.chance[order],
            "probability changed": seen.chances[0, -1, order],
            "images": seen.images[order].astype(int),
            "accuracy": own[order],
            "accuracy changed": with_change[order],
        }
        if self.random_sets:
            listed |= {
                "random mean": change[1:, order].mean(axis=0),
                "random least": change[1:, order].min(axis=0),
                "random most": change[1:, order].max(axis=0),
            }
        return listed


def of(
    model: Model, dataset: Dataset, units: Sequence[str], *, layer: str = "", rule: str = "strict",
    image: str | Path = "", images: int = 160, head: str = "", edit: str = "zero", push: float = 0.0,
    random: int = 20, seed: int = 0, change: Change = "logit",
) -> Ablated:  # fmt: skip
    """Change units of one layer, or those of it that meet a rule for curve detectors.

    Over `images` of a data set, chosen at random, or over one `image`. Raises ValueError for units of several layers
    or of a head, and where there are none.
    """
    name, chosen = _family(model, dataset, units, layer, rule)
    answering = model.head(head)
    shown = asked_images.shown(model, dataset, (image,)) if image else None
    data: Dataset = dataset if shown is None else shown.held()
    names = tuple(model.heads[answering])
    looked = some(len(data), images, seed)
    classes = labels(data, looked, answering, names)
    doses = tuple(float(dose) for dose in np.linspace(0, push, DOSES + 1)[1:]) if push else (0.0,)
    sets = [chosen, *others(model.size(name), chosen, random, seed)]
    effect = ablation(
        model, data, images=looked, classes=classes, layer=name, head=answering, sets=np.array(sets),
        edit="push" if push else edit, doses=doses,
    )  # fmt: skip
    return Ablated(
        network=model.name,
        layer=name,
        head=answering,
        classes=names,
        units=chosen,
        layer_units=model.size(name),
        edit="push" if push else edit,
        doses=doses,
        labelled=bool((classes >= 0).all()),
        shown=shown.words[0] if shown is not None else dataset.name,
        single=shown is not None,
        effect=effect,
        change=change,
    )


def _family(model: Model, dataset: Dataset, units: Sequence[str], layer: str, rule: str) -> tuple[str, tuple[int, ...]]:
    """Return a layer and the numbers of the units of it that are meant."""
    if not units:
        if not layer:
            raise ValueError("units: none are given; expected units such as mixed3b:17, or a layer and a rule")
        name = _inner(model, layer)
        found = curve_family(model, dataset, name, rule).units
        if not len(found):
            raise ValueError(f"no unit of {name} of {model.name} meets the rule {rule!r}; expected units by name")
        return name, tuple(int(unit) for unit in found)
    wanted = [whole_channel(model.unit(text), minus=False) for text in units]
    layers = list(dict.fromkeys(unit.layer for unit in wanted))
    if len(layers) > 1 or (layer and model.layer(layer) != layers[0]):
        several = " and ".join(dict.fromkeys([*layers, *([layer] if layer else [])]))
        raise ValueError(f"units of {several}; expected units of one layer, such as {wanted[0]}")
    return _inner(model, layers[0]), tuple(dict.fromkeys(unit.index for unit in wanted))


def _inner(model: Model, layer: str) -> str:
    """Return a layer's name; raises ValueError for a head, and for what enters a nonlinearity."""
    name = model.layer(layer)
    if name in model.heads or name not in model.layers:
        raise ValueError(f"{name} is no layer whose output others read; expected one such as {next(iter(model.main))}")
    return name


def labels(dataset: Dataset, images: np.ndarray, head: str, classes: Sequence[str]) -> np.ndarray:
    """Return the class of each of some images (n,) by its label, all -1 where not every label is a class."""
    known = truth(dataset, images, head, classes)
    return known if (known != UNKNOWN).all() else np.full(len(known), UNKNOWN)


def others(count: int, chosen: Sequence[int], sets: int, seed: int) -> list[tuple[int, ...]]:
    """Draw different sets of as many units out of `count` as are chosen, none of them among those.

    Fewer than `sets` where there are no more, none where too few units are left.
    """
    left = np.setdiff1d(np.arange(count), np.array(chosen))
    possible = math.comb(len(left), len(chosen))
    random, drawn = np.random.default_rng(seed), dict[tuple[int, ...], None]()
    for _ in range(_TRIES * sets):
        if len(drawn) >= min(sets, possible):
            break
        picked = np.sort(random.choice(left, len(chosen), replace=False))
        drawn[tuple(int(unit) for unit in picked)] = None
    return list(drawn)
