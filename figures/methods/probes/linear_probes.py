"""From which layer can shape and texture be read out by a linear classifier?

After Hermann, Chen and Kornblith (2020, "The Origins and Prevalence of Texture Bias in Convolutional Neural
Networks", section 6). We differ in holding out whole exemplars: a random split would let a classifier know an outline,
or a piece of texture, again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from figures.measurement import measurement
from figures.methods import models
from figures.methods.models import Model
from figures.methods.probes.decoding import LEAST, Decoded, decoded, folds_of
from figures.methods.probes.features import FLATTENED, POOLED, features, grid, pixels
from figures.methods.probes.stimuli import CUES, CuePictures, Labels
from figures.methods.scan.shards import apart
from figures.texts import choice

PIXELS = "pixels"
TRAINED, UNTRAINED = "as trained", "untrained"


@dataclass(frozen=True)
class Reading:
    """What can be read from one layer of a network, or from the pictures, of one cue.

    state: `as trained` or `untrained`. numbers: how many a picture has there, of so many places down and across.
    """

    network: str
    state: str
    layer: str
    cue: str
    numbers: int
    places: tuple[int, int]
    result: Decoded

    @property
    def mean(self) -> float:
        """The accuracy, over folds."""
        return float(self.result.accuracy.mean())

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest accuracy of a fold."""
        return float(self.result.accuracy.min()), float(self.result.accuracy.max())


@dataclass(frozen=True)
class LinearProbes:
    """What can be read from layers of networks, of the same untrained, and from the pictures themselves.

    layers: {network: layers in forward order}; chance: by cue; held_out: in words, what folds keep together.
    """

    readings: tuple[Reading, ...]
    raw: tuple[Reading, ...]
    layers: Mapping[str, tuple[str, ...]]
    chance: Mapping[str, float]
    kind: str
    pictures: str
    held_out: str = Labels.told

    def of(self, network: str, state: str, cue: str) -> tuple[Reading, ...]:
        """Return what the layers of a network give of a cue, in forward order."""
        return tuple(one for one in self.readings if (one.network, one.state, one.cue) == (network, state, cue))

    @property
    def controlled(self) -> bool:
        """Whether untrained networks are among them."""
        return any(one.state == UNTRAINED for one in self.readings)

    def columns(self) -> dict[str, list[object]]:
        """Return what a table lists: one row for each network, layer, cue and fold."""
        rows = [(one, fold) for one in (*self.readings, *self.raw) for fold in range(len(one.result.accuracy))]
        return {
            "model": [one.network for one, _ in rows],
            "state": [one.state for one, _ in rows],
            "layer": [one.layer for one, _ in rows],
            "target": [one.cue for one, _ in rows],
            "features": [PIXELS if one.layer == PIXELS else self.kind for one, _ in rows],
            "numbers": [one.numbers for one, _ in rows],
            "fold": [fold for _, fold in rows],
            "accuracy": [float(one.result.accuracy[fold]) for one, fold in rows],
            "chance": [self.chance[one.cue] for one, _ in rows],
            "inverse_penalty": [float(one.result.strength[fold]) for one, fold in rows],
        }


def of(
    networks: Sequence[Model], pictures: CuePictures, layers: Sequence[str], *, kind: str, folds: int, control: bool,
    seed: int,
) -> LinearProbes:  # fmt: skip
    """Read shape and texture from layers, by default the main ones, of networks and of the same untrained.

    Raises ValueError for a layer that a network has not or a kind of features that there is not, with the nearest, for
    two networks of one name, and for fewer than three folds.
    """
    choice(kind, (POOLED, FLATTENED))
    if folds < LEAST:
        raise ValueError(f"folds: {folds}; expected at least {LEAST}")
    chosen = {network.name: chosen_layers(network, layers) for network in networks}
    if len(chosen) < len(networks):
        raise ValueError("a network stands twice among models; expected each once")
    states = [(TRAINED, network, network.name) for network in networks]
    if control:
        states += [(UNTRAINED, models.untrained(one, seed), one.name) for one in networks if not one.random]
    readings = [
        reading
        for state, network, name in states
        for reading in _readings(network, name, state, pictures, chosen[name], kind, folds, seed)
    ]
    known = pictures.labels()
    chance = {cue: 1 / len(np.unique(known.classes(cue))) for cue in CUES}
    return LinearProbes(
        tuple(readings), tuple(_raw(pictures, folds, seed)), chosen, chance, kind, pictures.words, known.told
    )


def chosen_layers(network: Model, layers: Sequence[str]) -> tuple[str, ...]:
    """Return the layers that are asked for, each once, or the main ones; raises ValueError with the nearest name."""
    return tuple(dict.fromkeys(network.layer(layer) for layer in layers)) or network.main


def _readings(
    network: Model, name: str, state: str, pictures: CuePictures, layers: Sequence[str], kind: str, folds: int,
    seed: int,
) -> Iterator[Reading]:  # fmt: skip
    seen = probed(network, pictures, layers, kind=kind, folds=folds, seed=seed)
    for place, layer in enumerate(layers):
        for cue in CUES:
            result = Decoded(seen[f"{cue}_accuracy"][place], seen[f"{cue}_strength"][place])
            numbers = int(seen["numbers"][place])
            units = network.size(layer)
            yield Reading(name, state, layer, cue, numbers, _places(numbers // units, kind), result)


def _places(count: int, kind: str) -> tuple[int, int]:
    side = round(count**0.5)
    return (1, 1) if kind == POOLED else (side, count // max(side, 1))


def _raw(pictures: CuePictures, folds: int, seed: int) -> Iterator[Reading]:
    seen = probed_pixels(pictures, folds=folds, seed=seed)
    for cue in CUES:
        result = Decoded(seen[f"{cue}_accuracy"], seen[f"{cue}_strength"])
        numbers = int(seen["numbers"])
        yield Reading("", "", PIXELS, cue, numbers, grid(3, 64, 64), result)


@measurement(each="layers")
def probed(
    model: Model, pictures: CuePictures, layers: Sequence[str], *, kind: str, folds: int, seed: int
) -> Mapping[str, np.ndarray]:
    """Fit linear classifiers of shape and of texture to layers, `pooled` or `flattened`.

    Each array has a row for each layer, of objects where folds differ in number: {cue}_accuracy and {cue}_strength
    (folds,), and `numbers`, how many a picture has.
    """
    seen = features(model, pictures, layers, kind)
    return apart([_decoded(seen[layer], pictures, folds, seed) for layer in layers])


@measurement
def probed_pixels(pictures: CuePictures, *, folds: int, seed: int) -> Mapping[str, np.ndarray]:
    """Fit the same to the pictures themselves."""
    return _decoded(pixels(pictures), pictures, folds, seed)


def _decoded(rows: np.ndarray, pictures: CuePictures, folds: int, seed: int) -> dict[str, np.ndarray]:
    known, values = pictures.labels(), {"numbers": np.asarray(rows.shape[1])}
    for cue in CUES:
        classes = known.classes(cue)
        result = decoded(rows, classes, folds_of(classes, known.held_out(cue), folds, seed))
        values |= {f"{cue}_accuracy": result.accuracy, f"{cue}_strength": result.strength}
    return values
