"""Measurements that know nothing of each other, made at once where a lab has workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from figures import lab as labs
from figures.measurement import KIND, Call, Measurement

A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True)
class Ask(Generic[A]):
    """A measurement that is to be made, with its arguments by name."""

    measurement: Measurement[..., A]
    arguments: Mapping[str, Any]

    def answer(self) -> A:
        """Find or measure."""
        return self.measurement(**self.arguments)

    def missing(self, lab: labs.Lab) -> Call | None:
        """Return the call for what the lab's store has not; None where it has all."""
        arguments = self.measurement.bound(**self.arguments)
        keys = self.measurement.keys(lab, arguments, self.measurement.each_of(arguments))
        missing = tuple(value for value, key in keys.items() if lab.kept_in.record(KIND, key) is None)
        return Call(self.measurement, arguments, missing) if missing else None


def together(first: Ask[A], second: Ask[B]) -> tuple[A, B]:
    """Make two measurements: at once on the lab's workers where it has any, else one after the other."""
    lab = labs.current()
    if lab.workers is not None:
        calls = [call for ask in (first, second) if (call := ask.missing(lab)) is not None]
        for answer in lab.workers.measure(lab, calls):
            if isinstance(answer, Exception):
                raise answer
    return first.answer(), second.answer()
