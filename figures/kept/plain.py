"""Python's own numbers for those of arrays, and JSON that is the same for the same content."""

from __future__ import annotations

import json
import math
from typing import Any


def value(given: Any) -> Any:
    """Turn a scalar of NumPy or torch into a Python one; everything else stays."""
    return given.item() if getattr(given, "ndim", None) == 0 else given


def known(given: Any) -> Any:
    """Turn a scalar into a Python one, and NaN, which stands for what is not known, into None."""
    number = value(given)
    return None if isinstance(number, float) and math.isnan(number) else number


def item(given: Any) -> Any:
    """Turn a scalar into a Python one for `json.dumps`; raises TypeError for everything else."""
    number = value(given)
    if number is given:
        raise TypeError(f"a {type(given).__name__} is neither a number nor text")
    return number


def encoded(given: object, *, allow_nan: bool = True) -> bytes:
    """Write JSON; raises TypeError or ValueError for what is none."""
    return json.dumps(given, sort_keys=True, separators=(",", ":"), default=item, allow_nan=allow_nan).encode()
