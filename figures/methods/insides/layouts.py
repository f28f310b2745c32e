"""Which axis of a tensor is what, followed through a network.

Axes are letters: B batch, C channel, H row, W column, T rows and columns as one line of tokens,
k rows or columns inside a window and K both of them, c a part of the channels, 1 nothing, ? unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MAP, LAST, TOKENS, VECTOR = "map", "map-last", "tokens", "vector"
LAYOUTS = {"BCHW": MAP, "BHWC": LAST, "BTC": TOKENS, "BC": VECTOR}
SPACE = frozenset("HWT")
UNKNOWN = "?"
WINDOW = frozenset("kK")
#: How windows are cut out and put back, by the number of axes that come of it.
_WINDOWS = {
    1: {"Hk": "H", "Wk": "W", "kk": "K", "kC": "C", "kkC": "C", "Ckk": "C", "KC": "C"},
    2: {"H": "Hk", "W": "Wk", "K": "kk"},
}


@dataclass(frozen=True)
class Axes:
    """The letters of a tensor's axes; `grid` are the rows and columns that T stands for, after `prefix` others."""

    letters: str
    grid: tuple[int, int] = (0, 0)
    prefix: int = 0

    @property
    def spatial(self) -> bool:
        return bool(SPACE & set(self.letters))

    def __len__(self) -> int:
        return len(self.letters)


def permuted(axes: Axes, order: Sequence[int]) -> Axes:
    """Return the axes in another order."""
    return Axes("".join(axes.letters[one] for one in order), axes.grid, axes.prefix)


def dropped(axes: Axes, gone: set[int]) -> Axes:
    """Return the axes without some of them."""
    left = "".join(letter for i, letter in enumerate(axes.letters) if i not in gone)
    return Axes(left, axes.grid, axes.prefix)


def reshaped(axes: Axes, old: Sequence[int], new: Sequence[int]) -> Axes:
    """Return the axes of a tensor of shape `old` viewed as `new`."""
    letters, grid = "", axes.grid
    for group, sizes in _groups(axes.letters, old, new):
        letters += _regrouped([letter for letter, _ in group], sizes, axes, flat=len(new) == 2)
        if [letter for letter, _ in group] == ["H", "W"] and len(sizes) == 1:
            grid = group[0][1], group[1][1]
    return Axes(letters, grid, axes.prefix)


def _groups(letters: str, old: Sequence[int], new: Sequence[int]) -> list[tuple[list[tuple[str, int]], list[int]]]:
    """Pair the fewest neighbouring axes before and after that hold equally many numbers."""
    groups: list[tuple[list[tuple[str, int]], list[int]]] = []
    i = j = 0
    while j < len(new):
        if i == len(old) or (new[j] == 1 and old[i] != 1):
            groups.append(([("1", 1)], [new[j]]))
            j += 1
            continue
        if old[i] == 1 and new[j] != 1:
            i += 1
            continue
        taken, sizes = [(letters[i], old[i])], [new[j]]
        before, after = old[i], new[j]
        i, j = i + 1, j + 1
        while before != after:
            if before < after and i < len(old):
                taken.append((letters[i], old[i]))
                before, i = before * old[i], i + 1
            elif before > after and j < len(new):
                sizes.append(new[j])
                after, j = after * new[j], j + 1
            else:
                return [([(UNKNOWN, 0)], [size]) for size in new]
        groups.append((taken, sizes))
    return groups


def _regrouped(letters: list[str], sizes: list[int], axes: Axes, *, flat: bool) -> str:
    if len(letters) == 1 and len(sizes) == 1:
        return letters[0]
    if set(letters) <= {"C", "c"}:
        return "C" if len(sizes) == 1 else "c" * len(sizes)
    if letters == ["H", "W"] and len(sizes) == 1:
        return "T"
    if letters == ["T"] and tuple(sizes) == axes.grid and not axes.prefix:
        return "HW"
    if "".join(letters) in _WINDOWS.get(len(sizes), {}):
        return _WINDOWS[len(sizes)]["".join(letters)]
    if flat and len(sizes) == 1 and "B" not in letters:
        return "C"
    return UNKNOWN * len(sizes)
