"""How a figure was made: on what, from what, with which versions, and at what cost."""

from __future__ import annotations

import datetime
import importlib.metadata
import sys
from collections.abc import Mapping, Sequence

from figures.lab import Trace

PACKAGES = ("torch", "torchvision", "numpy", "altair", "vl-convert-python", "pillow")


def record(
    *,
    figure: str,
    parameters: Mapping[str, object],
    models: Mapping[str, str],
    datasets: Mapping[str, str],
    traces: Sequence[Trace],
    drawing_seconds: float,
    device: str,
    key: str = "",
    random: Sequence[str] = (),
    licences: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """Describe in JSON how a figure came about.

    `random` are the networks among `models` that nobody trained and whose names do not say so,
    `licences` those of weights of which it is known.
    `seconds` is what its measurements cost, whenever and wherever they were made; `device` and
    `precision` are theirs.
    """
    measured = list({(one.measurement, one.key): one for one in traces}.values())
    return {
        "figure": figure,
        "parameters": dict(parameters),
        "models": dict(models),
        "random": list(random),
        "licences": dict(licences or {}),
        "datasets": dict(datasets),
        "seed": parameters.get("seed"),
        "measurements": [
            {"name": one.measurement, "key": one.key, "seconds": one.seconds, **one.where} for one in measured
        ],
        "seconds": sum(one.seconds for one in measured),
        "drawing_seconds": drawing_seconds,
        "device": _listed("device", measured) or device,
        "precision": _listed("precision", measured),
        "versions": {"python": sys.version.split()[0], **{name: _version(name) for name in PACKAGES}},
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "key": key,
    }


def _listed(what: str, traces: Sequence[Trace]) -> str:
    return ", ".join(sorted({one.where[what] for one in traces if one.where.get(what)}))


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
