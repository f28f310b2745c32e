"""Weights as bytes: half precision, or eight bits with a scale for each output where the answers stay the same."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

HALF, BYTE, SINGLE = "f16", "i8", "f32"
_LARGEST = 127
_ALIGNED = 4


@dataclass
class Packing:
    """Arrays one after the other, little-endian, each at a multiple of four bytes; `kind` is that of weights."""

    kind: str = HALF
    parts: list[bytes] = field(default_factory=list)
    size: int = 0

    def weights(self, values: np.ndarray) -> dict[str, object]:
        """Add weights whose first axis is that of outputs; return where they lie, and of what kind they are."""
        if self.kind != BYTE:
            kind = np.float16 if self.kind == HALF else np.float32
            return {"kind": self.kind, "at": self._add(values.astype(kind)), "count": values.size}
        flat = values.reshape(len(values), -1)
        scales = np.abs(flat).max(axis=1, initial=1e-12) / _LARGEST
        rounded = np.round(flat / scales[:, None]).astype(np.int8)
        return {"kind": BYTE, "at": self._add(rounded), "count": values.size, "scales": self.numbers(scales)}

    def numbers(self, values: np.ndarray) -> dict[str, object]:
        """Add numbers that keep single precision; return where they lie."""
        return {"kind": SINGLE, "at": self._add(values.astype(np.float32)), "count": values.size}

    def bytes(self) -> bytes:
        """Return all that was added."""
        return b"".join(self.parts)

    def _add(self, values: np.ndarray) -> int:
        data, at = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<")).tobytes(), self.size
        self.parts.append(data + bytes(-len(data) % _ALIGNED))
        self.size += len(self.parts[-1])
        return at
