"""Which layers a walk goes through, from a unit down."""

from __future__ import annotations

from collections.abc import Sequence

from figures.methods.models import Model
from figures.units import PRE, Unit

MOST = 6
"""How many layers a walk takes unless an author names them."""


def levels(model: Model, unit: Unit, layers: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the layers below a unit that a walk goes through, the highest first.

    Those of the author, the unit's own left out; else at most `MOST` of the network's main layers, the highest and the
    lowest among them, evenly spaced. Raises ValueError where there are none, or where they do not go down.
    """
    chosen = _named(model, unit, layers) if layers else _spread(below(model, unit))
    if not chosen:
        raise ValueError(f"{unit}: {model.name} has no layer below it; expected a unit with a layer before it")
    return chosen


def below(model: Model, unit: Unit) -> list[str]:
    """List a network's main layers that come before a unit's, the highest first."""
    order = _order(model)
    return [name for name in reversed(model.main) if order[name] < order[unit.layer.removesuffix(PRE)]]


def _named(model: Model, unit: Unit, layers: Sequence[str]) -> tuple[str, ...]:
    names = [model.layer(name) for name in layers]
    names = names[1:] if names[0] == unit.layer else names
    order = _order(model)
    for above, name in zip([unit.layer, *names], names, strict=False):
        if name in model.heads or name.endswith(PRE):
            raise ValueError(f"{name}; expected layers by name, which are read behind their rectifiers")
        if order[name] >= order[above.removesuffix(PRE)]:
            raise ValueError(f"{name} does not come before {above} in {model.name}; expected layers from top to bottom")
    return tuple(names)


def _order(model: Model) -> dict[str, int]:
    return {name: place for place, name in enumerate([*model.layers, *model.heads])}


def _spread(layers: Sequence[str]) -> tuple[str, ...]:
    if len(layers) <= MOST:
        return tuple(layers)
    step = (len(layers) - 1) / (MOST - 1)
    return tuple(layers[round(place * step)] for place in range(MOST))
