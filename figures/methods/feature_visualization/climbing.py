"""Steps of gradient ascent, and on a GPU their recordings: a step of small pictures takes longer to ask for than to do.

Nothing that a step does waits for the device or brings something to it.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable
from typing import Protocol

import torch

from figures.methods.feature_visualization.glances import Glance

_FAINT = 1e-3
_WARM = 3
"""Steps before a recording, in which libraries choose how they do things."""

Goal = Callable[..., torch.Tensor]


class Steps:
    """Steps up what a goal says of each picture, (n,), for Adam (Kingma and Ba, 2015).

    `lift` (n,) is by how much the gradients of nearly silent pictures are made larger, 0 where none was ever felt.
    """

    def __init__(self, goal: Goal, coefficients: torch.Tensor, rate: float) -> None:
        self.goal, self.coefficients = goal, coefficients
        on_gpu = coefficients.device.type == "cuda"
        self.optimizer = torch.optim.Adam([coefficients], lr=rate, capturable=on_gpu, fused=on_gpu or None)
        self.lift = torch.zeros(len(coefficients), device=coefficients.device)

    def take(self, glance: Glance, redirected: bool) -> None:
        """Climb one step."""
        self.optimizer.zero_grad()
        (-self.goal(glance, redirected=redirected).sum()).backward()
        gradient = self.coefficients.grad
        assert gradient is not None  # a goal is made of them
        self.lift.copy_(lifted(gradient, self.lift))
        self.optimizer.step()


class Recording(Protocol):
    """Something that a device does again when it is told to."""

    def replay(self) -> None: ...


class RecordedSteps(Steps):
    """Steps that a GPU records once they are warm, and plays back from then on.

    What cannot be recorded, as it asks the device for something or there is no memory for it, is asked for each time.
    """

    def __init__(self, goal: Goal, coefficients: torch.Tensor, rate: float) -> None:
        super().__init__(goal, coefficients, rate)
        self.taken: Counter[bool] = Counter()
        self.recorded: dict[bool, tuple[Recording, Glance] | None] = {}

    def take(self, glance: Glance, redirected: bool) -> None:
        """Climb one step, as it was recorded where it was."""
        if redirected not in self.recorded and self.taken[redirected] == _WARM:
            self.recorded[redirected] = self._recording(glance, redirected)
        recorded = self.recorded.get(redirected)
        if recorded is not None:
            recording, seen = recorded
            seen.become(glance)
            recording.replay()
            return
        self.warm(glance, redirected)
        self.taken[redirected] += 1

    def _recording(self, glance: Glance, redirected: bool) -> tuple[Recording, Glance] | None:
        seen = glance.copy()
        try:
            return self.record(seen, redirected), seen
        except RuntimeError:
            return None

    def warm(self, glance: Glance, redirected: bool) -> None:
        """Climb one step where it would be recorded."""
        here, aside = torch.cuda.current_stream(self.coefficients.device), _aside(self.coefficients.device)
        aside.wait_stream(here)
        with torch.cuda.stream(aside):
            super().take(glance, redirected)
        here.wait_stream(aside)

    def record(self, seen: Glance, redirected: bool) -> Recording:
        """Record a step without taking it; it keeps what memory it needs, and reads `seen` each time."""
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, stream=_aside(self.coefficients.device)):
            super().take(seen, redirected)
        return graph


@functools.cache
def _aside(device: torch.device) -> torch.cuda.Stream:
    """Return the stream on which all steps are recorded: each that is used keeps memory of its own for products."""
    return torch.cuda.Stream(device)


def steps(goal: Goal, coefficients: torch.Tensor, rate: float) -> Steps:
    """Return what climbs on the device at hand."""
    return (RecordedSteps if coefficients.device.type == "cuda" else Steps)(goal, coefficients, rate)


def lifted(gradient: torch.Tensor, lift: torch.Tensor) -> torch.Tensor:
    """Scale gradients (n, …) in place, so that the optimizer sees those of nearly silent units; return the scales.

    A picture's scale (n,) is set by the first gradient that it feels, for good; 0 before.
    """
    peak = gradient.abs().flatten(1).amax(dim=1)
    lift = torch.where((lift == 0) & (peak > 0), (_FAINT / peak).clamp(min=1), lift)
    gradient *= lift.clamp(min=1).view(-1, *[1] * (gradient.ndim - 1))
    return lift
