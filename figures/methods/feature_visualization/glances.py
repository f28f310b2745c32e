"""How pictures are looked at, step by step: all that is left to chance in a climb, drawn before it begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch

from figures.methods.feature_visualization import noise, transforms


@dataclass(frozen=True)
class Glance:
    """One look at pictures (n): through `maps` (n, 2, 3), with noise that counts from `starts` (n,), on `grounds` (n,).

    Without starts there is no noise; grounds are the greys that transparent pictures lie on.
    """

    maps: torch.Tensor
    starts: torch.Tensor | None = None
    grounds: torch.Tensor | None = None

    def copy(self) -> Glance:
        """Return one with memory of its own."""
        starts, grounds = (one if one is None else one.clone() for one in (self.starts, self.grounds))
        return Glance(self.maps.clone(), starts, grounds)

    def become(self, other: Glance) -> None:
        """Take over what another holds, in this one's memory."""
        for mine, theirs in zip(vars(self).values(), vars(other).values(), strict=True):
            if mine is not None:
                mine.copy_(theirs)


@dataclass(frozen=True)
class Glances:
    """Looks at pictures, (step, n, …) of each, all on the device at once."""

    maps: torch.Tensor
    starts: torch.Tensor
    grounds: torch.Tensor

    @classmethod
    def draw(
        cls, generators: Sequence[torch.Generator], steps: int, mapped: Callable[[torch.Tensor], torch.Tensor],
        device: torch.device,
    ) -> Glances:  # fmt: skip
        """Draw each picture's from its own generator; `mapped` turns uniforms (n, 6) into maps."""
        maps = torch.stack([mapped(uniforms) for uniforms in transforms.draw(generators, steps)])
        starts = noise.starts([one.initial_seed() for one in generators], steps)
        grounds = torch.stack([torch.rand(steps, generator=one) for one in generators], dim=1)
        return cls(maps.to(device), starts.to(device), grounds.to(device))

    def __iter__(self) -> Iterator[Glance]:
        return (Glance(*one) for one in zip(self.maps, self.starts, self.grounds, strict=True))
