"""Frozen dataclasses that are quick to define: a command defines more than a hundred each time it starts.

`dataclasses` writes and compiles six functions for each class. Here only `__init__` is written for one class alone; the
others are the same for all. That nobody sets a value later, mypy sees to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a class what `dataclass(frozen=True)` makes of it."""
    made: Any = dataclass(repr=False, eq=False)(cls)
    compared = _values(one.name for one in fields(made) if one.compare)
    shown = [one.name for one in fields(made) if one.repr]
    values, written = _values(shown), f"({', '.join(f'{name}=%r' for name in shown)})"

    def __eq__(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:
        return hash(compared(self))

    def __repr__(self: object) -> str:
        return self.__class__.__qualname__ + written % values(self)

    made.__eq__, made.__hash__, made.__repr__ = __eq__, __hash__, __repr__
    return cls


def _values(names: Iterable[str]) -> Callable[[object], tuple[Any, ...]]:
    """Return what gets the values of fields."""
    names = tuple(names)
    return attrgetter(*names) if len(names) > 1 else lambda one: tuple(getattr(one, name) for name in names)
