"""The units of layers with their concepts: of a network, of random directions in it, and of it before training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from figures.methods import models, scan
from figures.methods.datasets import Dataset
from figures.methods.dissection import concepts as known
from figures.methods.dissection.agreement import Looked, agreement, looked
from figures.methods.dissection.concepts import Concepts
from figures.methods.models import Model
from figures.methods.pictures import pixels
from figures.methods.scan import Positions

Measure = Literal["iou", "auc"]
LEAST = {"iou": 0.04, "auc": 0.9}
"""From which score on a unit names a concept; that of masks is Bau's (2017)."""
LEARNED, TURNED, CONTROL = "as learned", "directions at random", "before training"


@dataclass(frozen=True)
class Named:
    """The best concept (units,) of each unit on one half of the images, and its score there and on the other half."""

    concept: np.ndarray
    chosen: np.ndarray
    held: np.ndarray

    def names(self, least: float) -> np.ndarray:
        """Return which units name their concept: those whose score on the other half is high enough."""
        enough: np.ndarray = self.held >= least
        return enough


@dataclass(frozen=True)
class LayerNamed:
    """A layer in a basis: as learned, turned at random, or before training.

    `peaks` (units, images) are where units answer most, `on` (units,) at which share of pixels they are on, of what
    was learned.
    """

    layer: str
    basis: str
    named: Named
    peaks: Positions | None = None
    on: np.ndarray | None = None


@dataclass(frozen=True)
class Best:
    """A unit with the concept that it names, its score on the other half, and where units of its layer answer most."""

    layer: str
    index: int
    family: str
    concept: str
    score: float
    peaks: Positions

    @property
    def unit(self) -> str:
        """The unit, as it is written."""
        return f"{self.layer}:{self.index}"

    def crops(self, model: Model, dataset: Dataset, count: int) -> np.ndarray:
        """Return what the unit sees where it answers most, (count, side, side, 3) uint8."""
        best = self.peaks[self.index][:count]
        return pixels(scan.crops(model, dataset, self.layer, *best.indices))


@dataclass(frozen=True)
class Dissected:
    """Units of layers of a network with their concepts, held against images of a data set.

    `top` is the share of a unit's activations that counted as on, `least` the score from which a unit names a
    concept. area (concepts,): the share of all pixels, or of images, that are of each. `unjudged` are the concepts
    that too few images have.
    """

    network: str
    dataset: str
    layers: tuple[str, ...]
    concepts: Concepts
    looked: Looked
    measure: Measure
    top: float
    least: float
    area: np.ndarray
    unjudged: tuple[str, ...]
    found: tuple[LayerNamed, ...]

    @property
    def images(self) -> int:
        """How many images were looked at."""
        return len(self.looked.images)

    @property
    def families(self) -> tuple[str, ...]:
        """The families of concepts."""
        return tuple(dict.fromkeys(self.concepts.families))

    @property
    def bases(self) -> tuple[str, ...]:
        """The bases that were looked at."""
        return tuple(dict.fromkeys(one.basis for one in self.found))

    @property
    def units(self) -> int:
        """How many units the layers have."""
        return sum(len(one.named.held) for one in self.found if one.basis == LEARNED)

    def share(self, basis: str) -> float:
        """Return which share of the units of all layers names a concept in a basis."""
        names = [one.named.names(self.least) for one in self.found if one.basis == basis]
        return float(np.concatenate(names).mean())

    def different(self, basis: str) -> int:
        """Return how many concepts some unit of any layer names in a basis."""
        every = [one.named.concept[one.named.names(self.least)] for one in self.found if one.basis == basis]
        return len(np.unique(np.concatenate(every)))

    @property
    def never_on(self) -> int:
        """How many units answer their highest value at so many places that they are never on."""
        return sum(int((one.on == 0).sum()) for one in self.found if one.on is not None)

    @property
    def too_large(self) -> tuple[str, ...]:
        """The concepts of so many pixels that no unit which is on at so few could name them."""
        if self.measure == "auc":
            return ()
        return tuple(self.concepts.names[number] for number in np.flatnonzero(self.area * self.least > self.top))

    def counts(self) -> Iterator[tuple[str, str, str, int, int, int]]:
        """Yield layer, basis, family, how many units name a concept of it, of how many units, and how many concepts."""
        family = np.array(self.concepts.families)
        for one in self.found:
            names = one.named.names(self.least)
            for each in self.families:
                own = names & (family[one.named.concept] == each)
                different = len(np.unique(one.named.concept[own]))
                yield one.layer, one.basis, each, int(own.sum()), len(names), different

    def best(self, count: int) -> list[Best]:
        """Return the units that name a concept best, each concept once."""
        rows = [
            Best(one.layer, unit, self.concepts.families[concept], self.concepts.names[concept], float(held), one.peaks)
            for one in self.found
            if one.basis == LEARNED and one.peaks is not None
            for unit, (held, concept, names) in enumerate(
                zip(one.named.held, one.named.concept, one.named.names(self.least), strict=True)
            )
            if names
        ]
        chosen: dict[tuple[str, str], Best] = {}
        for row in sorted(rows, key=lambda row: -row.score):
            chosen.setdefault((row.family, row.concept), row)
        return list(chosen.values())[:count]

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each unit, the best first, then of the other bases."""
        rows: list[dict[str, object]] = []
        for one in self.found:
            for unit in np.argsort(-one.named.held, kind="stable").tolist():
                concept = int(one.named.concept[unit])
                rows.append({
                    "unit": f"{one.layer}:{unit}" if one.basis != TURNED else f"{one.layer}, direction {unit}",
                    "basis": one.basis,
                    "family": self.concepts.families[concept],
                    "concept": self.concepts.names[concept],
                    "score where chosen": float(one.named.chosen[unit]),
                    "score on the other half": float(one.named.held[unit]),
                    "names it": "yes" if one.named.held[unit] >= self.least else "no",
                })  # fmt: skip
        return {name: [row[name] for row in rows] for name in rows[0]}


def of(
    model: Model, dataset: Dataset, layers: Sequence[str], *, measure: Literal["auto", "iou", "auc"] = "auto",
    families: Sequence[str] = (), images: int = 1000, top: float = 0.005, least: float = 0.0, control: bool = True,
    seed: int = 0,
) -> Dissected:  # fmt: skip
    """Hold the units of layers, random directions in them, and the network before training against concepts.

    `least` is 0 for the usual score of the measure. Raises ValueError for a family that there is not, and for masks
    of layers without a map.
    """
    names = tuple(dict.fromkeys(model.layer(layer) for layer in layers))
    seen = looked(len(dataset), images, seed)
    by = _measure(model, dataset, names, measure)
    chosen = known.families(dataset, seen.images, families, masked=by == "iou")
    concepts = known.of(dataset, seen.images, chosen)
    how: dict[str, Any] = {"looked": seen, "concepts": concepts, "measure": by, "top": top}
    learned = agreement(model, dataset, names, turned=seed, **how)
    found = [one for number, name in enumerate(names) for one in _learned(name, _row(learned, number))]
    if control and not model.random:
        before = agreement(models.untrained(model), dataset, names, turned=None, **how)["scores"]
        found += [LayerNamed(name, CONTROL, named(one)) for name, one in zip(names, before, strict=True)]
    return Dissected(
        network=model.name, dataset=dataset.name, layers=names, concepts=concepts, looked=seen, measure=by, top=top,
        least=least or LEAST[by], area=learned["area"][0], unjudged=_unjudged(concepts, learned["scores"][0]),
        found=tuple(sorted(found, key=lambda one: names.index(one.layer))),
    )  # fmt: skip


def _unjudged(concepts: Concepts, scores: np.ndarray) -> tuple[str, ...]:
    return tuple(concepts.names[number] for number in np.flatnonzero(np.isnan(scores[:, 0]).any(axis=0)))


def _row(records: Mapping[str, np.ndarray], number: int) -> dict[str, np.ndarray]:
    return {name: several[number] for name, several in records.items()}


def _learned(layer: str, record: Mapping[str, np.ndarray]) -> list[LayerNamed]:
    """Tell the units of a layer, and the random directions that follow them."""
    units = record["scores"].shape[1] // 2
    peaks = Positions(*(record[name][:units] for name in ("image", "y", "x", "peak")))
    return [
        LayerNamed(layer, LEARNED, named(record["scores"][:, :units]), peaks, record["on"][:units]),
        LayerNamed(layer, TURNED, named(record["scores"][:, units:])),
    ]


def _measure(model: Model, dataset: Dataset, layers: Sequence[str], asked: str) -> Measure:
    flat = [
        layer for layer in layers if layer in model.heads or model.part(layer).height * model.part(layer).width == 1
    ]
    if asked == "iou" and flat:
        raise ValueError(f"{flat[0]} has no map to hold against masks; expected measure auc, or another layer")
    if asked == "auto":
        return "auc" if flat else "iou"
    return "iou" if asked == "iou" else "auc"


def named(scores: np.ndarray) -> Named:
    """Choose the best concept of each unit by scores (2, units, concepts) of the first half.

    Raises ValueError where no concept is of enough images of both halves.
    """
    judged = np.where(np.isnan(scores).any(axis=0), -np.inf, scores)
    if not np.isfinite(judged).any():
        raise ValueError("no concept is of enough images; expected more images")
    concept = judged[0].argmax(axis=1)
    rows = np.arange(len(concept))
    return Named(concept, judged[0][rows, concept], judged[1][rows, concept])
