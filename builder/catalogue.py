"""What networks and data sets there are, and their digests, without importing numerics."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from builder import atomic
from builder.closure import Sources
from builder.errors import nearest

UNTRAINED = "-untrained"


@dataclass(frozen=True)
class ModelCard:
    """A network on disk: the digest of its weights, and its layers and heads with their sizes."""

    name: str
    digest: str
    sizes: Mapping[str, int]
    layers: tuple[str, ...]


@dataclass
class Catalogue:
    """The networks whose records lie in `weights`, and the data sets that `sources` generates.

    Digests of files are remembered in `memory` by path, size and time of change.
    """

    weights: Path
    sources: Sources
    memory: Path
    _files: dict[str, list[object]] | None = None
    _changed: bool = False

    @functools.cached_property
    def models(self) -> dict[str, ModelCard]:
        """The networks by name."""
        cards = (self._card(path) for path in sorted(self.weights.glob("*.json")))
        return {card.name: card for card in cards}

    def _card(self, path: Path) -> ModelCard:
        record = json.loads(path.read_text("utf-8"))
        heads = {name: len(classes) for name, classes in record["heads"].items()}
        return ModelCard(
            name=record["name"],
            digest=self.file_digest(path.with_suffix(".safetensors")),
            sizes={**record["layers"], **heads},
            layers=tuple(record["layers"]),
        )

    def model(self, name: str) -> ModelCard:
        """Return a network's card, also of its untrained control; raises ValueError with the nearest name."""
        trained = name.removesuffix(UNTRAINED)
        if trained != name and trained in self.models:
            card = self.models[trained]
            return dataclasses.replace(card, name=name, digest=f"untrained {card.digest}")
        if name not in self.models:
            raise ValueError(f"no network {name!r}{nearest(name, self.models)} (there are: {', '.join(self.models)})")
        return self.models[name]

    def unit(self, model: str, text: str) -> str:
        """Return a unit's full name; raises ValueError for a wrong layer, index or form."""
        card = self.model(model)
        match = re.fullmatch(r"([\w.]+):(\d+)", text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a unit; expected layer:index, for example {card.layers[-1]}:17")
        layer, index = match[1], int(match[2])
        self.layer(model, layer, heads=True)
        if index >= card.sizes[layer]:
            raise ValueError(f"no unit {text.strip()}: {layer} of {model} has units 0 to {card.sizes[layer] - 1}")
        return f"{layer}:{index}"

    def layer(self, model: str, name: str, *, heads: bool = False) -> str:
        """Return a layer's name; raises ValueError with the nearest."""
        card = self.model(model)
        known = card.sizes if heads else card.layers
        if name not in known:
            raise ValueError(f"{model} has no layer {name!r}{nearest(name, known)} (it has {', '.join(known)})")
        return name

    def units(self, model: str, text: str) -> tuple[str, ...]:
        """Expand `mixed3b:3,17, mixed4a:0..3` to full names."""
        names: list[str] = []
        layer = ""
        for piece in filter(None, re.split(r"[,\s]+", text)):
            head, colon, rest = piece.rpartition(":")
            layer = head if colon else layer
            first, dots, last = rest.partition("..")
            indices = range(int(first), int(last) + 1) if dots and (first + last).isdigit() else [rest]
            names.extend(self.unit(model, f"{layer}:{index}") for index in indices)
        return tuple(dict.fromkeys(names))

    def dataset(self, text: str) -> tuple[str, str]:
        """Return a data set's full name and digest; raises ValueError."""
        name, _, count = text.partition(":")
        if name != "glyphs":
            raise ValueError(f"no data set {text!r}{nearest(name, ['glyphs'])} (there is: glyphs:N)")
        if count and (not count.isdigit() or int(count) < 1):
            raise ValueError(f"{text!r}: expected glyphs:N with N images, at least 1")
        digest = self.sources.digest("figures.glyphs.dataset", "render")
        return text, hashlib.sha256(f"{text} {digest}".encode()).hexdigest()

    def file_digest(self, path: Path) -> str:
        """Return the SHA-256 of a file's content."""
        stat = path.stat()
        stamp = [stat.st_size, stat.st_mtime_ns]
        known = self._remembered().get(str(path))
        if known is None or known[:2] != stamp:
            known = [*stamp, hashlib.sha256(path.read_bytes()).hexdigest()]
            self._remembered()[str(path)] = known
            self._changed = True
        return str(known[2])

    def _remembered(self) -> dict[str, list[object]]:
        if self._files is None:
            try:
                self._files = dict(json.loads(self.memory.read_text("utf-8")))
            except (OSError, ValueError):
                self._files = {}
        return self._files

    def save(self) -> None:
        """Keep the digests of files for the next build."""
        if self._changed:
            atomic.write(self.memory, json.dumps(self._remembered()).encode())
