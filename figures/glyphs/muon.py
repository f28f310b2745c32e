"""How the weights of a network are moved: by AdamW, or its inner convolutions by Muon.

Muon moves every direction of a convolution's weights by the same length.

Jordan et al. (2024, "Muon: An optimizer for hidden layers in neural networks"): the gradient's
running mean, as a matrix (out, in x height x width), is replaced by the nearest matrix whose
singular values are one. Few images are then enough where AdamW needs several times as many.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import torch
from torch import nn

from figures.glyphs.recipes import Recipe

#: Jordan's quintic for one Newton-Schulz step: it takes singular values quickly near 1, though not onto it.
_A, _B, _C = 3.4445, -4.7750, 2.0315


def orthogonalized(matrix: torch.Tensor, steps: int = 5) -> torch.Tensor:
    """Return about the nearest matrix whose singular values are all one; they come out between 0.7 and 1.2."""
    tall = matrix.shape[0] > matrix.shape[1]
    wide = (matrix.T if tall else matrix) / matrix.norm().clamp(min=1e-7)
    gram, unit = wide @ wide.T, torch.eye(len(wide))
    # Every step multiplies from the left by a polynomial of the Gram matrix, which is much the smaller one.
    whole = unit
    for _ in range(steps):
        factor = _A * unit + _B * gram + _C * gram @ gram
        whole, gram = factor @ whole, factor @ gram @ factor
    wide = whole @ wide
    return wide.T if tall else wide


class Muon(torch.optim.Optimizer):
    """Step by orthogonalized running means, for weights of two dimensions or more."""

    def __init__(
        self,
        weights: Iterable[nn.Parameter] | list[dict[str, Any]],
        *,
        lr: float,
        decay: float = 0.1,
        momentum: float = 0.95,
    ):
        super().__init__(weights, {"lr": lr, "decay": decay, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Move every weight that has a gradient."""
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is not None:
                    self._move(weight, **{name: group[name] for name in ("lr", "decay", "momentum")})

    def _move(self, weight: nn.Parameter, *, lr: float, decay: float, momentum: float) -> None:
        mean = self.state[weight].setdefault("mean", torch.zeros_like(weight))
        slope = cast(torch.Tensor, weight.grad)
        mean.lerp_(slope, 1 - momentum)
        ahead = slope.lerp(mean, momentum).flatten(1)  # Nesterov's look ahead
        step = orthogonalized(ahead) * max(1.0, ahead.shape[0] / ahead.shape[1]) ** 0.5
        weight.mul_(1 - lr * decay).add_(step.reshape(weight.shape), alpha=-lr)


def optimizers(network: nn.Module, recipe: Recipe) -> list[torch.optim.Optimizer]:
    """Return what moves the weights of a network whose first convolution is `conv1`."""
    first = network.get_parameter("conv1.affine.conv.weight")
    rest = [weight for weight in network.parameters() if weight is not first]
    inner = [weight for weight in rest if weight.ndim == 4 and recipe.muon]
    outer = [weight for weight in rest if weight.ndim != 4 or not recipe.muon]
    groups = [
        {"params": [first], "weight_decay": recipe.conv1_decay},
        {"params": outer, "weight_decay": recipe.decay},
    ]
    adam = torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.98))
    return [adam, Muon([{"params": inner, "gain": recipe.muon}], lr=1e-3)] if inner else [adam]


def pace(movers: Iterable[torch.optim.Optimizer], rate: float) -> None:
    """Set the learning rate, times its gain where a group has one."""
    for mover in movers:
        for group in mover.param_groups:
            group["lr"] = rate * group.get("gain", 1.0)
