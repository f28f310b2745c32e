"""What networks and data sets there are, and their digests, without importing numerics.

Most rooms read names through this door: at import it needs none of them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.plan.catalogue import specs
from builder.plan.catalogue.cards import NetworkCard
from builder.plan.catalogue.datasets import Datasets
from builder.plan.catalogue.files import FileDigests
from builder.plan.catalogue.networks import Networks

if TYPE_CHECKING:
    from builder.plan.closure import Sources
    from builder.reporter import Reporter
    from builder.store import Store
    from figures.specs import Site

__all__ = ["Catalogue", "NetworkCard"]


@dataclass
class Catalogue:
    """The networks and data sets that articles of a site may name.

    What is known about networks that do not come with the package is in the `store`, or made by
    `describe` where this process may load networks. Digests of files are remembered in `memory`.
    """

    sources: Sources
    memory: Path
    tables: Site | None = None
    store: Store | None = None
    describe: Callable[[str], NetworkCard] | None = None
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
        return Networks(self.sources, self.site, self.files, self.store, self.describe)

    @functools.cached_property
    def datasets(self) -> Datasets:
        return Datasets(self.sources, self.site, self.store, self.reporter)

    @property
    def used(self) -> set[tuple[str, str]]:
        """The records of the store, as (kind, key), that told about networks and data sets so far."""
        return self.networks.used | self.datasets.used

    def model(self, name: str) -> NetworkCard:
        """Return a network's card; raises ValueError with the nearest name."""
        return self.networks.card(name)

    def code(self, model: str) -> list[tuple[str, str]]:
        """Return the module and the function of all code that makes this network and none other."""
        return self.networks.code(model)

    def layer(self, model: str, name: str) -> str:
        """Return the name that we prefer for a layer; raises ValueError with the nearest."""
        return self.model(model).layer(name, heads=False)

    def unit(self, model: str, text: str) -> str:
        """Return a unit's full name; raises ValueError for a wrong layer, index, place or form."""
        return str(self.model(model).unit(text))

    def units(self, model: str, text: str) -> tuple[str, ...]:
        """Expand `mixed3b:3,17, mixed4a:0..3` to full names."""
        return tuple(map(str, self.model(model).units(text)))

    def dataset(self, text: str) -> tuple[str, str]:
        """Return a data set's full name and digest; raises ValueError."""
        card = self.datasets.card(text)
        return card.name, card.digest

    def save(self) -> None:
        """Keep the digests of files for the next build."""
        self.files.save()
