"""What is known of a tensor inside a network, and of the operation that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from torch import nn

from figures.methods.insides.layouts import UNKNOWN, WINDOW, Axes
from figures.methods.receptive_field import PIXEL, Field

_LOSES_PLACE = (UNKNOWN, *WINDOW)


@dataclass(frozen=True)
class Fact:
    """A tensor that depends on the images: its shape, its axes, and what its positions see."""

    shape: tuple[int, ...]
    axes: Axes
    field: Field


Facts = Fact | tuple["Facts | None", ...] | None


@dataclass(frozen=True)
class Step:
    """One operation: its name, its concrete arguments, the facts of its arguments, the shape of its result."""

    name: str
    args: tuple
    kwargs: Mapping[str, Any]
    known: tuple
    shape: tuple[int, ...]
    module: nn.Module | None = None

    @property
    def inputs(self) -> list[Fact]:
        """The tensors among the arguments that depend on the images."""
        return list(_facts(self.known))

    @property
    def first(self) -> Fact:
        return self.inputs[0]

    def value(self, name: str, position: int, default: object = None) -> Any:
        """Return an argument; that of a module is its attribute."""
        if self.module is not None:
            return getattr(self.module, name, default)
        return self.kwargs.get(name, self.args[position] if len(self.args) > position else default)


def images(shape: tuple[int, ...]) -> Fact:
    """Return what is known about the network's input."""
    return Fact(shape, Axes("BCHW"), PIXEL)


def _facts(known: object) -> list[Fact]:
    if isinstance(known, Fact):
        return [known]
    if isinstance(known, Mapping):
        known = tuple(known.values())
    return [fact for one in known for fact in _facts(one)] if isinstance(known, tuple | list) else []
