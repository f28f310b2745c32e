"""Counter-based random numbers: value j of image i is a pure function of (seed, i, j).

No generator is advanced, so an image is the same alone, in any batch, in any order.
The mixers are integer hashes: splitmix64 (Steele, Lea and Flood, 2014) for parameters,
and a 32-bit mixer of the same family, cheaper, for the noise of single pixels.
"""

from __future__ import annotations

import numpy as np

_STEP = np.uint64(0x9E3779B97F4A7C15)


def _mix64(x: np.ndarray) -> np.ndarray:
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def keys(seed: int, indices: np.ndarray) -> np.ndarray:
    """Return one uint64 key per image index, (n,)."""
    origin = _mix64(np.array([seed], np.uint64) + _STEP)
    return _mix64(origin + (indices.astype(np.uint64) + np.uint64(1)) * _STEP)


def uniforms(key: np.ndarray, slots: int) -> np.ndarray:
    """Return float64 uniforms in [0, 1), (n, slots), for keys (n,)."""
    steps = np.arange(1, slots + 1, dtype=np.uint64) * _STEP
    bits = _mix64(key[:, None] + steps[None, :])
    return (bits >> np.uint64(11)) * 2.0**-53


def gaussians(key: np.ndarray, stream: int, count: int) -> np.ndarray:
    """Return float32 unit noise (n, count): the sum of four bytes of a hash, near Gaussian."""
    start = _mix64(key + np.array([stream], np.uint64)).astype(np.uint32)
    x = start[:, None] + np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B9)
    x = _mix32(x)
    pairs = (x & np.uint32(0x00FF00FF)) + ((x >> np.uint32(8)) & np.uint32(0x00FF00FF))
    total = (pairs & np.uint32(0xFFFF)) + (pairs >> np.uint32(16))
    return (total.astype(np.float32) - np.float32(510.0)) * np.float32(1 / 147.8)


def _mix32(x: np.ndarray) -> np.ndarray:
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x21F0AAAD)
    x ^= x >> np.uint32(15)
    x *= np.uint32(0xD35A2D97)
    x ^= x >> np.uint32(15)
    return x
