"""The networks that come with the package: trained on glyphs, and the same before training."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from figures import cards
from figures.cards import NetworkCard, Weights
from figures.methods.assembly.blueprint import Blueprint, Source, identity, per_channel
from figures.specs import NetworkSpec, Site

if TYPE_CHECKING:
    from torch import nn

WEIGHTS = Path(__file__).parents[2] / "glyphs" / "weights"


def names(_site: Site | None = None) -> Sequence[str]:
    """List the trained networks that come with the package."""
    return sorted(path.stem for path in WEIGHTS.glob("*.json"))


def read(base: str) -> str:
    """Return the network of that name."""
    return base if base in names() else ""


def blueprint(spec: NetworkSpec) -> Blueprint:
    """Return how a network is restored from its weights, or drawn."""
    return planned(spec, _record(spec.factory), WEIGHTS)


def planned(spec: NetworkSpec, record: Mapping[str, Any], folder: Path) -> Blueprint:
    """Return how the network of a record is made whose weights lie in a folder."""
    architecture, channels = record["architecture"], int(record["input"]["channels"])
    layers = tuple(layer["name"] for layer in record["layers"])
    draw = functools.partial(_draw, architecture, spec.seed)
    restore = functools.partial(_restore, spec.factory, str(record["sha256"]), folder)
    return Blueprint(
        build=functools.partial(_built, architecture),
        complete=draw if spec.random else restore,
        input_size=spec.input_size or int(record["input"]["size_px"]),
        channels=channels,
        mean=per_channel(spec.mean or (0.0,), channels, spec, "mean"),
        std=per_channel(spec.std or (1.0,), channels, spec, "std"),
        heads={head["name"]: tuple(head["classes"]) for head in record["heads"]},
        file=None if spec.random else folder / f"{spec.factory}.safetensors",
        packaged=True,
        layers=layers,
        main=layers,
        code=hashlib.sha256(json.dumps(architecture, sort_keys=True).encode()).hexdigest(),
    )


def card(spec: NetworkSpec) -> NetworkCard | None:
    """Return what the record beside the weights says; None where a table of the site says otherwise."""
    if spec != NetworkSpec(spec.name, spec.source, spec.factory, spec.weights, seed=spec.seed):
        return None
    trained = cards.read(_record(spec.factory))
    weights = Weights("none") if spec.random else trained.weights
    digest = identity(spec, blueprint(spec), weights.sha256)
    return replace(trained, name=spec.name, digest=digest, weights=weights, random=spec.random)


def _kept(spec: NetworkSpec, weights: Weights) -> Path | None:
    return WEIGHTS / weights.file if weights.file else None


def _record(name: str) -> dict[str, Any]:
    return json.loads((WEIGHTS / f"{name}.json").read_text("utf-8"))


def _built(architecture: Mapping[str, Any]) -> nn.Module:
    from figures.glyphs.kinds import built

    return built(architecture)


def _restore(name: str, digest: str, folder: Path) -> nn.Module:
    """Read trained weights; the file must be the one whose record was read first."""
    from figures.glyphs import storage

    now = storage.read_record(name, folder)["sha256"]
    if now != digest:
        raise ValueError(f"the weights of {name} changed while in use: {digest[:12]} became {now[:12]}")
    return storage.load(name, folder)


def _draw(architecture: Mapping[str, Any], seed: int) -> nn.Module:
    from figures.glyphs.kinds import built
    from figures.glyphs.network import fold, initialise

    return fold(initialise(built({**architecture, "folded": False}), seed=seed, conv1_gain=1.0))


SOURCE = Source("Embedded", read, blueprint, names, fixed=True, kept=_kept, card=card)
