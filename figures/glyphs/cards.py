"""The cards of the networks that come with the package, written into the records beside their weights.

`python -m figures.glyphs.cards` makes them anew; weights and what training found stay as they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console

from figures.cards import NetworkCard
from figures.glyphs import storage
from figures.methods.assembly import build, describing
from figures.methods.networks import embedded
from figures.specs import NetworkSpec


def card(name: str, folder: Path = storage.WEIGHTS) -> NetworkCard:
    """Look into a stored network."""
    spec = NetworkSpec(name, "embedded", name)
    plan = embedded.planned(spec, storage.read_record(name, folder), folder)
    return describing.card(spec, plan, build.anatomy(plan))


def write(name: str, folder: Path = storage.WEIGHTS) -> dict[str, Any]:
    """Put a network's card into its record; return that."""
    record = {**storage.read_record(name, folder), **card(name, folder).record}
    storage.write_record(folder / f"{name}.json", record)
    return record


def main() -> None:
    """Write the cards of all networks that come with the package."""
    for name in embedded.names():
        write(name)
        Console().print(name)


if __name__ == "__main__":
    main()
