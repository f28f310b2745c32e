"""Draw equal arrays once: the same stimuli and crops stand in many charts of a site."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Concatenate, ParamSpec

import numpy as np

MOST = 4096
"""Drawings kept at once, each some thousand letters."""
P = ParamSpec("P")


def once(draw: Callable[Concatenate[np.ndarray, P], str]) -> Callable[Concatenate[np.ndarray, P], str]:
    """Let a function remember what it has written of an array and of hashable keyword arguments."""
    written: dict[object, str] = {}

    @functools.wraps(draw)
    def remembering(array: np.ndarray, /, *args: P.args, **kwargs: P.kwargs) -> str:
        content = hashlib.sha256(array.tobytes()).digest()
        key = content, array.dtype.str, array.shape, args, tuple(sorted(kwargs.items()))
        if key not in written:
            if len(written) >= MOST:
                written.clear()
            written[key] = draw(array, *args, **kwargs)
        return written[key]

    return remembering
