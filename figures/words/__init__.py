"""What is said of measurements: alternative text, values that prose may quote, notes; no torch, no Altair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from figures.artifact import Artifact, Control, Part, Table

Value = float | int | str


@dataclass(frozen=True)
class Words:
    """What a figure says: its alternative text, values by key, and notes that its caption carries."""

    alt: str
    values: Mapping[str, Value] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def artifact(self, parts: Iterable[Part], table: Table, controls: Sequence[Control] = ()) -> Artifact:
        """Set them beside what is drawn and its numbers."""
        return Artifact(self.alt, tuple(parts), table, self.values, self.notes, tuple(controls))


def layers_of(units: Sequence[str]) -> str:
    """Name the layers of some units: `mixed3a and mixed3b`."""
    return " and ".join(dict.fromkeys(unit.partition(":")[0] for unit in units))
