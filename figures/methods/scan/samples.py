"""A random sample of each of many cells: the entries with the smallest random keys."""

from __future__ import annotations

import numpy as np

from figures.methods.scan.batch import KEY_BITS

_OPEN = np.int64(1) << KEY_BITS
#: Entries that wait to be sorted in with the others: a share of those, and not fewer than this.
_SHARE, _LEAST = 4, 1 << 15


class Samples:
    """Up to `count` entries in each of `cells`: a spot and a value.

    What is kept does not depend on the order in which entries come; equal keys go by spot.
    `limit` (cell,) is the key that an entry must not exceed to have a chance.
    """

    def __init__(self, cells: int, count: int) -> None:
        self.cells, self.count = cells, count
        self.clear()

    def clear(self) -> None:
        """Forget all entries."""
        self.limit = np.full(self.cells, _OPEN)
        self._code, self._spot, self._value = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32)
        self._waiting: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []

    def offer(self, cell: np.ndarray, key: np.ndarray, spot: np.ndarray, value: np.ndarray) -> None:
        """Take in entries, each an array (n,)."""
        enter = key <= self.limit[cell]
        self._waiting.append(((cell[enter] << KEY_BITS) + key[enter], spot[enter], value[enter]))
        if sum(len(code) for code, _, _ in self._waiting) > max(len(self._code) // _SHARE, _LEAST):
            self._sort_in()

    def entries(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Return cell, rank in the cell, spot and value of all entries (n,), by cell and key."""
        self._sort_in()
        cell = self._code >> KEY_BITS
        return cell, _ranks(cell), self._spot, self._value

    def _sort_in(self) -> None:
        if not self._waiting:
            return
        parts = [(self._code, self._spot, self._value), *self._waiting]
        code, spot, value = (np.concatenate(column) for column in zip(*parts, strict=True))
        self._waiting = []
        order = np.argsort(code)
        if (np.diff(code[order]) == 0).any():
            order = np.lexsort((spot, code))
        code = code[order]
        cell = code >> KEY_BITS
        rank = _ranks(cell)
        kept = rank < self.count
        self._code, order = code[kept], order[kept]
        self._spot, self._value = spot[order], value[order]
        last = rank == self.count - 1
        self.limit[cell[last]] = code[last] & (_OPEN - 1)


def _ranks(cell: np.ndarray) -> np.ndarray:
    """Return the rank of each entry in its cell, for sorted cells."""
    index = np.arange(len(cell))
    begins = np.concatenate([[True], cell[1:] != cell[:-1]]) if len(cell) else np.zeros(0, bool)
    return index - np.maximum.accumulate(np.where(begins, index, 0))
