"""What an author asks of a walk: how many children, where it goes on, what is kept or set apart, and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from figures.methods.models import Model
from figures.units import Unit


@dataclass(frozen=True)
class Plan:
    """How a walk goes; `keep`, `discard` and `captions` name channels, whatever their direction."""

    children: int = 5
    expand: int = 1
    keep: tuple[Unit, ...] = ()
    discard: tuple[Unit, ...] = ()
    captions: Mapping[Unit, str] | None = None

    def caption(self, unit: Unit) -> str:
        """Return what the author calls a unit, or an empty string."""
        return (self.captions or {}).get(unit.channel, "")

    @property
    def named(self) -> dict[Unit, str]:
        """List every channel that is spoken of, with the parameter that does so first."""
        several = {"keep": self.keep, "discard": self.discard, "captions": tuple(self.captions or {})}
        return {unit: name for name, units in reversed(several.items()) for unit in units}


def plan(
    model: Model, *, children: int, expand: int, keep: Sequence[str], discard: Sequence[str], captions: Sequence[str]
) -> Plan:
    """Read what an author wrote; raises ValueError for units that there are not, or that are kept and set apart."""
    kept, apart = (tuple(model.unit(text).channel for text in texts) for texts in (keep, discard))
    for unit in kept:
        if unit in apart:
            raise ValueError(f"{unit} stands in keep and in discard; expected one of them")
    return Plan(children, expand, kept, apart, dict(_captioned(model, text) for text in captions))


def _captioned(model: Model, text: str) -> tuple[Unit, str]:
    """Read `block11:70 = fur`; raises ValueError for another form."""
    unit, equals, words = (piece.strip() for piece in text.partition("="))
    if not (unit and equals and words):
        raise ValueError(f"captions: {text!r}; expected a unit, an equals sign and words, as block11:70 = fur")
    return model.unit(unit).channel, words
