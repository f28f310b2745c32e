"""Words below columns of a unit's activation, each for those up to a number: `lines < 3, curves`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

_BRACKET = re.compile(r"(.+?)\s*<\s*([+-]?\d+(?:\.\d+)?)")
_NEAR = 1e-9


def spans(brackets: Sequence[str], inner: np.ndarray) -> tuple[tuple[int, int, str], ...]:
    """Return first column, count and words of each bracket over columns between `inner` edges (columns - 1,).

    A column belongs where it begins; a bracket without columns is left out. Raises ValueError for brackets that
    are not written so, or do not follow one another.
    """
    begins, read = np.concatenate([[-np.inf], inner + _NEAR]), [*_read(brackets)]
    ends = [0, *(int(np.searchsorted(begins, end)) for _, end in read)]
    rows = zip(ends[:-1], ends[1:], read, strict=True)
    return tuple((first, end - first, words) for first, end, (words, _) in rows if end > first)


def zero(inner: np.ndarray) -> int:
    """Return the first column at or above zero; 0 where zero is no edge."""
    there = np.flatnonzero(np.abs(inner) < _NEAR)
    return int(there[0]) + 1 if len(there) else 0


def _read(brackets: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Read `words < number`; the last may go on to the end."""
    before = -np.inf
    for rank, text in enumerate(brackets, 1):
        match = _BRACKET.fullmatch(text.strip())
        if match is None and (rank < len(brackets) or "<" in text):
            raise ValueError(f"bracket {text!r}; expected words and the activation they end before, 'lines < 3'")
        end = float(match[2]) if match else np.inf
        if end <= before:
            raise ValueError(f"bracket {text!r} ends at {end:g}; expected more than the one before, {before:g}")
        before = end
        yield (match[1] if match else text.strip()), end
