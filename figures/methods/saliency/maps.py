"""The methods: what each says of every pixel of a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torch.nn import functional

from figures import lab
from figures.methods.activations import as_maps, fitted, key
from figures.methods.batches import in_batches
from figures.methods.insides.backward import Rule
from figures.methods.saliency.target import Target, slope
from figures.texts import choice
from figures.units import PRE

BASELINE = 0.5
"""The grey that stands for nothing, where a method needs a picture of nothing."""
_BATCH = 8


@dataclass(frozen=True)
class Recipe:
    """How fine the methods are: steps on the way from grey, noisy pictures and their noise, the side of a patch.

    `noise` is a standard deviation, of pictures in [0, 1].
    """

    steps: int = 64
    samples: int = 32
    noise: float = 0.15
    patch_px: int = 28
    seed: int = 0

    @property
    def stride_px(self) -> int:
        """How far apart patches lie: half of one."""
        return max(1, self.patch_px // 2)


def gradient(target: Target, image: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    """Return the gradient (Simonyan, Vedaldi & Zisserman, 2014)."""
    return slope(target.value, image[None])[0]


def switched(target: Target, image: torch.Tensor, recipe: Recipe, *, rule: Rule) -> torch.Tensor:
    """Return guided backpropagation (Springenberg et al., 2015), or deconvolution (Zeiler & Fergus, 2014).

    Deconvolution remembers where each maximum of a pool was; the gradient of a max-pool goes there by itself. In a
    network without ReLU or ReLU6, both are the gradient.
    """
    return slope(target.switched(rule), image[None])[0]


def integrated_gradients(target: Target, image: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    """Return integrated gradients from grey (Sundararajan, Taly & Yan, 2017).

    They add up to the difference of the values of picture and grey, the better the more steps. We differ in taking
    steps that grow with the cube of their number, for the logit of a class does most of its way just beside grey:
    for a cat on EfficientNet-Lite0, 64 such steps leave a gap of 3 % of the difference, 64 even ones of 32 %.
    """
    away = image - BASELINE
    edges, middles = (torch.arange(recipe.steps + n, dtype=torch.float64) + (1 - n) / 2 for n in (1, 0))
    shares, lengths = (middles / recipe.steps) ** 3, (edges / recipe.steps).pow(3).diff()
    total = _summed(target, lengths, lambda some: BASELINE + shares[some].to(image)[:, None, None, None] * away)
    return away * total


def smooth_grad(target: Target, image: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    """Return the mean gradient at noisy pictures (Smilkov et al., 2017)."""
    generator = torch.Generator().manual_seed(recipe.seed)
    noise = recipe.noise * torch.randn(recipe.samples, *image.shape, generator=generator)
    even = torch.full((recipe.samples,), 1 / recipe.samples, dtype=torch.float64)
    return _summed(target, even, lambda some: image + noise[some].to(image))


def _summed(target: Target, weights: torch.Tensor, images: Callable[[slice], torch.Tensor]) -> torch.Tensor:
    """Add up gradients at several images by their weights, in double precision."""

    def weighted(some: slice) -> torch.Tensor:
        slopes = slope(target.value, images(some)).cpu().double()
        return torch.einsum("n,nchw->chw", weights[some], slopes)

    return torch.stack(list(in_batches(len(weights), _BATCH, weighted))).sum(dim=0).float().to(lab.device())


def grad_cam(target: Target, image: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    """Return Grad-CAM (Selvaraju et al., 2017) of the last layer with maps before the unit, enlarged to the picture.

    Each channel is shared out evenly among colours. Raises ValueError where there is no such layer.
    """
    for layer in last_with_maps(target):
        before, own = key(target.model, layer, False), key(target.model, target.unit.layer, True)
        with torch.enable_grad():
            found = target.model.reader((before, own))(fitted(image[None], target.model.channels).requires_grad_())
            value = target.at_place(as_maps(target.model, target.unit.layer, found[own]))
            (slopes,) = torch.autograd.grad(value.sum(), found[before], allow_unused=True)
        if slopes is not None:
            maps, slopes = (as_maps(target.model, layer, one.detach()) for one in (found[before], slopes))
            return _enlarged((maps * slopes.mean(dim=(2, 3), keepdim=True)).sum(dim=1).relu()[0], image)
    raise ValueError(f"grad-cam: no layer with maps comes before {target.unit}; expected other methods")


def last_with_maps(target: Target) -> Iterator[str]:
    """Yield the main layers before a unit that have a map of more than one position, the last one first."""
    cards = target.model.card.layers
    order = list(cards)
    until = len(order) if target.is_class else order.index(target.unit.layer.removesuffix(PRE))
    for name in reversed([one for one in target.model.main if order.index(one) < until]):
        if cards[name].has_places:
            yield name


def _enlarged(values: torch.Tensor, image: torch.Tensor) -> torch.Tensor:
    large = functional.interpolate(values[None, None], image.shape[1:], mode="bilinear", align_corners=False)[0]
    return large.expand_as(image) / len(image)


def occlusion(target: Target, image: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    """Return what covering a pixel costs (Zeiler & Fergus, 2014), on average over the grey patches that cover it.

    Shared out evenly among colours.
    """
    patch, (rows, columns) = recipe.patch_px, _starts(image, recipe)
    costs = drops(target, image, recipe)
    total, times = torch.zeros_like(image[0]).double(), torch.zeros_like(image[0]).double()
    for y, line in zip(rows, costs, strict=True):
        for x, cost in zip(columns, line, strict=True):
            total[y : y + patch, x : x + patch] += cost
            times[y : y + patch, x : x + patch] += 1
    return (total / times).to(image).expand_as(image) / len(image)


def drops(target: Target, image: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    """Return by how much a value falls under each grey patch, (rows, columns), in double precision.

    Raises ValueError for a patch that is larger than the picture.
    """
    rows, columns = _starts(image, recipe)
    places = [(y, x) for y in rows for x in columns]

    def covered(some: slice) -> torch.Tensor:
        images = image.repeat(len(places[some]), 1, 1, 1)
        for one, (y, x) in zip(images, places[some], strict=True):
            one[:, y : y + recipe.patch_px, x : x + recipe.patch_px] = BASELINE
        return target.value(images).double()

    with torch.no_grad():
        values = torch.cat(list(in_batches(len(places), _BATCH, covered)))
        return (target.value(image[None]).double() - values).unflatten(0, (len(rows), len(columns)))


def _starts(image: torch.Tensor, recipe: Recipe) -> tuple[list[int], list[int]]:
    """Return where patches begin, along rows and columns; the last ones end with the picture."""
    smallest = min(image.shape[1:])
    if not 1 <= recipe.patch_px <= smallest:
        raise ValueError(f"occlusion: a patch of {recipe.patch_px} px; expected 1 to {smallest}")
    ends = (side - recipe.patch_px for side in image.shape[1:])
    rows, columns = (sorted({*range(0, end + 1, recipe.stride_px), end}) for end in ends)
    return rows, columns


METHODS: Mapping[str, Callable[[Target, torch.Tensor, Recipe], torch.Tensor]] = {
    "gradient": gradient,
    "guided": partial(switched, rule="guided"),
    "deconvolution": partial(switched, rule="deconvolution"),
    "integrated-gradients": integrated_gradients,
    "smooth-grad": smooth_grad,
    "grad-cam": grad_cam,
    "occlusion": occlusion,
}
"""What each does with a picture (channel, side, side): an attribution to every colour of every pixel, of that shape."""
SUMMED = frozenset({"integrated-gradients", "grad-cam", "occlusion"})
"""The methods that share out the value: what they say of a pixel is the sum of what they say of its colours."""


def check(method: str) -> str:
    """Return a method's name; raises ValueError with the nearest for one that there is not."""
    return choice(method, METHODS)


def of_pixels(method: str, attributions: np.ndarray) -> np.ndarray:
    """Return what a method says of each pixel (side, side), of attributions (channel, side, side).

    The sum over colours of those that share out the value, else the largest absolute gradient of a colour.
    """
    summed: np.ndarray = attributions.sum(axis=0)
    return summed if method in SUMMED else np.abs(attributions).max(axis=0)


def attributed(target: Target, image: torch.Tensor, method: str, recipe: Recipe) -> torch.Tensor:
    """Return the attributions (channel, side, side) of a method."""
    return METHODS[check(method)](target, image, recipe).detach()
