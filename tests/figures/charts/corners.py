"""The corners of a path of straight lines, whether its steps are absolute or relative."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")


def corners(path: str) -> list[tuple[float, float]]:
    """Return where a path goes, point by point."""
    x = y = 0.0
    begin, found = (x, y), []
    for command, numbers in re.findall(r"([MLHVZlz])([^A-Za-z]*)", path):
        values = [float(number) for number in _NUMBER.findall(numbers)]
        if command in "zZ":
            x, y = begin
        elif command in "HV":
            x, y = (values[-1], y) if command == "H" else (x, values[-1])
            found.append((x, y))
        for dx, dy in zip(values[::2], values[1::2], strict=True) if command in "MLl" else ():
            x, y = (x + dx, y + dy) if command == "l" else (dx, dy)
            found.append((x, y))
        begin = (x, y) if command == "M" else begin
    return found
