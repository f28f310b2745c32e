"""Values that Altair passes on as they are: all others it copies whenever charts are put together."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import altair as alt


@dataclass(frozen=True)
class Values:
    """Plain JSON for a chart's data or for a signal.

    Altair names each layer by what is written of its data, which for many rows is long.
    """

    values: Any
    _schema: ClassVar[Mapping[str, Any]] = {}

    def to_dict(self, *_args: object, **_options: object) -> Any:
        """Return the values."""
        return self.values

    def __repr__(self) -> str:
        return self._digest

    @functools.cached_property
    def _digest(self) -> str:
        return hashlib.sha256(repr(self.values).encode()).hexdigest()


def data(rows: Sequence[Mapping[str, Any]]) -> alt.Data:
    """Return rows as the data of a chart."""
    return alt.Data(values=Values(rows))
