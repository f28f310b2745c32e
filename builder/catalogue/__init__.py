"""What networks and data sets there are, and their digests, without importing numerics."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.catalogue import specs, units
from builder.catalogue.cards import ModelCard
from builder.catalogue.datasets import Datasets
from builder.catalogue.files import FileDigests
from builder.catalogue.networks import Card, Networks
from builder.closure import Sources
from builder.reporter import Reporter
from builder.store import Store

if TYPE_CHECKING:
    from figures.specs import Site

__all__ = ["Catalogue", "ModelCard"]


@dataclass
class Catalogue:
    """The networks and data sets that articles of a site may name.

    The records of the embedded networks lie in `weights`; what is known about others is in the
    `store`, or made by `describe` where this process may load networks. Digests of files are
    remembered in `memory`.
    """

    weights: Path
    sources: Sources
    memory: Path
    tables: Site | None = None
    store: Store | None = None
    describe: Callable[[str], Card] | None = None
    reporter: Reporter | None = None

    @functools.cached_property
    def site(self) -> Site:
        """The names that the site's own settings give."""
        return self.tables if self.tables is not None else specs.site(Path.cwd(), {}, {})

    @functools.cached_property
    def files(self) -> FileDigests:
        return FileDigests(self.memory)

    @functools.cached_property
    def networks(self) -> Networks:
        return Networks(self.weights, self.sources, self.site, self.files, self.store, self.describe)

    @functools.cached_property
    def datasets(self) -> Datasets:
        return Datasets(self.sources, self.site, self.store, self.reporter)

    @functools.cached_property
    def models(self) -> dict[str, ModelCard]:
        """The embedded networks by name."""
        names = sorted(path.stem for path in self.weights.glob("*.json"))
        return {name: self.networks.card(name) for name in names}

    @property
    def used(self) -> set[tuple[str, str]]:
        """The records of the store, as (kind, key), that told about networks and data sets so far."""
        return self.networks.used | self.datasets.used

    def model(self, name: str) -> ModelCard:
        """Return a network's card; raises ValueError with the nearest name."""
        return self.networks.card(name)

    def layer(self, model: str, name: str) -> str:
        """Return the name that we prefer for a layer; raises ValueError with the nearest."""
        return self.model(model).layer(name)

    def unit(self, model: str, text: str) -> str:
        """Return a unit's full name; raises ValueError for a wrong layer, index, place or form."""
        written = units.read(text)
        card = self.networks.with_maps(model) if written and written.position else self.model(model)
        return str(card.unit(text))

    def units(self, model: str, text: str) -> tuple[str, ...]:
        """Expand `mixed3b:3,17, mixed4a:0..3` to full names."""
        return tuple(dict.fromkeys(self.unit(model, one) for one in units.expand(text)))

    def dataset(self, text: str) -> tuple[str, str]:
        """Return a data set's full name and digest; raises ValueError."""
        card = self.datasets.card(text)
        return card.name, card.digest

    def save(self) -> None:
        """Keep the digests of files for the next build."""
        self.files.save()
