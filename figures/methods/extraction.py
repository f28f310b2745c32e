"""Find the pixels of drawn curves: by what drives a family of units, and by the edge detector of Canny.

After Cammarata et al. (2020, "Curve Detectors", section "Curve tracing"), who compare the two by
eye. We differ in drawing the images, so that the curves in them are known and the two can be
counted: precision is the share of pixels found that lie within a tolerance of a curve, recall the
share of a curve's pixels that lie within it of a pixel found.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import torch
from torch.nn import functional

from figures import lab
from figures.measurement import measurement
from figures.methods import stimuli
from figures.methods.activations import as_maps, key, prepared
from figures.methods.batches import in_batches
from figures.methods.contributions import source_layer
from figures.methods.curve_families import curve_family
from figures.methods.datasets import Dataset
from figures.methods.feature_visualization.objectives import View
from figures.methods.feature_visualization.recipe import Recipe
from figures.methods.feature_visualization.weighted import Climb
from figures.methods.models import Model

T = TypeVar("T")

GROUNDS = ("mottled", "striped")
NOISES = (0.0, 0.1, 0.2, 0.3)
RECIPE = Recipe(
    steps=24, alpha=True, colour="grey", jitter=0.01, rotation_deg=1.0, scaling=0.01, noise=0.2, cut=0.2, picture_px=64
)
"""Pictures that lie over their images; their side is the network's input."""

_CANNY = [
    (blur, high) for blur in (1.0, 1.5, 2.0, 2.5, 3.0) for high in (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
]
_LOW = 0.4
_LEVELS = [round(0.05 * step, 2) for step in range(2, 20)]
_SEEDS, _MOST, _PIXELS = 1_000_000, 32, 2**17
_CURVES = (2, 4)
_RADII, _LENGTHS, _WIDTH = (0.2, 0.7), (0.5, 1.0), 1 / 16
_CONTRAST = (0.25, 0.4)
_MOTTLE, _MOTTLE_PX, _STRIPE, _PERIODS_PX = 0.06, 1 / 8, 0.12, (0.1, 0.18)


@dataclass(frozen=True)
class Scenes:
    """Drawn images (n, 1, side, side) in [0, 1], and which pixels (n, side, side) a curve covers."""

    images: np.ndarray
    curves: np.ndarray


def scenes(count: int, *, size_px: int, field_px: int, noise: float, ground: str = "mottled", seed: int = 0) -> Scenes:
    """Draw two to four arcs in each of some images, lighter or darker than a ground with noise.

    Arcs have radii from 0.2 to 0.7 and lengths from 0.5 to 1 of `field_px`, and a sixteenth of it as
    their width. `noise` is the standard deviation of what is added to every pixel; the same seed
    draws the same curves and grounds under any noise.
    """
    random = np.random.default_rng([seed, GROUNDS.index(ground)])
    drawn = [_scene(random, size_px, field_px, ground) for _ in range(count)]
    images, cover = (np.stack(part) for part in zip(*drawn, strict=True))
    images = images + noise * random.standard_normal(images.shape)
    return Scenes(np.clip(images, 0, 1)[:, None].astype(np.float32), cover >= 0.5)


def _scene(random: np.random.Generator, size: int, field: int, ground: str) -> tuple[np.ndarray, np.ndarray]:
    """Draw one image (side, side) and how much of each pixel its curves cover."""
    n = int(random.integers(*_CURVES, endpoint=True))
    turn, (radius, length) = random.uniform(0, 360, n), (random.uniform(*ends, n) for ends in (_RADII, _LENGTHS))
    center = random.uniform(0.15, 0.85, (n, 2)) * size
    arcs = stimuli.arcs(
        turn, radius * field, size_px=size, center_px=center, length_px=length * field, width_px=_WIDTH * field,
        ink=1.0, ground=0.0, channels=1, device="cpu",
    )  # fmt: skip
    cover = arcs.amax(dim=0)[0].numpy().astype(np.float64)
    ink = random.uniform(*_CONTRAST) * random.choice([-1, 1])
    return 0.5 + _ground(random, size, field, ground) + ink * cover, cover


def _ground(random: np.random.Generator, size: int, field: int, ground: str) -> np.ndarray:
    """Draw what curves lie on: blotches, with stripes or without."""
    rows, columns = np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)
    passed = np.exp(-2 * (np.pi * _MOTTLE_PX * field) ** 2 * (rows**2 + columns**2))
    blotches = np.fft.irfft2(np.fft.rfft2(random.standard_normal((size, size))) * passed, s=(size, size))
    mottled = _MOTTLE * (blotches - blotches.mean()) / blotches.std()
    if ground == "mottled":
        return mottled
    y, x = np.mgrid[:size, :size]
    turn, period, phase = random.uniform(0, np.pi), random.uniform(*_PERIODS_PX) * field, random.uniform(0, 2 * np.pi)
    return mottled + _STRIPE * np.sin(2 * np.pi * (x * np.cos(turn) + y * np.sin(turn)) / period + phase)


def caused(model: Model, images: torch.Tensor, layer: str, units: Sequence[int], source: str) -> torch.Tensor:
    """Return what the layer `source` (n, channel, height, width) does for units of a layer wherever they fire.

    The absolute activation times gradient of each unit's summed rectified pre-activation, summed over units.
    """
    before, own = key(model, source, False), key(model, layer, True)
    with torch.enable_grad():
        shown = prepared(images, lab.device(), model.channels).requires_grad_()
        found = model.reader((before, own))(shown)
        fired = as_maps(model, layer, found[own])[:, list(units)].relu().sum(dim=(0, 2, 3))
        slopes = [torch.autograd.grad(one, found[before], retain_graph=True)[0] for one in fired]
    moved = (as_maps(model, source, (found[before] * slope).detach()).abs() for slope in slopes)
    return functools.reduce(torch.add, moved)


def traces(
    model: Model, images: np.ndarray, layer: str, units: Sequence[int], *, source: str = "", seed: int = 0,
    recipe: Recipe = RECIPE,
) -> np.ndarray:  # fmt: skip
    """Return how much edge there is at each pixel (n, side, side) of pictures of what drives units in images.

    The slope of the picture's grey, seen at one pixel's blur, times its opacity; 1 is the 99th
    percentile of an image.
    """
    source = source or source_layer(model, model.unit(f"{layer}:{units[0]}"))
    side, shown = model.input_size, torch.as_tensor(images)
    sized = replace(recipe, picture_px=side)

    def drawn(some: slice) -> torch.Tensor:
        weights = caused(model, shown[some], layer, units, source)
        seeds = [seed * _SEEDS + index for index in range(some.start, some.stop)]
        twice = 1 + (len(seeds) == 1)  # a lone image goes through other kernels, which round otherwise
        weights = weights.repeat(twice, 1, 1, 1)
        climb = Climb.start_at(model, source, weights, View(side, side, (0, 0)), seeds * twice, sized)
        climb.run()
        return climb.drawn()[: len(seeds)].cpu()

    finished = torch.cat(list(in_batches(len(images), max(1, min(_MOST, _PIXELS // side**2)), drawn)))
    down, across = torch.gradient(blurred(finished[:, :1]), dim=(2, 3))
    edges = blurred(finished[:, 3:] * torch.hypot(down, across))[:, 0].numpy()
    return edges / np.maximum(np.quantile(edges, 0.99, axis=(1, 2), keepdims=True), np.finfo(np.float32).tiny)


def blurred(planes: torch.Tensor, sigma_px: float = 1.0) -> torch.Tensor:
    """Blur planes (n, 1, side, side) by a Gaussian."""
    reach = round(4 * sigma_px)
    bell = torch.exp(-0.5 * (torch.arange(-reach, reach + 1.0) / sigma_px) ** 2)
    bell = (bell / bell.sum()).to(planes)
    padded = functional.pad(planes, (reach,) * 4, mode="replicate")
    return functional.conv2d(functional.conv2d(padded, bell[None, None, :, None]), bell[None, None, None, :])


def edges_of(images: np.ndarray, sigma_px: float, high: float) -> np.ndarray:
    """Find edges (n, side, side) by Canny's detector, as scikit-image has it; its low threshold is 0.4 of the high.

    After Canny (1986, "A computational approach to edge detection").
    """
    from skimage.feature import canny  # takes long to import, and few figures need it

    return np.stack([canny(one[0], sigma=sigma_px, low_threshold=_LOW * high, high_threshold=high) for one in images])


def counted(found: np.ndarray, curves: np.ndarray, tolerance_px: float) -> np.ndarray:
    """Count (n, 4): pixels found, those of them near a curve, pixels of curves, those of them near one found."""
    near_curve, near_found = (_grown(mask, tolerance_px) for mask in (curves, found))
    parts = (found, found & near_curve, curves, curves & near_found)
    return np.stack([part.sum(axis=(1, 2)) for part in parts], axis=1)


def _grown(masks: np.ndarray, by_px: float) -> np.ndarray:
    """Return masks (n, side, side) with all pixels whose centres lie within `by_px` of one of theirs."""
    reach = int(by_px)
    apart = torch.arange(-reach, reach + 1.0)
    disc = (torch.hypot(apart[:, None], apart) <= by_px).float()[None, None]
    return functional.conv2d(torch.as_tensor(masks).float()[:, None], disc, padding=reach)[:, 0].numpy() > 0.5


def rates(counts: np.ndarray) -> np.ndarray:
    """Return precision, recall and their harmonic mean F (…, 3) of counts (…, 4); nothing found has precision 0."""
    found, right, curves, met = np.moveaxis(np.asarray(counts, dtype=np.float64), -1, 0)
    precision, recall = right / np.maximum(found, 1), met / np.maximum(curves, 1)
    both = np.maximum(precision + recall, np.finfo(np.float64).tiny)
    return np.stack([precision, recall, 2 * precision * recall / both], axis=-1)


METHODS = ("canny", "attribution")
"""The ways to find curves, in the order of the arrays below."""


@dataclass(frozen=True)
class Extraction:
    """What each method finds of drawn curves, by noise.

    scenes (noise, image, side, side) in [0, 1]; curves, canny, attribution (…) bool: the pixels
    drawn and found; traces (…): see `traces`. rates (2, noise, 3): precision, recall and F of
    each method over the images of a noise; by_image (2, noise, image, 3).
    everything (noise, 3): the rates of marking every pixel. settings (noise, 3): blur in px and
    high threshold of Canny's detector, threshold of the traces.
    """

    scenes: np.ndarray
    curves: np.ndarray
    canny: np.ndarray
    attribution: np.ndarray
    traces: np.ndarray
    rates: np.ndarray
    by_image: np.ndarray
    everything: np.ndarray
    settings: np.ndarray

    def columns(self, noises: Sequence[float]) -> dict[str, list[object]]:
        """Return what a table lists of each method at each noise."""
        rows = [(at, method) for at in range(len(noises)) for method in range(len(METHODS))]
        rates: dict[str, list[object]] = {
            name: [float(self.rates[method, at, i]) for at, method in rows] for i, name in enumerate(RATES)
        }
        return {
            "noise": [noises[at] for at, _ in rows],
            "method": [("Canny", "attribution")[method] for _, method in rows],
            **rates,
            "F on marking every pixel": [float(self.everything[at, 2]) for at, _ in rows],
            "blur in px": [None if method else float(self.settings[at, 0]) for at, method in rows],
            "threshold": [float(self.settings[at, 2 if method else 1]) for at, method in rows],
        }


RATES = ("precision", "recall", "F")


@measurement
def extraction(
    model: Model,
    layer: str,
    units: Sequence[int],
    *,
    noises: Sequence[float] = NOISES,
    ground: str = GROUNDS[0],
    images: int = 12,
    tuning: int = 8,
    tolerance_px: float = 2.0,
    seed: int = 0,
) -> Extraction:
    """Find the curves of drawn images by what drives units and by Canny's detector, and count.

    Each has, for each noise, the setting with the best F over `tuning` images of that noise that
    are not counted; `images` others are.
    """
    known, new = (
        _joined(model, layer, noises, ground, count, kind * _SEEDS + seed)
        for kind, count in enumerate((tuning, images))
    )
    drawn = traces(model, known.images, layer, units), traces(model, new.images, layer, units)
    settings, found = [], []
    for index in range(len(noises)):
        before, now = (slice(index * count, (index + 1) * count) for count in (tuning, images))
        blur, high, level = _tuned(known.images[before], drawn[0][before], known.curves[before], tolerance_px)
        settings.append((blur, high, level))
        found.append(np.stack([edges_of(new.images[now], blur, high), drawn[1][now] > level]))
    masks, shape = np.concatenate(found, axis=1), (len(noises), images)
    counts = np.stack([counted(one, new.curves, tolerance_px).reshape(*shape, 4) for one in masks])
    every = counted(np.ones_like(new.curves), new.curves, tolerance_px).reshape(*shape, 4)
    maps = {"scenes": new.images[:, 0], "curves": new.curves, "canny": masks[0], "attribution": masks[1]}
    return Extraction(
        **{name: stack.reshape(*shape, *stack.shape[1:]) for name, stack in {**maps, "traces": drawn[1]}.items()},
        rates=rates(counts.sum(axis=2)),
        by_image=rates(counts),
        everything=rates(every.sum(axis=1)),
        settings=np.array(settings),
    )


def family(model: Model, dataset: Dataset, layer: str, units: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of units of a layer; without any, of those that meet the rule for curve detectors.

    Raises ValueError for one of another layer, and where the rule finds none.
    """
    if not units:
        curves = curve_family(model, dataset, layer).units
        if not len(curves):
            raise ValueError(f"no unit of {layer} of {model.name} meets the rule for curve detectors; give units")
        return tuple(int(unit) for unit in curves)
    chosen = [model.unit(unit) for unit in units]
    for unit in chosen:
        if unit.layer != layer or unit.position is not None or unit.negative:
            raise ValueError(
                f"{unit}; expected whole channels of {layer} without a minus, such as {layer}:{unit.index}"
            )
    return tuple(dict.fromkeys(unit.index for unit in chosen))


def _joined(model: Model, layer: str, noises: Sequence[float], ground: str, count: int, seed: int) -> Scenes:
    """Draw the same scenes under each noise, one after the other."""
    size = model.input_size
    field = min(model.receptive_field(layer).size_px, size)
    parts = [scenes(count, size_px=size, field_px=field, noise=one, ground=ground, seed=seed) for one in noises]
    return Scenes(np.concatenate([one.images for one in parts]), np.concatenate([one.curves for one in parts]))


def _tuned(
    images: np.ndarray, drawn: np.ndarray, curves: np.ndarray, tolerance_px: float
) -> tuple[float, float, float]:
    """Return the best settings for some scenes: blur and high threshold of Canny's detector, threshold of traces."""
    blur, high = _best(_CANNY, lambda one: edges_of(images, *one), curves, tolerance_px)
    return blur, high, _best(_LEVELS, lambda one: drawn > one, curves, tolerance_px)


def _best(settings: Sequence[T], find: Callable[[T], np.ndarray], curves: np.ndarray, tolerance_px: float) -> T:
    """Return the setting whose F over all images is best; the first of equals."""
    return max(settings, key=lambda one: rates(counted(find(one), curves, tolerance_px).sum(axis=0))[2])
