"""How well a network does on images it has never seen, and by what it recognizes them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import torch
from torch import nn

from figures.glyphs.dataset import HELD_OUT, STANDARD, Variant, render
from figures.methods.curves import CEILING_IMAGES, STRICT, CurveUnits, Rule, curve_units, measure_tuning


@torch.inference_mode()
def predictions(network: nn.Module, images: torch.Tensor) -> dict[str, torch.Tensor]:
    """Return {head: class numbers (batch,)} for images (batch, 3, 64, 64)."""
    parts = [{head: x.argmax(1) for head, x in network(part).items()} for part in images.split(100)]
    return {head: torch.cat([part[head] for part in parts]) for head in parts[0]}


def accuracies(network: nn.Module, n: int = 2000, seed: int = 0, *, variant: Variant = STANDARD) -> dict[str, float]:
    """Return {head: share of right answers} on `n` held-out images.

    The name of a head is that of the parameter that is its label. The network is used in
    the mode it is in: pass it in evaluation mode.
    """
    right: Counter[str] = Counter()
    for start in range(0, n, 200):
        indices = HELD_OUT + torch.arange(start, min(start + 200, n))
        images, truth = render(indices, seed=seed, variant=variant)
        for head, answers in predictions(network, images).items():
            right[head] += int((answers == getattr(truth, head)).sum())
    return {head: count / n for head, count in right.items()}


def accuracy(network: nn.Module, head: str, n: int = 2000, seed: int = 0, *, variant: Variant = STANDARD) -> float:
    """Return the share of right answers of one head; see `accuracies`."""
    return accuracies(network, n, seed, variant=variant)[head]


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
    answers = predictions(network, images[conflict])[head]
    shape = int((answers == shape_ids[conflict]).sum())
    texture = int((answers == texture_ids[conflict]).sum())
    return ShapeBias(shape, texture, int(conflict.sum()) - shape - texture)


def curves_in(
    network: nn.Module, layer: str = "mixed3b", *, rule: Rule = STRICT, images: int = CEILING_IMAGES
) -> CurveUnits:
    """Return the curve units of one layer; `images` held-out images give each unit's ceiling.

    Those that `finding.curve_tuning` finds with the data set `glyphs`.
    """

    def pre_activation(batch: torch.Tensor) -> torch.Tensor:
        kept: list[torch.Tensor] = []
        hook = getattr(network, layer).pre.register_forward_hook(lambda _m, _i, output: kept.append(output))
        try:
            network(batch.contiguous(memory_format=torch.channels_last))  # convolutions on a CPU like it best
        finally:
            hook.remove()
        return kept[0]

    seen, _ = render(HELD_OUT + torch.arange(images))
    with torch.inference_mode():
        return curve_units(measure_tuning(pre_activation, seen), rule)
