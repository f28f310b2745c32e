"""A few groups of channels that together make up what a layer says of a picture, and what each adds to classes.

After Olah et al. (2018, "The building blocks of interpretability", Distill, neuron groups). The activations h of a
picture are split by `factors` into S @ D. A group's share of a logit is S D * dlogit/dh, added up over space and
channels: the shares of all groups, and of what they leave of h, add up to h * dlogit/dh.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods import asked_images, factors
from figures.methods.activations import as_maps, key, prepared
from figures.methods.blocks import answers as asked
from figures.methods.blocks import icons
from figures.methods.blocks.answers import mapped
from figures.methods.datasets import Dataset
from figures.methods.feature_visualization import colours_of
from figures.methods.feature_visualization.directions import towards
from figures.methods.models import Model

SHOWN = 3
"""How many classes are shown where none are asked for: the likeliest ones."""


@dataclass(frozen=True)
class Groups:
    """Groups (n) of channels, and what they add to logits (classes).

    where (n, height, width): S. directions (n, channel): D, sums of one. share (n,): what each explains of the squares
    of h. error: |h - S @ D| / |h|, both with h cut off below zero; below: the share of h's squares below zero.
    classes, logit (classes,); attributed (classes, n); total (classes,): h * dlogit/dh.
    """

    where: np.ndarray
    directions: np.ndarray
    share: np.ndarray
    error: np.ndarray
    below: np.ndarray
    classes: np.ndarray
    logit: np.ndarray
    attributed: np.ndarray
    total: np.ndarray

    @property
    def rest(self) -> np.ndarray:
        """What the groups do not account for of each class's total (classes,)."""
        rest: np.ndarray = self.total - self.attributed.sum(axis=1)
        return rest


@measurement
def groups(
    model: Model, *, image: np.ndarray, layer: str, count: int, head: str, classes: Sequence[int] = (), seed: int = 0
) -> Groups:
    """Split what a layer says of a picture (channel, size, size) in [0, 1] into `count` groups.

    Classes go by number; where none are given, the likeliest ones. Raises ValueError for more groups than the layer
    has positions or channels, and where the layer does not reach the head.
    """
    before, own = key(model, layer, False), key(model, head, False)
    with torch.enable_grad():
        read = model.reader((before, own))(prepared(image[None], lab.device(), model.channels).requires_grad_())
        logits = read[own][0]
        chosen = list(classes) or logits.detach().argsort(descending=True, stable=True)[:SHOWN].tolist()
        slopes = [asked.slope(logits[one], read[before], layer, head) for one in chosen]
    maps = as_maps(model, layer, read[before].detach())[0]
    slope = torch.stack([as_maps(model, layer, one)[0] for one in slopes]).flatten(2).cpu().double()
    flat = maps.flatten(1).T.cpu().double()
    split = factors.factorise(flat.clamp_min(0), count, seed=seed)
    return Groups(
        where=split.where.T.unflatten(1, maps.shape[1:]).numpy(),
        directions=split.directions.numpy(),
        share=factors.shares(flat.clamp_min(0), split.where, split.directions).numpy(),
        error=np.array(split.error),
        below=np.array(float(flat.clamp_max(0).square().sum() / flat.square().sum().clamp_min(1e-12))),
        classes=np.array(chosen),
        logit=logits.detach()[chosen].cpu().double().numpy(),
        attributed=torch.einsum("pg,gc,kcp->kg", split.where, split.directions, slope).numpy(),
        total=torch.einsum("pc,kcp->k", flat, slope).numpy(),
    )


@dataclass(frozen=True)
class BuildingBlocks:
    """A picture (channel, side, side) in [0, 1], the groups of a layer for it, and a picture of each.

    names (classes,): what classes are called. pictures (n, side, side, 3) uint8.
    """

    network: str
    picture: np.ndarray
    word: str
    layer: str
    head: str
    names: tuple[str, ...]
    groups: Groups
    pictures: np.ndarray

    @property
    def maps(self) -> np.ndarray:
        """How strong each group is where (n, height, width), 1 at the strongest position of all groups.

        Directions count by their lengths, so that groups of few channels and of many compare.
        """
        strength: np.ndarray = self.groups.where * np.linalg.norm(self.groups.directions, axis=1)[:, None, None]
        return strength / (strength.max() or 1)

    def strongest(self, group: int, count: int = 3) -> list[str]:
        """Name the channels that a group has most of."""
        order = np.argsort(-self.groups.directions[group], kind="stable")[:count]
        return [f"{self.layer}:{channel}" for channel in order.tolist()]

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists: a row for each group, one for the rest, one for all."""
        rows = list(self._rows())
        names = ("group", "explained", "channels", *self.names)
        return dict(zip(names, zip(*rows, strict=True), strict=True))

    def _rows(self) -> Iterator[tuple[object, ...]]:
        for group, share in enumerate(self.groups.share.tolist()):
            added = self.groups.attributed[:, group].tolist()
            yield str(group + 1), share, ", ".join(self.strongest(group)), *added
        yield "rest", float(1 - self.groups.share.sum()), "", *self.groups.rest.tolist()
        yield "all", 1.0, "", *self.groups.total.tolist()


def of(
    model: Model, dataset: Dataset, image: str | Path, layer: str, *, count: int, classes: Sequence[str], head: str,
    steps: int, seed: int,
) -> BuildingBlocks:  # fmt: skip
    """Split a picture into groups of a layer's channels.

    Raises ValueError for pictures, layers, heads and classes that there are not, and for too many groups.
    """
    name, answering = mapped(model, layer), model.head(head)
    numbers = [model.unit(f"{answering}:{one}").index for one in classes]
    shown = asked_images.shown(model, dataset, (image,))
    split = groups(
        model, image=shown.images[0], layer=name, count=count, head=answering, classes=tuple(numbers), seed=seed
    )
    how = icons.recipe(model, name, steps)
    drawn = towards(model, name, split.directions, recipe=how, seed=seed, colours=colours_of(dataset))
    return BuildingBlocks(
        network=model.name, picture=shown.images[0], word=shown.words[0], layer=name, head=answering,
        names=tuple(model.heads[answering][one] for one in split.classes.tolist()), groups=split,
        pictures=drawn.images,
    )  # fmt: skip
