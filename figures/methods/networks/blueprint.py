"""What a family of networks says about one of its own before it is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from figures.specs import NetworkSpec

State = Mapping[str, torch.Tensor]


class MissingWeights(ValueError):
    """The weights of a network are not on this disk; nothing fetches them but the command that the text names."""


@dataclass(frozen=True)
class Blueprint:
    """How a network is made, and what its input is like.

    `build` makes it without its weights, and must not fetch any. `file` is where they lie or
    would, `url` where they come from. `tidy` leaves of a file of weights what belongs to the
    network; `aliases` are (name, dotted path) from the literature, the preferred one of a layer
    first; `drawn_by_itself` networks know best how to draw their random weights.
    """

    build: Callable[[], nn.Module]
    input_size: int
    channels: int
    mean: tuple[float, ...]
    std: tuple[float, ...]
    classes: tuple[str, ...] = ()
    file: Path | None = None
    url: str = ""
    tidy: Callable[[State], State] = dict
    aliases: tuple[tuple[str, str], ...] = ()
    drawn_by_itself: bool = False
    code: str = ""


def per_channel(values: Sequence[float], channels: int, spec: NetworkSpec, what: str) -> tuple[float, ...]:
    """Return one number for each channel; raises ValueError where there are others than 1 or that many."""
    if len(values) not in (1, channels):
        raise ValueError(f"{spec.name}: {len(values)} numbers in {what}; expected 1 or {channels}, one a channel")
    return tuple(values) if len(values) == channels else tuple(values) * channels
