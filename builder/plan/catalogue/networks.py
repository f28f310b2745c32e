"""Networks by name: the cards of those that are known at once, of all others from the store.

A card that is not in the store is made by `describe`, which loads the network; a build that may
not measure has no `describe`, and works with the cards that another machine made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.plan.catalogue import cards, specs
from builder.plan.catalogue.cards import NetworkCard
from builder.plan.catalogue.files import FileDigests

if TYPE_CHECKING:
    from builder.plan.closure import Sources
    from builder.store import Store
    from figures.specs import NetworkSpec, Site

KIND = "network"
DESCRIBER = "figures.methods.assembly.describing", "describe"


@dataclass
class Networks:
    """Looks networks up, each once; `used` gathers the records of the store that were needed."""

    sources: Sources
    site: Site
    files: FileDigests
    store: Store | None = None
    describe: Callable[[str], NetworkCard] | None = None
    used: set[tuple[str, str]] = field(default_factory=set)
    _cards: dict[str, NetworkCard | ValueError] = field(default_factory=dict, repr=False)

    def card(self, name: str) -> NetworkCard:
        """Return a network's card; raises ValueError where it is not known, or not on this machine."""
        if name not in self._cards:
            try:
                self._cards[name] = self._card(specs.network(name, self.site))
            except ValueError as error:
                self._cards[name] = error
        card = self._cards[name]
        if isinstance(card, ValueError):
            raise card
        return card

    def code(self, name: str) -> list[tuple[str, str]]:
        """Return (module, function) of the code that makes a network and none other, as far as it is to be found."""
        return self._code(specs.network(name, self.site))

    def _card(self, spec: NetworkSpec) -> NetworkCard:
        from figures.methods import networks

        known = networks.known(spec)
        if known is None:
            return self._remembered(spec)
        if self._has_other_weights(spec, known):
            raise ValueError(f"the weights of {spec.name} are not those that its record describes")
        return known

    def _remembered(self, spec: NetworkSpec) -> NetworkCard:
        """Find a card; one made of other weights than lie on this disk is made anew."""
        key = specs.digest(spec, self.site.root, *self._digests(spec))
        self.used.add((KIND, key))
        card = self._stored(key)
        if card is None or self._has_other_weights(spec, card):
            card = self._look(spec, changed=card is not None)
            if self.store is not None:
                self.store.put(KIND, key, {"card": card.record, "network": spec.name}, {})
        return card

    def _stored(self, key: str) -> NetworkCard | None:
        """Return the card that the store has, if it is one that we can read."""
        entry = self.store.get(KIND, key) if self.store else None
        record = entry.meta.get("card") if entry else None
        try:
            return cards.read(record) if isinstance(record, Mapping) else None
        except ValueError:
            return None

    def _has_other_weights(self, spec: NetworkSpec, card: NetworkCard) -> bool:
        from figures.methods import networks

        file = networks.kept(spec, card.weights)
        return file is not None and os.path.isfile(file) and self.files.digest(file) != card.weights.sha256

    def _look(self, spec: NetworkSpec, *, changed: bool) -> NetworkCard:
        if self.describe is not None:
            return self.describe(spec.name)
        if changed:
            raise ValueError(f"the weights of {spec.name} changed, and this build may not measure")
        raise ValueError(
            f"{spec.name} is not known on this machine, and this build may not load it: "
            f"`microscribe store pull` where others measured it, or `microscribe models show {spec.name}` here"
        )

    def _digests(self, spec: NetworkSpec) -> list[str]:
        """Digest the code that a card depends on: ours that looks at networks, and what makes this one."""
        return [self.sources.digest(*place) for place in (DESCRIBER, *self._code(spec))]

    def _code(self, spec: NetworkSpec) -> list[tuple[str, str]]:
        from figures.methods import networks

        try:
            return [place for place in networks.code_of(spec) if self.sources.module(place[0])]
        except SyntaxError as error:
            raise ValueError(f"{error.filename}:{error.lineno}: not valid Python: {error.msg}") from error
