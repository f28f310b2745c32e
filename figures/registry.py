"""The names that authors write, and the functions behind them."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from figures.artifact import Artifact

FIGURES: dict[str, Callable[..., Artifact]] = {}
RESERVED = frozenset({"name", "alt", "width", "class", "caption"})


def figure(name: str) -> Callable[[Callable[..., Artifact]], Callable[..., Artifact]]:
    """Register a function as the figure that articles call `name`.

    Its parameters are keyword-only and typed; their names may not be those of a
    directive's own options. Raises TypeError where that is not so.
    """

    def register(function: Callable[..., Artifact]) -> Callable[..., Artifact]:
        for parameter in inspect.signature(function).parameters.values():
            if parameter.kind is not parameter.KEYWORD_ONLY:
                raise TypeError(f"figure {name!r}: parameter {parameter.name!r} must be keyword-only")
            if parameter.name in RESERVED:
                raise TypeError(f"figure {name!r}: {parameter.name!r} is an option of every directive")
        FIGURES[name] = function
        return function

    return register
