"""What Altair does again and again, done once or not at all: looking into its schemas, and copying rows.

By itself it looks into its schemas for every channel of every chart. And whenever charts are put together or written
down, it copies all that they are made of, the rows of their data and every mark and channel in them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt
from altair.utils import schemapi

_FromDict: Any = schemapi._FromDict
Object = schemapi.SchemaBase
_copy = Object.copy


class Known(_FromDict):
    """What makes Altair's objects from plain dictionaries, with the table of its classes kept."""

    def __init__(self, wrapper_classes: Iterable[type], /) -> None:
        self.class_dict = _table(tuple(wrapper_classes))


@functools.cache
def _table(classes: tuple[type, ...]) -> Mapping[int, list[type]]:
    table: Mapping[int, list[type]] = _FromDict(classes).class_dict
    return table


def copied(self: Object, deep: bool | Iterable[str] = True, ignore: Iterable[str] | None = None) -> Object:
    """Return a copy of an object of Altair's as its `copy` does, but for rows of data, which nobody changes."""
    if deep is True:
        whole: Object = _deep(self, frozenset(ignore or ()))
        return whole
    made = _same(self, self._args, self._kwds)
    for name in deep or ():
        value = made._get(name)
        made[name] = _same(value, value._args, value._kwds) if isinstance(value, Object) else _shallow(value)
    return made


def _same(one: Object, arguments: Iterable[Any], named: Mapping[str, Any]) -> Object:
    """Make another of the same: a chart is put together again, which moves parameters to where they belong."""
    kind: type[Object] = type(one)
    if isinstance(one, alt.TopLevelMixin):
        with schemapi.debug_mode(False):
            return kind(*arguments, **named)
    made: Object = object.__new__(kind)
    object.__setattr__(made, "_args", tuple(arguments))
    object.__setattr__(made, "_kwds", dict(named))
    return made


def _shallow(value: Any) -> Any:
    return value.copy() if isinstance(value, list | dict) else value


def _deep(value: Any, kept: frozenset[str]) -> Any:
    if isinstance(value, alt.Data):
        return _same(value, value._args, value._kwds)
    if isinstance(value, Object):
        if hasattr(type(value), "__deepcopy__"):
            return value.__deepcopy__(value)
        return _same(value, [_deep(one, kept) for one in value._args], _each(value._kwds, kept))
    if isinstance(value, list):
        return [_deep(one, kept) for one in value]
    return _each(value, kept) if isinstance(value, dict) else value


def _each(named: Mapping[str, Any], kept: frozenset[str]) -> dict[str, Any]:
    return {name: value if name in kept else _deep(value, kept) for name, value in named.items()}


def keep() -> None:
    """Let Altair use it from now on."""
    schemapi._FromDict = Known  # type: ignore[misc]
    Object.copy = copied  # type: ignore[method-assign,assignment]
