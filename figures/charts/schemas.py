"""What Altair knows of its schemas, found out once: by itself it does so for every channel of every chart."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from altair.utils import schemapi

_FromDict: Any = schemapi._FromDict


class Known(_FromDict):
    """What makes Altair's objects from plain dictionaries, with the table of its classes kept."""

    def __init__(self, wrapper_classes: Iterable[type], /) -> None:
        self.class_dict = _table(tuple(wrapper_classes))


@functools.cache
def _table(classes: tuple[type, ...]) -> Mapping[int, list[type]]:
    table: Mapping[int, list[type]] = _FromDict(classes).class_dict
    return table


def keep() -> None:
    """Let Altair use it from now on."""
    schemapi._FromDict = Known  # type: ignore[misc]
