"""One edge of a walk, looked at by itself: two units, where they meet, and how often they answer together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from figures.measurement import measurement
from figures.methods import asked_images
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.methods.saliency.target import strongest
from figures.methods.walks import paths
from figures.methods.walks.pairs import Pairs, pairs
from figures.methods.walks.weights import is_inactive, split, weights
from figures.units import PRE


@dataclass(frozen=True)
class Edge:
    """Two units in a picture (channel, side, side) in [0, 1]: the upper at `place`, None of a class.

    value: what the upper unit answers; total: what all channels of the lower layer add up to for it; signed, share and
    rank: what the lower unit adds, its part of all absolute weights, its place among them. meeting (height,
    width): what each position of the lower unit adds. maps (2, channel, side, side) in [-1, 1]: the paths of both, and
    `rules` how they were gone.
    """

    network: str
    dataset: str
    picture: np.ndarray
    word: str
    upper: str
    lower: str
    label: str
    place: tuple[int, int] | None
    value: float
    answer: float
    total: float
    signed: float
    share: float
    rank: int
    meeting: np.ndarray
    maps: np.ndarray
    rules: tuple[str, ...]
    pairs: Pairs

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table lists of each image."""
        return {"image": self.pairs.image, self.upper: self.pairs.upper, self.lower: self.pairs.lower}


@measurement
def meeting(
    model: Model, unit: str, *, place: tuple[int, int], image: np.ndarray, layer: str, channel: int
) -> Mapping[str, np.ndarray]:
    """Return what each position of a channel adds to a unit at a place of a picture: `map` (height, width)."""
    seen = split(model, unit, place=place, image=image, layer=layer)
    return {"map": seen.maps[0, channel].float().cpu().numpy()}


def of(model: Model, dataset: Dataset, image: str | Path, edge: str) -> Edge:
    """Look at one edge; raises ValueError for names that there are not, and where the upper unit is inactive."""
    upper, lower = model.card.edge(edge)
    shown = asked_images.shown(model, dataset, (image,))
    picture, layer, channel = shown.images[0], lower.layer.removesuffix(PRE), lower.index
    place = strongest(model, str(upper), image=picture).pair
    name = str(replace(upper, position=None))
    weighed = weights(model, name, place=place, image=picture, layer=layer)
    if is_inactive(model, upper.layer, float(weighed.value)):
        raise ValueError(f"{upper} is inactive in {shown.words[0]}: nothing below moves it; expected one that answers")
    drawn = (
        paths.own(model, name, place=place, image=picture),
        paths.paths(model, (channel,), unit=name, place=place, image=picture, layer=layer),
    )
    return Edge(
        network=model.name,
        dataset=dataset.name,
        picture=picture,
        word=shown.words[0],
        upper=name,
        lower=str(lower),
        label=model.label(upper),
        place=None if upper.layer in model.heads else place,
        value=float(weighed.value),
        answer=float(weighed.answers[channel]),
        total=float(weighed.signed.sum()),
        signed=float(weighed.signed[channel]),
        share=float(weighed.shares[channel]),
        rank=int((np.abs(weighed.signed) >= abs(weighed.signed[channel])).sum()),
        meeting=meeting(model, name, place=place, image=picture, layer=layer, channel=channel)["map"],
        maps=np.concatenate([each.maps for each in drawn]),
        rules=tuple(str(rule) for each in drawn for rule in each.rules),
        pairs=pairs(model, dataset, name, str(lower)),
    )
