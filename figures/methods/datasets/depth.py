"""Pixels of any depth to 8 bits: what number is white is told by the largest there is."""

from __future__ import annotations

import numpy as np

_WHITE = (255, 4095, 65535)
"""Whole numbers are of 8, 12 or 16 bits, whatever they are kept in."""
_ROUNDING = 1e-3
"""Floats that were resized or compressed overshoot by so much of the range."""


def levels(pixels: np.ndarray) -> np.ndarray:
    """Bring pixels to uint8; raises ValueError for those that are not finite, negative, or of no usual range.

    Floats up to 1 are of [0, 1]; all other numbers run to the least of 255, 4095 and 65535 that holds them.
    """
    if pixels.dtype == np.uint8:
        return pixels
    if pixels.dtype.kind not in "biuf":
        raise ValueError(f"pixels are of the type {pixels.dtype}; expected numbers")
    if not np.isfinite(pixels).all():
        raise ValueError("pixels are not finite")
    low, high = float(pixels.min(initial=0)), float(pixels.max(initial=0))
    white = _white(high, fine=pixels.dtype.kind in "bf")
    if not white or low < -_ROUNDING * white:
        raise ValueError(f"pixels run from {low:.6g} to {high:.6g}; expected 0 to 1, 255, 4095 or 65535")
    return np.rint(np.clip(pixels.astype(np.float64), 0, white) * (255 / white)).astype(np.uint8)


def _white(high: float, *, fine: bool) -> int:
    """Return the number that is white, 0 where there is none."""
    return next((most for most in ((1,) if fine else ()) + _WHITE if high <= most * (1 + _ROUNDING)), 0)
