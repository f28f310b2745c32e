"""Networks by name: cards of the embedded ones from their records, of all others from the store.

A card that is not in the store is made by `describe`, which loads the network; a build that may
not measure has no `describe`, and works with the cards that another machine made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.catalogue import specs
from builder.catalogue.cards import ModelCard, from_description, from_record
from builder.catalogue.files import FileDigests
from builder.catalogue.weights import file_of
from builder.closure import Sources
from builder.store import Store

if TYPE_CHECKING:
    from figures.specs import NetworkSpec, Site

KIND = "network"
DESCRIBER = "figures.methods.networks", "describe"
Card = Mapping[str, object]


@dataclass
class Networks:
    """Looks networks up, each once; `used` gathers the records of the store that were needed."""

    weights: Path
    sources: Sources
    site: Site
    files: FileDigests
    store: Store | None = None
    describe: Callable[[str], Card] | None = None
    used: set[tuple[str, str]] = field(default_factory=set)
    _cards: dict[str, ModelCard | ValueError] = field(default_factory=dict, repr=False)
    _described: dict[str, Card] = field(default_factory=dict, repr=False)

    def card(self, name: str) -> ModelCard:
        """Return a network's card; raises ValueError where it is not known, or not on this machine."""
        if name not in self._cards:
            try:
                self._cards[name] = self._card(specs.network(name, self.site))
            except ValueError as error:
                self._cards[name] = error
        found = self._cards[name]
        if isinstance(found, ValueError):
            raise found
        return found

    def _card(self, spec: NetworkSpec) -> ModelCard:
        if spec.family != "glyphs":
            return from_description(self.described(spec), spec.name)
        record = self.record(spec.factory)
        digest = self.files.digest(self.weights / f"{spec.factory}.safetensors")
        return from_record(record, spec.name, f"untrained {digest}" if spec.random else digest, random=spec.random)

    def record(self, name: str) -> Mapping[str, object]:
        """Return what is recorded of an embedded network."""
        return json.loads((self.weights / f"{name}.json").read_text("utf-8"))

    def with_maps(self, name: str) -> ModelCard:
        """Return a network's card with the sizes of its maps, as far as they can be known."""
        card = self.card(name)
        if card.maps:
            return card
        try:
            known = from_description(self.described(specs.network(name, self.site)), name)
        except ValueError:
            return card
        self._cards[name] = replace(card, maps=known.maps)
        return self._cards[name]

    def described(self, spec: NetworkSpec) -> Card:
        """Return all that is known about a network, as the figure library describes it."""
        if spec.name not in self._described:
            key = specs.digest(spec, self.site.root, self.sources.digest(*DESCRIBER), self._code(spec))
            self.used.add((KIND, key))
            self._described[spec.name] = self._remembered(spec, key)
        return self._described[spec.name]

    def _remembered(self, spec: NetworkSpec, key: str) -> Card:
        """Find a card; one made of other weights than lie on this disk is made anew."""
        entry = self.store.get(KIND, key) if self.store else None
        known = entry.meta["card"] if entry else None
        if known is None or self._has_other_weights(spec, known):
            known = self._look(spec, changed=known is not None)
            if self.store is not None:
                self.store.put(KIND, key, {"card": known, "network": spec.name}, {})
        return known

    def _has_other_weights(self, spec: NetworkSpec, card: Card) -> bool:
        file = file_of(spec, card)
        return file is not None and file.is_file() and self.files.digest(file) != card["weights"]["sha256"]

    def _look(self, spec: NetworkSpec, *, changed: bool) -> Card:
        if self.describe is not None:
            return self.describe(spec.name)
        if changed:
            raise ValueError(f"the weights of {spec.name} changed, and this build may not measure")
        raise ValueError(
            f"{spec.name} is not known on this machine, and this build may not load it: "
            f"`microscribe store pull` where others measured it, or `microscribe models show {spec.name}` here"
        )

    def _code(self, spec: NetworkSpec) -> str:
        """Digest a factory of the site's own with all that it reaches there."""
        if spec.family != "site":
            return ""
        module, _, function = spec.factory.partition(":")
        try:
            return self.sources.digest(module, function) if self.sources.find(module) else ""
        except SyntaxError as error:
            raise ValueError(f"{error.filename}:{error.lineno}: not valid Python: {error.msg}") from error
