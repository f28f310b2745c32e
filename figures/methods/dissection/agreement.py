"""How well units agree with concepts, on two halves of the images, and how well random directions do.

Bau et al. (2017, "Network Dissection: Quantifying Interpretability of Deep Visual Representations", section 3): a map
is enlarged, cut off at a high quantile of the unit's own activations, and held against a concept's mask, by the
pixels in both over those in either. The basis is turned by a random orthogonal matrix as in their section 4.2. We
differ in choosing a unit's concept on one half of the images and judging it on the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import prepared, read
from figures.methods.batches import in_batches
from figures.methods.datasets import Dataset
from figures.methods.datasets.resizing import resized
from figures.methods.dissection import regions
from figures.methods.dissection.concepts import Concepts
from figures.methods.models import Model
from figures.methods.scan.shards import apart

LEAST_IMAGES = 5
"""A concept that fewer images of a half have is not judged."""
KEPT = 16
"""How many of the images that a unit answers to most are kept."""
_SLACK = 1e-5
"""How much enlarging may round."""
_PIXELS, _BATCH = 8 * 224**2, 64


@dataclass(frozen=True)
class _Scores:
    """Scores (2, units, concepts) in each half, the share (concepts,) of pixels or images that are of each.

    on (units,): at which share of pixels a unit is on; of labels, where nothing is cut off, 1.
    """

    scores: np.ndarray
    area: np.ndarray
    on: np.ndarray


@dataclass(frozen=True)
class Looked:
    """The images that are looked at: their numbers (n,) in a data set, and the half (n,), 0 or 1, that each is in."""

    images: np.ndarray
    half: np.ndarray


def looked(count: int, most: int, seed: int) -> Looked:
    """Choose at most so many of `count` images, and share them out to two halves, at random."""
    chosen = np.random.default_rng(seed).permutation(count)[:most]
    order = np.argsort(chosen)
    return Looked(chosen[order], (np.arange(len(chosen)) % 2)[order])


@measurement(each="layers")
def agreement(
    model: Model, dataset: Dataset, layers: Sequence[str], *, looked: Looked, concepts: Concepts, measure: str,
    top: float, turned: int | None,
) -> Mapping[str, np.ndarray]:  # fmt: skip
    """Hold every unit of layers against concepts, by `iou` of maps with masks, or by `auc` of maxima with labels.

    Each array stands in a row of objects, one for each layer. scores (2, units, concepts): in each half, NaN of a
    concept that too few images have. area (concepts,): the share of pixels, or of images, that are of a concept.
    on (units,): the share of pixels at which each is on.
    image, y, x, peak (units, 16): where units answer most, one place an image, and what. `top` is the share of
    a unit's activations that counts as on. With `turned`, a seed, the units are followed by as many random directions:
    the layer's activations times a random orthogonal matrix. Activations are those that the layer hands on.
    Raises ValueError where no image can be decoded.
    """
    passes = _Passes(model, dataset.sized(model.input_size, model.channels), tuple(layers), looked, turned)
    seen, peaks = _first_pass(passes, top)
    scores = _by_masks(passes, peaks, concepts) if measure == "iou" else _by_labels(passes, seen, peaks, concepts)
    images = looked.images[seen]
    return apart([{**vars(one), **peak.best(images)} for one, peak in zip(scores, peaks, strict=True)])


class _Passes:
    """Images, and the maps of layers of them with their turned ones."""

    def __init__(
        self, model: Model, data: Dataset, layers: tuple[str, ...], looked: Looked, turned: int | None
    ) -> None:
        self.model, self.data, self.layers, self.looked = model, data, layers, looked
        self.turns = [None if turned is None else orthogonal(model.size(layer), turned) for layer in layers]

    def __iter__(self) -> Iterator[tuple[np.ndarray, torch.Tensor, list[torch.Tensor]]]:
        """Yield the places of some images among those that are looked at, the images, and the maps of each layer."""
        count = len(self.looked.images)
        size = max(1, min(_BATCH, _PIXELS // self.data.size_px**2))
        steps = -(-count // size)
        for places, images, maps in lab.track(in_batches(count, size, self._look), "dissection", steps):
            if len(places):
                yield places, images, maps

    def _look(self, some: slice) -> tuple[np.ndarray, torch.Tensor, list[torch.Tensor]]:
        numbers, images = self.data.usable(self.looked.images[some])
        if not len(numbers):
            return numbers, images, []
        with torch.inference_mode():
            maps = read(self.model, prepared(images, lab.device(), self.model.channels), self.layers, pre=False)
        places = np.searchsorted(self.looked.images, numbers)
        return (
            places,
            images,
            [_with_turned(maps[name], turn) for name, turn in zip(self.layers, self.turns, strict=True)],
        )


def orthogonal(size: int, seed: int) -> torch.Tensor:
    """Return a random orthogonal matrix (size, size), evenly distributed."""
    from scipy import stats  # takes long to import, and few figures need it

    return torch.from_numpy(stats.ortho_group.rvs(size, random_state=seed) if size > 1 else np.eye(1)).float()


def _with_turned(maps: torch.Tensor, turn: torch.Tensor | None) -> torch.Tensor:
    if turn is None:
        return maps.float()
    return torch.cat([maps.float(), torch.einsum("uc,nchw->nuhw", turn.to(maps.device), maps.float())], dim=1)


class _Peaks:
    """Where each unit answers most in each image, and what it answers at the highest of all places."""

    def __init__(self) -> None:
        self.value: list[np.ndarray] = []
        self.place: list[np.ndarray] = []
        self.width = 1
        self.highest: torch.Tensor | None = None

    def add(self, maps: torch.Tensor, most: int) -> None:
        """Take in maps (n, units, height, width); of all values, the `most` highest are kept."""
        self.width = maps.shape[3]
        peak = maps.flatten(2).max(dim=2)
        self.value.append(peak.values.cpu().numpy())
        self.place.append(peak.indices.cpu().numpy())
        values = maps.transpose(0, 1).flatten(1)
        together = values if self.highest is None else torch.cat([self.highest, values], dim=1)
        self.highest = together.topk(min(most, together.shape[1]), dim=1).values

    def threshold(self) -> torch.Tensor:
        """Return what a unit (units,) is on above: a little more than the lowest of its highest values.

        A unit that answers its highest value at more places than that is never on.
        """
        if self.highest is None:
            raise ValueError("nothing was looked at")
        high = self.highest[:, -1]
        return high + _SLACK * high.abs().clamp(min=1)

    def values(self) -> np.ndarray:
        """Return what each unit answers most in each image, (n, units)."""
        return np.concatenate(self.value)

    def best(self, images: np.ndarray) -> dict[str, np.ndarray]:
        """Return the images (units, few) that each unit answers to most, of these (n,), and the places there."""
        value = self.values()
        order = np.argsort(-value, axis=0, kind="stable")[:KEPT]
        place = np.take_along_axis(np.concatenate(self.place), order, axis=0).T
        peak = np.take_along_axis(value, order, axis=0).T
        return {"image": images[order].T, "y": place // self.width, "x": place % self.width, "peak": peak}


def _first_pass(passes: _Passes, top: float) -> tuple[np.ndarray, list[_Peaks]]:
    """Return which of the images could be seen, by their places, and the peaks of each layer."""
    peaks, places, count = [_Peaks() for _ in passes.layers], [], len(passes.looked.images)
    for some, _, maps in passes:
        places.append(some)
        for kept, one in zip(peaks, maps, strict=True):
            kept.add(one, max(1, math.ceil(top * count * one.shape[2] * one.shape[3])))
    if not places:
        raise ValueError(f"data set {passes.data.name!r} has no image that can be decoded")
    return np.concatenate(places), peaks


def _by_labels(passes: _Passes, seen: np.ndarray, peaks: list[_Peaks], concepts: Concepts) -> list[_Scores]:
    member, half = concepts.of_images()[seen], passes.looked.half[seen]
    values = [one.values() for one in peaks]
    return [
        _Scores(
            np.stack([auc(one[half == k], member[half == k]) for k in (0, 1)]),
            member.mean(axis=0),
            np.ones(one.shape[1]),
        )
        for one in values
    ]


def auc(values: np.ndarray, member: np.ndarray) -> np.ndarray:
    """Return how often a unit (n, units) is higher for an image (n, concepts) of a concept than for another one.

    (units, concepts); ties count half. NaN where too few images are of a concept, or not of it.
    """
    from scipy import stats

    inside, count = member.sum(axis=0), len(member)
    ranks = stats.rankdata(values, axis=0)
    above = ranks.T @ member - inside * (inside + 1) / 2
    known = (inside >= LEAST_IMAGES) & (count - inside >= LEAST_IMAGES)
    rates: np.ndarray = np.where(known, above / np.where(known, inside * (count - inside), 1), np.nan)
    return rates


def _by_masks(passes: _Passes, peaks: list[_Peaks], concepts: Concepts) -> list[_Scores]:
    thresholds = [one.threshold() for one in peaks]
    side = regions.side(passes.model.input_size)
    both = [_Overlap(len(one), concepts) for one in thresholds]
    enlarging = [enlargement(passes.model, layer, side) for layer in passes.layers]
    for places, images, maps in passes:
        figure = regions.figures(passes.data, passes.looked.images[places], side)
        masks = regions.of(resized(images.float(), side), figure).flatten(2).float()
        member, half = concepts.member[places], passes.looked.half[places]
        for overlap, one, threshold, weights in zip(both, maps, thresholds, enlarging, strict=True):
            for image, place in enumerate(half.tolist()):
                on = _enlarged(one[image], weights) > threshold[:, None, None]
                overlap.add(on.flatten(1).float().cpu(), masks[image], member[image], place)
    return [one.scores() for one in both]


def _enlarged(maps: torch.Tensor, weights: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """Enlarge maps (units, height, width) of one image."""
    down, across = (one.to(maps.device) for one in weights)
    return down @ maps @ across.T


def enlargement(model: Model, layer: str, side_px: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the weights (side, height), (side, width) of bilinear interpolation between positions of a layer's map.

    Positions lie in the middle of what they see.
    """
    field = model.receptive_field(layer)
    sizes = (1, 1) if model.layer(layer) in model.heads else (model.part(layer).height, model.part(layer).width)
    pixel = (np.arange(side_px) + 0.5) * model.input_size / side_px - 0.5
    return tuple(_weights((pixel - field.place_px(0)) / field.stride_px, size) for size in sizes)  # type: ignore[return-value]


def _weights(at: np.ndarray, size: int) -> torch.Tensor:
    clipped = np.clip(at, 0, size - 1)
    return torch.from_numpy(np.maximum(1 - np.abs(clipped[:, None] - np.arange(size)), 0)).float()


class _Overlap:
    """Pixels of units and of concepts, of both and of each, in two halves of the images."""

    def __init__(self, units: int, concepts: Concepts) -> None:
        count = len(concepts.names)
        self.concepts, self.pixels = concepts, 0
        self.both = np.zeros((2, units, count))
        self.on, self.area, self.images = np.zeros((2, units)), np.zeros((2, count)), np.zeros((2, count))

    def add(self, on: torch.Tensor, masks: torch.Tensor, member: np.ndarray, half: int) -> None:
        """Take in where units are on (units, pixels), and the masks (regions, pixels), in one image of a half."""
        terms = np.flatnonzero(member)
        region, own = self.concepts.term_region[terms], self.concepts.term_concept[terms]
        shared, area = (on @ masks.T).numpy()[:, region], masks.sum(1).numpy()[region]
        np.add.at(self.both[half].T, own, shared.T)
        np.add.at(self.area[half], own, area)
        np.add.at(self.images[half], own, area > 0)
        self.on[half] += on.sum(1).numpy()
        self.pixels += masks.shape[1]

    def scores(self) -> _Scores:
        """Return the pixels in both over those in either."""
        either = self.on[:, :, None] + self.area[:, None] - self.both
        known = (self.images >= LEAST_IMAGES).all(axis=0)
        ratios = np.where(known, self.both / np.maximum(either, 1), np.nan)
        return _Scores(ratios, self.area.sum(axis=0) / self.pixels, self.on.sum(axis=0) / self.pixels)
