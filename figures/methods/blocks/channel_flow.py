"""What the channels of one layer add to those of a later one, for one picture.

A channel of the upper layer is the sum of its map, h'. Its attribution to a channel of the lower one is
h * dh'/dh, added up over space: signed, and where only rectifiers and weights without biases lie between, all of
h'. After Olah et al. (2018, "The building blocks of interpretability", Distill, channel attribution). We differ
in showing one layer's channels against another's, not against a class.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods import asked_images
from figures.methods.activations import as_maps, key, prepared
from figures.methods.blocks import icons
from figures.methods.blocks.answers import mapped, slope
from figures.methods.contributions import layer_before
from figures.methods.datasets import Dataset
from figures.methods.models import Model


@dataclass(frozen=True)
class Flow:
    """How much each channel of a lower layer adds to some of an upper one.

    index, value (upper,): the upper channels and the sums of their maps; attribution (upper, channels of the lower).
    """

    index: np.ndarray
    value: np.ndarray
    attribution: np.ndarray


@measurement
def flow(model: Model, *, image: np.ndarray, upper: str, lower: str, count: int) -> Flow:
    """Split the `count` channels of `upper` that answer most to a picture (channel, size, size) among those of `lower`.

    Raises ValueError where the lower layer does not reach the upper one.
    """
    before, own = key(model, lower, False), key(model, upper, False)
    with torch.enable_grad():
        shown = prepared(image[None], lab.device(), model.channels).requires_grad_()
        read = model.reader((before, own))(shown)
        sums = as_maps(model, upper, read[own])[0].sum(dim=(1, 2))
        index = sums.detach().argsort(descending=True, stable=True)[:count]
        slopes = [slope(sums[one], read[before], lower, upper) for one in index.tolist()]
    moved = [as_maps(model, lower, read[before].detach() * one)[0].double().sum(dim=(1, 2)) for one in slopes]
    return Flow(index.cpu().numpy(), sums.detach().double()[index].cpu().numpy(), torch.stack(moved).cpu().numpy())


@dataclass(frozen=True)
class ChannelFlow:
    """The strongest channels of an upper layer, and those of a lower one that move them most, for one picture.

    sources (lower,): which channels of the lower layer are shown; pictures of both (n, side, side, 3) uint8.
    """

    network: str
    word: str
    picture: np.ndarray
    upper: str
    lower: str
    flow: Flow
    sources: np.ndarray
    upper_pictures: np.ndarray
    lower_pictures: np.ndarray

    @property
    def links(self) -> np.ndarray:
        """The attributions (upper, lower) among the channels that are shown."""
        links: np.ndarray = self.flow.attribution[:, self.sources]
        return links

    @property
    def carried(self) -> float:
        """The share of all attributions of the upper channels, by absolute values, that the links carry."""
        whole = np.abs(self.flow.attribution).sum()
        return float(np.abs(self.links).sum() / whole) if whole else 0.0

    @property
    def explained(self) -> np.ndarray:
        """The sum over all lower channels by the upper one's value (upper,): 1 where no bias has a part in it."""
        value = self.flow.value
        return np.divide(self.flow.attribution.sum(axis=1), value, out=np.full(len(value), np.nan), where=value != 0)

    @property
    def upper_names(self) -> list[str]:
        return [f"{self.upper}:{channel}" for channel in self.flow.index.tolist()]

    @property
    def lower_names(self) -> list[str]:
        return [f"{self.lower}:{channel}" for channel in self.sources.tolist()]

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists: a row for each link, one for all others, one for what no channel accounts for."""
        rows = list(self._rows())
        names = ("unit", "from", "attribution", "share of the unit")
        return dict(zip(names, zip(*rows, strict=True), strict=True))

    def _rows(self) -> Iterator[tuple[object, ...]]:
        whole = self.flow.attribution.sum(axis=1)
        for name, value, links, total in zip(self.upper_names, self.flow.value, self.links, whole, strict=True):
            parts = [*zip(self.lower_names, links.tolist(), strict=True)]
            parts += [("other channels", float(total - links.sum())), ("biases and limits", float(value - total))]
            yield from ((name, source, part, part / value if value else None) for source, part in parts)


def of(
    model: Model, dataset: Dataset, image: str | Path, upper: str, lower: str, *, channels: int, sources: int,
    steps: int, seed: int,
) -> ChannelFlow:  # fmt: skip
    """Set the strongest channels of a layer against those of a lower one, by default of the main layer before.

    Raises ValueError for pictures and layers that there are not, and for layers in the wrong order.
    """
    above = mapped(model, upper)
    below = mapped(model, lower or layer_before(model, above))
    order = list(model.layers)
    if order.index(model.card.base(below)) >= order.index(model.card.base(above)):
        raise ValueError(f"{below} does not come before {above}; expected a layer before it")
    shown = asked_images.shown(model, dataset, (image,))
    split = flow(model, image=shown.images[0], upper=above, lower=below, count=channels)
    strongest = np.argsort(-np.abs(split.attribution).sum(axis=0), kind="stable")[:sources]
    how = {"steps": steps, "seed": seed}
    return ChannelFlow(
        network=model.name, word=shown.words[0], picture=shown.images[0], upper=above, lower=below, flow=split,
        sources=strongest,
        upper_pictures=icons.of(model, dataset, above, split.index.tolist(), **how),
        lower_pictures=icons.of(model, dataset, below, strongest.tolist(), **how),
    )  # fmt: skip
