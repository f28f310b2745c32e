"""Read the tables of a site's settings, `[tool.microscribe.models.NAME]` and `[tool.microscribe.datasets.NAME]`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from figures.nearest import nearest

Reader = Callable[[object], Any]
#: key of a table -> (how it is read, field of the specification, what is expected)
Keys = Mapping[str, tuple[Reader, str, str]]


def read(place: str, table: object, keys: Keys) -> dict[str, Any]:
    """Check a table; return its values by field. Raises ValueError with the nearest key, or what is expected."""
    if not isinstance(table, Mapping):
        raise ValueError(f"{place}: {table!r}; expected a table with {', '.join(keys)}")
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in keys:
            raise ValueError(f"{place}: no setting {key!r}{nearest(key, keys)} (there are: {', '.join(keys)})")
        reader, name, expected = keys[key]
        values[name] = reader(value)
        if values[name] is None:
            raise ValueError(f"{place}: {key} = {json.dumps(value, default=str)}; expected {expected}")
    return values


def text(value: object) -> str | None:
    """Return a text that is not empty, else None; as the other readers do for what they read."""
    return value if isinstance(value, str) and value else None


def count(value: object) -> int | None:
    """Return a whole number of at least 1."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def seed(value: object) -> int | None:
    """Return a whole number of at least 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def numbers(value: object) -> tuple[float, ...] | None:
    """Return a number, or several."""
    values: Sequence[Any] = value if isinstance(value, list | tuple) else [value]
    fine = all(isinstance(one, int | float) and not isinstance(one, bool) for one in values)
    return tuple(float(one) for one in values) if values and fine else None


def spreads(value: object) -> tuple[float, ...] | None:
    """Return a number above 0, or several."""
    several = numbers(value)
    return several if several and min(several) > 0 else None


def classes(value: object) -> tuple[str, ...] | Path | None:
    """Return names, or the file that holds them."""
    if isinstance(value, str) and value:
        return Path(value)
    return tuple(value) if isinstance(value, list) and value and all(isinstance(one, str) for one in value) else None


def aliases(value: object) -> tuple[tuple[str, str], ...] | None:
    """Return (name, dotted path) of layers."""
    fine = isinstance(value, Mapping) and all(isinstance(path, str) and path for path in value.values())
    return tuple(value.items()) if isinstance(value, Mapping) and fine else None


def lines(path: Path, place: str) -> tuple[str, ...]:
    """Return the lines of a file that are not empty; raises ValueError where it cannot be read."""
    try:
        written = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{place}: classes cannot be read from {path}: {error}") from None
    return tuple(line.strip() for line in written if line.strip())
