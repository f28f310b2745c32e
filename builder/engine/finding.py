"""Look through a layer for units that are tuned to something."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from builder.engine.engine import Engine
from builder.errors import BuildError, Place, Problem
from builder.frozen import frozen
from builder.plan.catalogue.catalogue import Catalogue

KIND, CURVES = "units", "curves"
FINDER = ("figures.methods.finding", "listed")


@frozen
class Wanted:
    """Which layer to look through, under which rule; `most` units, 0 for all. Names are full ones.

    `kind` is `curves`, or a family of stimuli; `family` is that one's module and function.
    """

    model: str
    layer: str
    dataset: str
    rule: str
    most: int
    kind: str = CURVES
    family: tuple[str, str] | None = None


def find(engine: Engine, catalogue: Catalogue, wanted: Wanted) -> list[Mapping[str, object]]:
    """Return the units of a layer that meet a rule, with their numbers; from the store if it has them.

    Raises BuildError where the network cannot be measured, UsageError for a device that is none.
    """
    engine.check_device()
    key = _key(engine, catalogue, wanted)
    entry = engine.store.get(KIND, key)
    if entry is not None:
        known: list[Mapping[str, object]] = entry.meta["rows"]
        return known
    try:
        rows = _measured(engine, wanted)
    except ValueError as error:
        raise BuildError([Problem(Place(Path("units find")), str(error))]) from error
    except RuntimeError as error:  # what a network or a device says
        raise BuildError([Problem(Place(Path("units find")), f"{wanted.model}: {error}")]) from error
    engine.store.put(KIND, key, {"rows": rows, **asdict(wanted)}, {})
    return rows


def _key(engine: Engine, catalogue: Catalogue, wanted: Wanted) -> str:
    """Digest what the answer depends on, as for a figure."""
    code = catalogue.code(wanted.model)
    parts = {
        **asdict(wanted),
        "model": catalogue.model(wanted.model).digest,
        "dataset": catalogue.dataset(wanted.dataset)[1],
        "sources": [engine.sources.digest(*one) for one in (FINDER, wanted.family, *code) if one],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _measured(engine: Engine, wanted: Wanted) -> list[Mapping[str, object]]:
    with engine.measuring():
        from figures.methods import datasets, finding, models

        if wanted.family:
            importlib.import_module(wanted.family[0])  # which registers it
        network, data = models.load(wanted.model), datasets.load(wanted.dataset)
        return list(finding.listed(network, data, wanted.layer, wanted.rule, wanted.most, wanted.kind))
