"""What each unit of a lower layer adds to a unit above it, at one place of one picture.

The activations of the lower layer times the gradient of the unit, added up over the map of each channel: first the
sum, then, where channels are ranked, its absolute value, so that what cancels within a map does so. We differ from
the usual mean over the map by its size alone, for sums have a meaning: where only rectifiers and pools lie between
and nothing has a bias, they add up to the unit (see `figures.methods.contributions`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from figures.measurement import measurement
from figures.methods.activations import activations, key
from figures.methods.contributions import Contributions, contributions
from figures.methods.models import Model


@dataclass(frozen=True)
class Weights:
    """What the channels (c) of a layer add to a unit.

    value (): what enters the unit's rectifier at its place, or its activation where there is none; signed (c,): what
    each channel adds; places (c, 2): row and column where it adds most of that; answers (c,): its own value there.
    """

    value: np.ndarray
    signed: np.ndarray
    places: np.ndarray
    answers: np.ndarray

    @property
    def rest(self) -> float:
        """What no channel accounts for: biases, and paths that go round the layer."""
        return float(self.value - self.signed.sum())

    @property
    def shares(self) -> np.ndarray:
        """Each channel's part (c,) of all absolute weights; zero where there are none."""
        sizes = np.abs(self.signed)
        shares: np.ndarray = sizes / (sizes.sum() or 1)
        return shares

    def strongest(self, count: int) -> list[int]:
        """List the channels with the largest absolute weights that are not zero, the largest first."""
        order = np.argsort(-np.abs(self.signed), kind="stable")[:count]
        return [int(channel) for channel in order if self.signed[channel]]


@measurement
def weights(model: Model, unit: str, *, place: tuple[int, int], image: np.ndarray, layer: str) -> Weights:
    """Weigh the edges from every channel of a layer to a unit at a place (row, column) of a picture's map.

    The picture is (channel, side, side) in [0, 1]. Raises ValueError where the layer does not reach the unit.
    """
    seen = split(model, unit, place=place, image=image, layer=layer)
    maps = seen.maps[0].double().cpu().numpy()
    signed = maps.sum(axis=(1, 2))
    places = _strongest(maps * np.where(signed < 0, -1, 1)[:, None, None])
    own = activations(model, image[None], layer)[0].double().numpy()
    answers = own[np.arange(len(own)), places[:, 0], places[:, 1]]
    return Weights(np.array(float(seen.value)), signed, places, answers)


def split(model: Model, unit: str, *, place: tuple[int, int], image: np.ndarray, layer: str) -> Contributions:
    """Split a unit's value at a place of one picture among the activations of a layer."""
    channel = replace(model.unit(unit), position=None)
    return contributions(model, image[None], channel, np.array([place]), layer)


def is_inactive(model: Model, layer: str, value: float) -> bool:
    """Tell whether a unit's rectifier is shut: then nothing below moves it, and it has no edges."""
    return key(model, layer, True)[1] and value <= 0


def _strongest(maps: np.ndarray) -> np.ndarray:
    """Return where each of some maps (c, height, width) is largest, (c, 2)."""
    flat = maps.reshape(len(maps), -1).argmax(axis=1)
    return np.stack(np.divmod(flat, maps.shape[2]), axis=1)
