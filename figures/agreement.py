"""Does a table that was measured here say what a published one says?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Row = Mapping[str, object]
TOLERANCE = 0.01
"""How far numbers may lie apart, as a share of the largest in their column: devices round differently."""
MOST_TOLD = 5


def check(rows: Sequence[Row], published: Sequence[Row]) -> str:
    """Compare rows with the published ones, which may be the first of more; say how well they agree.

    Raises ValueError with the first cells that differ.
    """
    if len(rows) < len(published):
        raise ValueError(f"the table has {len(rows)} rows; expected at least {len(published)}")
    largest = _largest(published)
    apart = {
        (number, name): _apart(row.get(name), value, largest.get(name, 0.0))
        for number, (row, known) in enumerate(zip(rows, published, strict=False))
        for name, value in known.items()
    }
    if wrong := [place for place, distance in apart.items() if distance > TOLERANCE]:
        told = (f"row {n + 1}, {name}: {rows[n].get(name)!r}, not {published[n][name]!r}" for n, name in wrong)
        raise ValueError("; ".join([*list(told)[:MOST_TOLD], f"{len(wrong)} of {len(apart)} cells differ"]))
    worst = max(apart.values(), default=0.0)
    how = "number for number" if worst == 0 else f"but for {worst:.1g} of the largest number of a column"
    return f"Rows that agree: {len(published)} of {len(published)} published, {how}."


def _largest(rows: Sequence[Row]) -> dict[str, float]:
    """Find the largest number of each column, by its size."""
    largest: dict[str, float] = {}
    for row in rows:
        for name, value in row.items():
            if _is_number(value):
                largest[name] = max(largest.get(name, 0.0), abs(float(str(value))))
    return largest


def _apart(value: object, known: object, largest: float) -> float:
    """Say how far two cells lie apart: 0 where they are equal, infinitely where they are not numbers."""
    if value == known:
        return 0.0
    if not (_is_number(value) and _is_number(known)):
        return float("inf")
    return abs(float(str(value)) - float(str(known))) / largest if largest else float("inf")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
