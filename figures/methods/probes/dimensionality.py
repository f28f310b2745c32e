"""Scores, shares and counts of shape and texture for layers of several networks, on the same pairs of pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from figures.measurement import measurement
from figures.methods.models import Model
from figures.methods.probes.dimensions import KINDS, SHARES, Dimensions, dimensions
from figures.methods.probes.features import POOLED, features
from figures.methods.probes.linear_probes import chosen_layers
from figures.methods.probes.pairs import DIFFERENT, INDEPENDENT, agreement, baseline, pairs_of
from figures.methods.probes.stimuli import CUES, CuePictures
from figures.methods.scan.shards import apart
from figures.texts import choice


@dataclass(frozen=True)
class Stage:
    """One layer of one network."""

    network: str
    layer: str
    found: Dimensions

    @property
    def kinds(self) -> tuple[int, ...]:
        """How many units are of each of `KINDS`."""
        return tuple(np.bincount(self.found.kinds, minlength=len(KINDS)).tolist())


@dataclass(frozen=True)
class Dimensionality:
    """What layers of networks have of each cue.

    layers: {network: layers in forward order}; baseline: what units would score, by the cue that pairs share, that
    code only the other one; pairs: how many share each cue; other: how the other cue is drawn in pairs.
    """

    stages: tuple[Stage, ...]
    layers: Mapping[str, tuple[str, ...]]
    baseline: Mapping[str, float]
    pairs: Mapping[str, int]
    other: str
    pictures: str

    def of(self, network: str, layer: str) -> Stage:
        """Return one layer of one network."""
        return next(one for one in self.stages if (one.network, one.layer) == (network, layer))

    def columns(self) -> dict[str, list[object]]:
        """Return what a table lists: first one row for each layer, then one for each unit."""
        rows = [_layer(one) for one in self.stages] + [row for one in self.stages for row in _units(one)]
        names = list(dict.fromkeys(name for row in rows for name in row))
        columns = {name: [row.get(name) for row in rows] for name in names}
        pairs = [self.pairs[cue] for cue in CUES]
        return columns | {
            "pairs_per_factor": [min(pairs)] * len(rows),
            "other_factor": [self.other] * len(rows),
        }


def _layer(stage: Stage) -> dict[str, object]:
    found, row = stage.found, {"model": stage.network, "layer": stage.layer, "unit": None}
    return {
        **row, "n_units": len(found.rho_shape), "score_shape": found.score_shape, "score_texture": found.score_texture,
        **{f"share_{name}": share for name, share in zip(SHARES, found.shares, strict=True)},
        **{f"count_{name}": count for name, count in zip(SHARES, found.counts, strict=True)},
    }  # fmt: skip


def _units(stage: Stage) -> list[dict[str, object]]:
    found = stage.found
    columns = found.rho_shape.tolist(), found.rho_texture.tolist(), found.kinds.tolist()
    return [
        {"model": stage.network, "layer": stage.layer, "unit": unit, "rho_shape": shape, "rho_texture": texture,
         "kind": KINDS[kind]}
        for unit, (shape, texture, kind) in enumerate(zip(*columns, strict=True))
    ]  # fmt: skip


def of(
    networks: Sequence[Model], pictures: CuePictures, layers: Sequence[str], *, pairs: int, other: str, seed: int
) -> Dimensionality:
    """Score layers, by default the main ones, of networks.

    Raises ValueError for a layer that a network has not, with the nearest, and for two networks of one name.
    """
    choice(other, (INDEPENDENT, DIFFERENT))
    chosen = {network.name: chosen_layers(network, layers) for network in networks}
    if len(chosen) < len(networks):
        raise ValueError("a network stands twice among models; expected each once")
    stages = [stage for one in networks for stage in _stages(one, pictures, chosen[one.name], pairs, other, seed)]
    known = pictures.labels()
    drawn = {cue: pairs_of(known, cue, most=pairs, other=other, seed=seed) for cue in CUES}
    expected = {cue: baseline(known, cue, drawn[cue]) for cue in CUES}
    counts = {cue: len(each) for cue, each in drawn.items()}
    return Dimensionality(tuple(stages), chosen, expected, counts, other, pictures.words)


def _stages(
    network: Model, pictures: CuePictures, layers: Sequence[str], pairs: int, other: str, seed: int
) -> list[Stage]:
    seen = paired(network, pictures, layers, pairs=pairs, other=other, seed=seed)
    return [
        Stage(network.name, layer, dimensions((seen["shape"][place], seen["texture"][place]), seen["variance"][place]))
        for place, layer in enumerate(layers)
    ]


@measurement(each="layers")
def paired(
    model: Model, pictures: CuePictures, layers: Sequence[str], *, pairs: int, other: str, seed: int
) -> Mapping[str, np.ndarray]:
    """Measure how units, averaged over their maps, vary together in pairs that share a cue.

    Each array has a row for each layer: `shape` and `texture`, covariances (units,) within pairs that share it,
    and `variance` (units,) over all pictures.
    """
    known = pictures.labels()
    drawn = {cue: pairs_of(known, cue, most=pairs, other=other, seed=seed) for cue in CUES}
    seen = features(model, pictures, layers, POOLED)
    records = []
    for layer in layers:
        values = seen[layer].astype(np.float64)
        records.append({cue: agreement(values, drawn[cue]) for cue in CUES} | {"variance": values.var(axis=0)})
    return apart(records)


def shown(networks: Sequence[Model], seen: Dimensionality, layers: Sequence[str]) -> list[Stage]:
    """Return the layers of each network whose units are shown one by one, by default its last that was measured.

    Raises ValueError for a layer that was not measured.
    """
    return [
        seen.of(network.name, _measured(network, seen, layer))
        for network in networks
        for layer in layers or seen.layers[network.name][-1:]
    ]


def _measured(network: Model, seen: Dimensionality, layer: str) -> str:
    name, measured = network.layer(layer), seen.layers[network.name]
    if name not in measured:
        raise ValueError(f"units: {name} is not among the layers; expected one of {', '.join(measured)}")
    return name
