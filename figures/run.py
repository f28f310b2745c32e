"""Make one figure outside any article, for a notebook or a paper.

from figures import run
artifact = run.figure("radial-tuning", units=("mixed3b:17",))
artifact.save("radial-tuning")
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import time
from collections.abc import Callable, Iterator, Mapping

from figures import gallery, provenance
from figures import lab as labs
from figures.artifact import Artifact
from figures.nearest import nearest
from figures.registry import FIGURES


def figure(name: str, *, device: str = "", **parameters: object) -> Artifact:
    """Run a figure with the parameters that a directive would give it, units as a tuple of names.

    It runs in the current lab, on `device` where one is named; else on the best there is, unless
    the lab has a store. Raises ValueError with the nearest name for an unknown figure, parameter
    or device.
    """
    function = _found(name)
    _check(name, function, parameters)
    lab = labs.current()
    if device or lab.store is None:
        lab = dataclasses.replace(lab, device=labs.checked_device(device))
    start = time.perf_counter()
    with labs.using(lab), lab.working() as work:
        artifact = function(**parameters)
        made = provenance.record(
            figure=name,
            parameters=_written(function, parameters),
            **_digests(function, parameters),
            traces=lab.take_traces(),
            drawing_seconds=time.perf_counter() - start - work.waited_s,
            device=lab.device,
        )
    return dataclasses.replace(artifact, provenance=made)


def _found(name: str) -> Callable[..., Artifact]:
    """Import the gallery until the figure is there."""
    for module in pkgutil.iter_modules(gallery.__path__, f"{gallery.__name__}."):
        if name in FIGURES:
            break
        importlib.import_module(module.name)
    if name not in FIGURES:
        raise ValueError(f"no figure {name!r}{nearest(name, FIGURES)}")
    return FIGURES[name]


def _check(name: str, function: Callable[..., Artifact], parameters: Mapping[str, object]) -> None:
    known = inspect.signature(function).parameters
    for given in parameters:
        if given not in known:
            raise ValueError(f"{name}: no parameter {given!r}{nearest(given, known)} (it has {', '.join(known)})")
    for parameter in known.values():
        if parameter.default is parameter.empty and parameter.name not in parameters:
            raise ValueError(f"{name}: {parameter.name} is required")


def _bound(function: Callable[..., Artifact], parameters: Mapping[str, object]) -> Iterator[tuple[str, str, object]]:
    """Yield the name, the type as it is written, and the value of every parameter."""
    for parameter in inspect.signature(function).parameters.values():
        yield parameter.name, str(parameter.annotation), parameters.get(parameter.name, parameter.default)


def _written(function: Callable[..., Artifact], parameters: Mapping[str, object]) -> dict[str, object]:
    """Return all parameters but files, as JSON has them."""
    plain = {name: value for name, type_, value in _bound(function, parameters) if not type_.startswith("Path")}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


def _digests(function: Callable[..., Artifact], parameters: Mapping[str, object]) -> dict[str, dict[str, str]]:
    from figures.methods import datasets, models

    found: dict[str, dict[str, str]] = {"models": {}, "datasets": {}}
    for _, type_, value in _bound(function, parameters):
        kind = type_.removesuffix(" | None")
        if value is not None and kind in ("Model", "Models"):
            names = [value] if isinstance(value, str) else value
            found["models"] |= {name: models.load(name).digest for name in names}
        elif value is not None and kind == "Dataset":
            found["datasets"][value] = datasets.load(value).digest
    return found
