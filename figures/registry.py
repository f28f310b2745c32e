"""The names that authors write, and the functions behind them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from figures.artifact import Artifact

Figure = Callable[..., Artifact]
FIGURES: dict[str, Figure] = {}
RESERVED = frozenset({"name", "alt", "width", "class", "caption"})
CONTROL = "control"


def figure(name: str, *, control: bool = False) -> Callable[[Figure], Figure]:
    """Register a function as the figure that articles call `name`.

    Its parameters are keyword-only and typed; their names may not be those of a directive's own options.
    With `control` it has one more, `control`, that sets the same figure of the network before training
    beside it; the function has a parameter `model` then. Raises TypeError where that is not so.
    """

    def register(function: Figure) -> Figure:
        _check(name, function, control)
        FIGURES[name] = _with_control(function) if control else function
        return FIGURES[name]

    return register


def _check(name: str, function: Figure, control: bool) -> None:
    parameters = inspect.signature(function).parameters
    for parameter in parameters.values():
        if parameter.kind is not parameter.KEYWORD_ONLY:
            raise TypeError(f"figure {name!r}: parameter {parameter.name!r} must be keyword-only")
        if parameter.name in RESERVED:
            raise TypeError(f"figure {name!r}: {parameter.name!r} is an option of every directive")
    if control and ("model" not in parameters or CONTROL in parameters):
        raise TypeError(f"figure {name!r}: control=True needs a parameter 'model' and adds one called {CONTROL!r}")


def _with_control(function: Figure) -> Figure:
    """Give a figure the parameter `control`."""

    @functools.wraps(function)
    def figured(*, control: bool = False, **parameters: Any) -> Artifact:
        from figures import control as controls  # which needs torch

        return controls.drawn(function, parameters) if control else function(**parameters)

    own = inspect.signature(function)
    added = inspect.Parameter(CONTROL, inspect.Parameter.KEYWORD_ONLY, default=False, annotation="bool")
    figured.__signature__ = own.replace(parameters=[*own.parameters.values(), added])  # type: ignore[attr-defined]
    return figured
