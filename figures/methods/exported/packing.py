"""Weights as bytes: whole numbers of so many bits with a scale for each output, or single precision."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

SINGLE = 32
"""Bits of weights that are not rounded."""
WIDTHS = (8, 9, 10, 12, 14, 16)
"""Bits of weights that are."""
_ALIGNED = 4
_AT_ONCE = 1 << 20


@dataclass
class Packing:
    """Arrays one after the other, little-endian, each at a multiple of four bytes; `bits` is how wide weights are."""

    bits: int = SINGLE
    parts: list[bytes] = field(default_factory=list)
    size: int = 0

    def weights(self, values: np.ndarray) -> dict[str, object]:
        """Add weights whose first axis is that of outputs; return where they lie, and how wide they are."""
        if self.bits == SINGLE:
            return self.numbers(values)
        whole, scales = rounded(values, self.bits)
        at = self._add(_packed(whole.reshape(-1) + _most(self.bits), self.bits))
        return {"bits": self.bits, "at": at, "count": values.size, "scales": self.numbers(scales)}

    def numbers(self, values: np.ndarray) -> dict[str, object]:
        """Add numbers that keep single precision; return where they lie."""
        return {"bits": SINGLE, "at": self._add(values.astype("<f4")), "count": values.size}

    def bytes(self) -> bytes:
        """Return all that was added."""
        return b"".join(self.parts)

    def _add(self, values: np.ndarray) -> int:
        data, at = values.tobytes(), self.size
        self.parts.append(data + bytes(-len(data) % _ALIGNED))
        self.size += len(self.parts[-1])
        return at


def rounded(values: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Round weights to whole numbers (outputs, each) of a scale (outputs,) for each output."""
    flat = values.reshape(len(values), -1)
    scales = (np.abs(flat).max(axis=1, initial=1e-12) / _most(bits)).astype(np.float32)
    return np.round(flat / scales[:, None]).astype(np.int32), scales


def restored(values: np.ndarray, bits: int) -> np.ndarray:
    """Return weights as a page has them that were rounded."""
    whole, scales = rounded(values, bits)
    back: np.ndarray = (whole * scales[:, None]).astype(np.float32).reshape(values.shape)
    return back


def _most(bits: int) -> int:
    return (1 << bits - 1) - 1


def _packed(numbers: np.ndarray, bits: int) -> np.ndarray:
    """Write numbers from zero one behind the other, the highest bit first."""

    def some(start: int) -> np.ndarray:
        own = numbers[start : start + _AT_ONCE].astype(">u2").view(np.uint8).reshape(-1, 2)
        return np.packbits(np.unpackbits(own, axis=1)[:, 16 - bits :])

    return np.concatenate([some(start) for start in range(0, len(numbers), _AT_ONCE)])
