"""Numbers and lists as they stand in text: a real minus, an `and` before the last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MINUS = "−"


def written(value: float, form: str = ".3g") -> str:
    """Write a number in a format of Python's, with a real minus."""
    return f"{value:{form}}".replace("-", MINUS)


def listed(names: Sequence[str]) -> str:
    """Write names one after the other: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def key(name: str) -> str:
    """Write a name, such as that of a network, as part of the name of a value."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")


def brief(names: Iterable[str]) -> dict[str, str]:
    """Leave out libraries and weights of networks' names as long as all can still be told apart."""
    several = list(dict.fromkeys(names))
    short = [name.rpartition("/")[2].partition("@")[0] for name in several]
    return dict(zip(several, short if len(set(short)) == len(short) else several, strict=True))
