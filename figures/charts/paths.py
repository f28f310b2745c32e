"""Paths of SVG in fewer letters: each point from the one before, to a hundredth of a pixel, as exact as they were."""

from __future__ import annotations

import functools
import re

_WHOLE = re.compile(r"(?:[ML]-?\d+(?:\.\d{1,2})?,-?\d+(?:\.\d{1,2})?|Z)+")
_STEP = re.compile(r"([MLZ])(?:([^,MLZ]+),([^,MLZ]+))?")

Point = tuple[int, int]


def shortened(path: str) -> str:
    """Return a path of straight lines with relative steps; any other as it is."""
    if not _WHOLE.fullmatch(path):
        return path
    begin = here = (0, 0)
    written: list[str] = []
    for letter, x, y in _STEP.findall(path):
        there = begin if letter == "Z" else (_hundredths(x), _hundredths(y))
        if letter == "L":
            written.append(_line(there, here, follows=written[-1:] != [] and written[-1][0] not in "Mz"))
        else:
            written.append("z" if letter == "Z" else f"M{x},{y}")
        begin, here = (there if letter == "M" else begin), there
    return "".join(written)


def _line(there: Point, here: Point, *, follows: bool) -> str:
    x, y = _written(there[0] - here[0]), _written(there[1] - here[1])
    step = x + ("" if y.startswith("-") else " ") + y
    return ("" if x.startswith("-") else " ") + step if follows else f"l{step}"


def _hundredths(number: str) -> int:
    return round(100 * float(number))


@functools.lru_cache(1 << 14)
def _written(hundredths: int) -> str:
    """Write a number without the zeros that it can do without; steps are short, and most of them are met again."""
    text = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0\.", r"\1.", text) if text != "-0" else "0"
