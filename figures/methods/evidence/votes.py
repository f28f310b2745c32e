"""How the places of a network's last maps vote on a class, where the answer is the mean of their votes.

Where a mean over places and one linear layer follow the last maps h, the logit of a class is the mean over places of
w . h + b: every place has a vote (Zhou et al., 2016, "Learning deep features for discriminative localization"). Where
h sees patches and nothing else, votes are all that there is (Brendel & Bethge, 2019).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from figures.methods.activations import as_maps, key, read
from figures.methods.models import Model
from figures.methods.receptive_field import ReceptiveField

_TOLERANCE = 1e-3
_BLANK = 0.5


@dataclass(frozen=True)
class Ballot:
    """Votes for some classes of a head: weights (classes, channel) and bias (classes,), of the maps of a layer."""

    layer: str
    weights: torch.Tensor
    bias: torch.Tensor

    def of(self, model: Model, images: torch.Tensor) -> torch.Tensor:
        """Return the votes (n, classes, rows, columns) of the places of images (n, channel, side, side)."""
        maps = read(model, images, [self.layer], pre=False)[self.layer]
        return torch.einsum("kc,nchw->nkhw", self.weights, maps) + self.bias[:, None, None]


def last_layer(model: Model) -> str:
    """Return the last main layer with a map of more than one place; raises ValueError where there is none."""
    for layer in reversed(model.main):
        if model.card.layers[layer].has_places:
            return layer
    raise ValueError(f"{model.name} has no layer with a map; expected a network of convolutions")


def field(model: Model) -> ReceptiveField:
    """Return what a place of the last maps sees."""
    return model.receptive_field(last_layer(model))


def ballot(model: Model, head: str, numbers: Sequence[int], image: torch.Tensor) -> Ballot:
    """Find how places vote, from the gradients of logits at an image (channel, side, side) and at a blank one.

    Raises ValueError for a network whose logits are not a linear function of the means of its last maps.
    """
    layer = last_layer(model)
    before = key(model, layer, False)
    with torch.enable_grad():
        shown = torch.stack([image, torch.full_like(image, _BLANK)]).requires_grad_()
        answered = model.reader((before, (head, False)))(shown)
        hidden, logits = answered[before], answered[head, False]
        several = [_slope(model, logits[:, number], hidden, layer) for number in numbers]
    maps, slopes = as_maps(model, layer, hidden).detach(), torch.stack(several, dim=1)
    weights = slopes.mean(dim=(0, 3, 4))
    _check(model, layer, slopes, weights)
    places = maps.shape[-2] * maps.shape[-1]
    rest = logits.detach()[0, list(numbers)] - torch.einsum("kc,chw->k", weights, maps[0])
    return Ballot(layer, weights * places, rest)


def _slope(model: Model, logit: torch.Tensor, hidden: torch.Tensor, layer: str) -> torch.Tensor:
    (slope,) = torch.autograd.grad(logit.sum(), hidden, retain_graph=True, allow_unused=True)
    if slope is None:
        raise ValueError(f"{model.name}: {layer} does not reach its classes; expected a network that they come from")
    return as_maps(model, layer, slope)


def _check(model: Model, layer: str, slopes: torch.Tensor, weights: torch.Tensor) -> None:
    """Refuse slopes (images, classes, channel, rows, columns) that differ between places or images."""
    apart = (slopes - weights[None, :, :, None, None]).abs().amax()
    if float(apart) > _TOLERANCE * float(weights.abs().amax()):
        raise ValueError(
            f"{model.name}: more than a mean over places and one linear layer lies between {layer} and its classes, so "
            "that places have no votes; expected a network that ends so, such as glyphs or efficientnet-lite0"
        )


def sees_patches(model: Model) -> bool:
    """Tell whether a place of the last maps sees a patch of the picture and nothing beside, no border either."""
    layer = last_layer(model)
    seen, card = model.receptive_field(layer), model.card.layers[layer]
    inside = (model.input_size - seen.size_px) // seen.stride_px + 1
    return seen.size_px < model.input_size and seen.start_px == 0 and card.height == card.width == inside


def at_every_pixel(model: Model, cast: Ballot, image: torch.Tensor) -> torch.Tensor:
    """Return the votes (classes, side, side) of the patches around every pixel of an image (channel, side, side).

    Around the image lies what the network takes for nothing, so that their mean is not the logit.
    """
    seen, side = field(model), image.shape[-1]
    votes = torch.empty(len(cast.bias), side, side, device=image.device)
    padded = _framed(model, image, (seen.size_px - 1) // 2)
    for row in range(seen.stride_px):
        for column in range(seen.stride_px):
            some = votes[:, row :: seen.stride_px, column :: seen.stride_px]
            found = cast.of(model, padded[None, :, row:, column:])[0]
            some.copy_(found[:, : some.shape[1], : some.shape[2]])
    return votes


def _framed(model: Model, image: torch.Tensor, width: int) -> torch.Tensor:
    """Set an image in a frame of the mean that the network takes off, or of grey where it takes off none."""
    mean = model.card.input.mean if any(model.card.input.mean) else (_BLANK,) * len(image)
    side = image.shape[-1] + 2 * width
    framed = torch.tensor(mean, device=image.device, dtype=image.dtype)[:, None, None].repeat(1, side, side)
    framed[:, width : width + image.shape[1], width : width + image.shape[2]] = image
    return framed


def heads_of(model: Model) -> Iterator[str]:
    """Yield the heads of a network; raises ValueError where it has none."""
    if not model.heads:
        raise ValueError(f"{model.name} has no classes; expected a network with a head")
    yield from model.heads
