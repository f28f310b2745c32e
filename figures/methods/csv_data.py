"""Columns of a CSV file, taken for a chart: what stands along it, what is drawn, and what tells series apart."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from figures.nearest import nearest
from figures.specifications import Cell, table

Kind = Literal["number", "date", "word"]


@dataclass(frozen=True)
class Lines:
    """Points of a chart, one after the other: `x`, `y`, the series and the panel of each, and the ends of its error.

    `kind` is what the x are; `series` and `panels` are empty texts where there are none, `ends` is empty then.
    """

    x: tuple[Cell, ...]
    y: tuple[float, ...]
    series: tuple[str, ...]
    panels: tuple[str, ...]
    ends: tuple[tuple[float, float], ...]
    kind: Kind


def of_file(
    path: Path, *, x: str, y: Sequence[str], colour: str = "", panels: str = "", error: Sequence[str] = ()
) -> Lines:
    """Take columns of a file; rows in which x or y is empty are left out, and several y are series.

    `error` is a column of distances to both sides, or those of the lower and the upper ends. Raises ValueError for a
    column that there is not, with the nearest name, and for one that does not hold numbers where it must.
    """
    rows = table(path)
    if not rows:
        raise ValueError(f"{path.name} has no rows; expected a line of names, and rows below it")
    _check(path, rows[0], {"x": [x], "y": y, "colour": [colour], "panels": [panels], "error": error})
    if colour and len(y) > 1:
        raise ValueError("colour: several columns of y have a colour each; expected one of y, or no colour")
    if error and (len(y) > 1 or len(error) > 2):
        raise ValueError("error: expected one column, or those of both ends, for a single y")
    points = [(row, name) for name in y for row in rows if row[x] is not None and row[name] is not None]
    several = len(y) > 1
    return Lines(
        x=tuple(row[x] for row, _ in points),
        y=tuple(_number(row[name], "y", name) for row, name in points),
        series=tuple(name if several else _word(row, colour) for row, name in points),
        panels=tuple(_word(row, panels) for row, _ in points),
        ends=tuple(_ends(row, name, error) for row, name in points) if error else (),
        kind=_kind([row[x] for row in rows if row[x] is not None]),
    )


def _check(path: Path, row: Mapping[str, Cell], asked: Mapping[str, Sequence[str]]) -> None:
    for option, names in asked.items():
        for name in filter(None, names):
            if name not in row:
                hint = nearest(name, row) or f" (it has {', '.join(row)})"
                raise ValueError(f"{option}: {path.name} has no column {name!r}{hint}")


def _number(value: Cell, option: str, name: str) -> float:
    if not isinstance(value, int | float):
        raise ValueError(f"{option}: column {name!r} holds {value!r}; expected numbers")
    return float(value)


def _word(row: Mapping[str, Cell], name: str) -> str:
    return ("–" if row[name] is None else str(row[name])) if name else ""


def _ends(row: Mapping[str, Cell], y: str, error: Sequence[str]) -> tuple[float, float]:
    """Give the ends of an error; one that is not known reaches nowhere."""
    middle = _number(row[y], "y", y)
    if any(row[name] is None for name in error):
        return middle, middle
    reach = [_number(row[name], "error", name) for name in error]
    return (reach[0], reach[1]) if len(reach) == 2 else (middle - reach[0], middle + reach[0])


def _kind(cells: Sequence[Cell]) -> Kind:
    if cells and all(isinstance(cell, int | float) for cell in cells):
        return "number"
    return "date" if cells and all(map(_is_date, cells)) else "word"


def _is_date(cell: Cell) -> bool:
    try:
        return bool(datetime.datetime.fromisoformat(str(cell))) and "-" in str(cell)
    except ValueError:
        return False
