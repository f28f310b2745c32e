"""What Altair does again and again, done once or not at all: looking into schemas, copying, asking what is what.

By itself it looks into its schemas for every channel of every chart. Whenever charts are put together or written
down, it copies all that they are made of, the rows of their data and every mark and channel in them; and of every
value of every row that it writes down it asks whether it is an array, a date or an object of its own.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt
from altair.utils import schemapi
from altair.vegalite.v6 import api

_FromDict: Any = schemapi._FromDict
Object = schemapi.SchemaBase
_copy = Object.copy
_written: Any = schemapi._todict
_from_dict: Any = Object.__dict__["from_dict"].__func__
_viewless: Any = api._viewless_dict
_JSON = frozenset({str, int, float, bool, type(None)})
_PLAIN = _JSON | {schemapi.UndefinedType}
"""Types, in most cases, of what charts are made of: what stays as it is, copied or written down."""
_CHARTS = frozenset({"layer", "concat", "hconcat", "vconcat"})
"""Charts in a chart, which copies them itself when it is put together."""


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
    if type(value) in _PLAIN:
        return value
    if isinstance(value, alt.Data):
        return _same(value, value._args, value._kwds)
    if isinstance(value, Object):
        if hasattr(type(value), "__deepcopy__"):
            return value.__deepcopy__(value)
        left = kept | _CHARTS if isinstance(value, alt.TopLevelMixin) else kept
        return _same(value, [_deep(one, kept) for one in value._args], _each(value._kwds, left))
    if isinstance(value, list):
        return [_deep(one, kept) for one in value]
    return _each(value, kept) if isinstance(value, dict) else value


def _each(named: Mapping[str, Any], kept: frozenset[str]) -> dict[str, Any]:
    return {
        name: value if type(value) in _PLAIN or name in kept else _deep(value, kept) for name, value in named.items()
    }


def written(value: Any, context: Any, np_opt: Any, pd_opt: Any) -> Any:
    """Return what Altair writes down of a value; most are plain."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is dict:
        return {
            name: one if type(one) in _PLAIN else written(one, context, np_opt, pd_opt)
            for name, one in value.items()
            if one is not alt.Undefined
        }
    if kind is list:
        return [one if type(one) in _PLAIN else written(one, context, np_opt, pd_opt) for one in value]
    return _written(value, context, np_opt, pd_opt)


def from_dict(cls: type[Object], dct: Any, validate: bool = True) -> Any:
    """Make an object as Altair does, of equal plain dictionaries once; each caller gets a copy of its own."""
    if validate or issubclass(cls, alt.TopLevelMixin) or not _is_plain(dct):
        return _from_dict(cls, dct, validate)
    kind: Any = cls
    return _deep(_known(kind, json.dumps(dct)), frozenset())


@functools.lru_cache(4096)
def _known(cls: Any, text: str) -> Any:
    """Make an object that stays as it is, of JSON."""
    return _from_dict(cls, json.loads(text), False)


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(type(name) is str and _is_plain(one) for name, one in value.items())
    return all(map(_is_plain, value)) if type(value) is list else type(value) in _JSON


def viewless(parameter: Any) -> dict[str, Any]:
    """Write a parameter down without its views; it is checked with the chart that it stands in."""
    whole: dict[str, Any] = parameter.to_dict(validate=schemapi.DEBUG_MODE)
    whole.pop("views", None)
    return whole


def keep() -> None:
    """Let Altair use it from now on."""
    schemapi._FromDict = Known  # type: ignore[misc]
    schemapi._todict = written  # type: ignore[assignment]
    api._viewless_dict = viewless  # type: ignore[assignment]
    Object.copy = copied  # type: ignore[method-assign,assignment]
    Object.from_dict = classmethod(from_dict)  # type: ignore[method-assign,assignment]
