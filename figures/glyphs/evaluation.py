"""How well a network does on images it has never seen, and by what it recognizes them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

from figures.glyphs.dataset import HELD_OUT, STANDARD, Variant, render


@torch.inference_mode()
def predictions(network: nn.Module, head: str, images: torch.Tensor) -> torch.Tensor:
    """Return the class numbers that `head` gives to images (batch, 3, 64, 64), (batch,)."""
    return torch.cat([network(part)[head].argmax(1) for part in images.split(100)])


def accuracy(network: nn.Module, head: str, n: int = 2000, seed: int = 0, *, variant: Variant = STANDARD) -> float:
    """Return the share of right answers of one head on `n` held-out images.

    `head` is the name of a head and of the parameter that is its label. The network is
    used in the mode it is in: pass it in evaluation mode.
    """
    right = 0
    for start in range(0, n, 200):
        indices = HELD_OUT + torch.arange(start, min(start + 200, n))
        images, truth = render(indices, seed=seed, variant=variant)
        right += int((predictions(network, head, images) == getattr(truth, head)).sum())
    return right / n


@dataclass(frozen=True)
class ShapeBias:
    """Answers to cue-conflict images. `bias` is shape / (shape + texture)."""

    shape: int
    texture: int
    other: int

    @property
    def bias(self) -> float:
        decided = self.shape + self.texture
        return self.shape / decided if decided else float("nan")

    @property
    def coverage(self) -> float:
        """The share of answers that follow either cue."""
        total = self.shape + self.texture + self.other
        return (self.shape + self.texture) / total if total else float("nan")


def shape_bias(
    network: nn.Module,
    images: torch.Tensor,
    shape_ids: torch.Tensor,
    texture_ids: torch.Tensor,
    *,
    head: str = "shape",
) -> ShapeBias:
    """Count answers that follow shape or texture, leaving out images whose cues agree.

    Geirhos et al. (2019): only answers that match one of the two cues enter the bias, so
    read it together with the coverage.
    """
    conflict = shape_ids != texture_ids
    answers = predictions(network, head, images[conflict])
    shape = int((answers == shape_ids[conflict]).sum())
    texture = int((answers == texture_ids[conflict]).sum())
    return ShapeBias(shape, texture, int(conflict.sum()) - shape - texture)
