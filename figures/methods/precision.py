"""In which precision and memory layout a network runs fastest on the device at hand.

Found once for each network and device by running it. A CPU always computes in float32.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

import torch
from torch import nn

from figures import lab
from figures.methods.models import Model

BFLOAT16 = "bfloat16"
_BATCH, _ROUNDS = 32, 5
_GAIN = 1.1
"""How much faster another choice must be before it is taken."""
_CLOSE = 0.05
"""Largest root mean square difference from float32, as a share of the answers' spread."""


@dataclass(frozen=True)
class Choice:
    """`precision` is float32 or bfloat16; with `channels_last` pictures lie in memory channel by channel last."""

    precision: str = lab.FLOAT32
    channels_last: bool = True

    @property
    def layout(self) -> torch.memory_format:
        return torch.channels_last if self.channels_last else torch.contiguous_format

    def autocast(self, device: str):
        """Return a context in which operations compute in this precision."""
        if self.precision == lab.FLOAT32:
            return nullcontext()
        return torch.autocast(torch.device(device).type, dtype=torch.bfloat16)


_PLAIN = Choice()
_chosen: dict[tuple[str, str], Choice] = {}


def choice(model: Model) -> Choice:
    """Return what suits a network on the lab's device; the first time on a GPU, find out."""
    current = lab.current()
    if torch.device(current.device).type != "cuda" or current.precision == lab.FLOAT32:
        return _PLAIN
    key = model.digest, current.device
    if key not in _chosen:
        _chosen[key] = probe(model.network, model.channels, model.input_size, current.device)
    return _chosen[key]


@contextmanager
def running(model: Model, images: torch.Tensor) -> Iterator[torch.Tensor]:
    """Run a network here on the images that this gives; its answers may be bfloat16.

    The precision is recorded with the measurement under way.
    """
    best = choice(model)
    lab.current().note(precision=best.precision)
    with best.autocast(lab.device()):
        yield images if best is _PLAIN else images.contiguous(memory_format=best.layout)


def probe(network: nn.Module, channels: int, side_px: int, device: str) -> Choice:
    """Time a network on random images in each precision and layout; return the fastest that agrees with float32.

    The network's weights are left in the layout that was chosen.
    """
    # Weights that are moved in inference mode could never pass a gradient.
    with torch.inference_mode(False), torch.no_grad():
        images = torch.rand(_BATCH, channels, side_px, side_px, generator=torch.Generator().manual_seed(0)).to(device)
        reference, plain_s = _timed(network, images, _PLAIN, device)
        best, best_s = _PLAIN, plain_s / _GAIN
        for other in (Choice(lab.FLOAT32, False), Choice(BFLOAT16, True), Choice(BFLOAT16, False)):
            answer, seconds = _timed(network, images, other, device)
            if seconds < best_s and _agrees(answer, reference):
                best, best_s = other, seconds
        network.to(memory_format=best.layout)
    return best


def _timed(network: nn.Module, images: torch.Tensor, one: Choice, device: str) -> tuple[torch.Tensor, float]:
    """Return a network's answers and the least seconds that it takes."""
    network.to(memory_format=one.layout)
    images = images.contiguous(memory_format=one.layout)
    times = []
    with one.autocast(device):
        for _ in range(_ROUNDS):
            start = time.perf_counter()
            answer = _flat(network(images))
            if torch.device(device).type == "cuda":
                torch.cuda.synchronize(device)
            times.append(time.perf_counter() - start)
    return answer, min(times)


def _flat(answers: object) -> torch.Tensor:
    """Join what a network answers, tensors or mappings of them, into one row for each image."""
    several = list(answers.values()) if isinstance(answers, Mapping) else answers
    several = list(several) if isinstance(several, list | tuple) else [several]
    return torch.cat([one.flatten(1).float() for one in several if isinstance(one, torch.Tensor)], dim=1)


def _agrees(answer: torch.Tensor, reference: torch.Tensor) -> bool:
    difference = (answer - reference).square().mean().sqrt()
    return bool(difference <= _CLOSE * reference.std())
