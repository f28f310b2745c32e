"""The names that authors write, and the functions behind them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from figures import hints
from figures.artifact import Artifact
from figures.signature import CONTROL

Figure = Callable[..., Artifact]
FIGURES: dict[str, Figure] = {}


def figure(name: str, *, control: bool = False) -> Callable[[Figure], Figure]:
    """Register a function as the figure that articles call `name`.

    Its parameters are keyword-only and typed as in `figures.parameters`; their names may not be those of a
    directive's own options. With `control` it has one more, `control`, that sets the same figure of the
    network before training beside it; the function has a parameter `model` then. Raises TypeError where
    that is not so.
    """

    def register(function: Figure) -> Figure:
        _check(name, function, control)
        FIGURES[name] = _with_control(function) if control else function
        vars(FIGURES[name]).update(figure_name=name, has_control=control)
        return FIGURES[name]

    return register


def _check(name: str, function: Figure, control: bool) -> None:
    try:
        signature = hints.of(function, name)
        if control:
            hints.control(signature.parameters)
    except ValueError as error:
        raise TypeError(f"figure {name!r}: {error}") from error


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
