"""How exactly networks compute: float32, and where it is asked for, bfloat16 for pictures on their way up.

Numbers are measured in float32 wherever they are measured: a GPU's shorter kinds of it, which its libraries take
unasked, are switched off. What a picture reaches is such a number too, whatever it climbed in; its key is therefore the
same. On an H200, 496 units of `glyphs` and `efficientnet-lite0` reached under held-out movements .999 to 1.006 of
what they reach in float32 (`python -m tests.benchmarks gpu`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import torch

from figures import lab


def exact(device: str) -> None:
    """Let a device compute float32 as such."""
    if torch.device(device).type == "cuda":
        torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False


@contextmanager
def climbing() -> Iterator[None]:
    """Let networks compute in the lab's precision, and record it with the measurement under way."""
    current = lab.current()
    kind = torch.device(current.device).type
    shorter = current.precision == lab.BFLOAT16 and (kind == "cuda" or (kind == "cpu" and has_bfloat16()))
    current.note(precision=lab.BFLOAT16 if shorter else lab.FLOAT32)
    # What is remembered between operations would not be there in a recording.
    with torch.autocast(kind, dtype=torch.bfloat16, cache_enabled=False) if shorter else nullcontext():
        yield


@functools.cache
def has_bfloat16() -> bool:
    """Whether this processor has instructions for it; others imitate it, at half the speed of float32."""
    capabilities = getattr(torch.cpu, "get_capabilities", None)
    return capabilities is not None and bool(capabilities().get("avx512_bf16"))
