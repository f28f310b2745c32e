"""Remember costly, pure functions by the content of what they are given.

A `@measurement` returns a dictionary of NumPy arrays (numbers and strings become arrays
without axes). With `each="units"` every array has a leading axis over `units`, one record
is kept for each unit, and only the missing units are computed, together.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import io
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np

from figures import lab as labs

Values = Mapping[str, np.ndarray]
KIND = "measurement"


class Measurement:
    """A function that can be remembered, and the argument it keeps one record each of."""

    def __init__(self, function: Callable[..., Values], each: str | None) -> None:
        self.function = function
        self.each = each
        functools.update_wrapper(self, function)

    @property
    def name(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__}"

    def __call__(self, *args: object, **kwargs: object) -> Values:
        bound = inspect.signature(self.function).bind(*args, **kwargs)
        bound.apply_defaults()
        lab = labs.current()
        if lab.store is None or lab.closure is None:
            return _as_arrays(self.function(**bound.arguments))
        return self._remembered(lab, dict(bound.arguments))

    def _remembered(self, lab: labs.Lab, arguments: dict[str, object]) -> Values:
        each = list(dict.fromkeys(arguments[self.each])) if self.each else [None]
        keys = {value: self.key(lab, arguments, value) for value in each}
        found = {value: _read(lab, self.name, key) for value, key in keys.items()}
        missing = [value for value, values in found.items() if values is None]
        if missing:
            found.update(zip(missing, self._schedule(lab, arguments, missing), strict=True))
            for value in missing:
                _trace(lab, self.name, keys[value], found[value], was_found=False)
        return self._assemble(arguments, {value: values for value, (values, _) in found.items()})

    def _schedule(self, lab: labs.Lab, arguments: dict[str, object], missing: Sequence[object]) -> list:
        if lab.schedule is not None:
            return lab.schedule(self, arguments, missing)
        return self.compute(lab, arguments, missing)

    def _assemble(self, arguments: dict[str, object], values: Mapping[object, Values]) -> Values:
        if self.each is None:
            return values[None]
        ordered = [values[value] for value in arguments[self.each]]
        names = ordered[0] if ordered else {}
        return {name: np.stack([one[name] for one in ordered]) for name in names}

    def compute(self, lab: labs.Lab, arguments: dict[str, object], missing: Sequence[object]) -> list:
        """Measure what is missing and keep it; return (values, seconds) in the order of `missing`."""
        start = time.perf_counter()
        if self.each is None:
            results = [_as_arrays(self.function(**arguments))]
        else:
            together = _as_arrays(self.function(**{**arguments, self.each: tuple(missing)}))
            results = [{name: array[i] for name, array in together.items()} for i in range(len(missing))]
        seconds = (time.perf_counter() - start) / max(len(missing), 1)
        for value, values in zip(missing, results, strict=True):
            _write(lab, self.key(lab, arguments, value), self.name, values, seconds)
        return [(values, seconds) for values in results]

    def key(self, lab: labs.Lab, arguments: Mapping[str, object], value: object = None) -> str:
        """Digest what the result depends on: the sources, and every argument by content."""
        chosen = {**arguments, self.each: (value,)} if self.each else arguments
        parts = {
            "measurement": self.name,
            "closure": lab.closure(self.function),
            "arguments": {name: canonical(argument) for name, argument in chosen.items()},
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def measurement(function: Callable[..., Values] | None = None, *, each: str | None = None):
    """Decorate a pure function whose results the lab's store may remember."""
    if function is None:
        return functools.partial(measurement, each=each)
    return Measurement(function, each)


def canonical(value: object) -> object:
    """Reduce an argument to JSON by content; models and data sets by their `digest`.

    Raises TypeError for what has no content of its own, such as a function.
    """
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, np.generic):
        return value.item()
    if hasattr(value, "digest"):
        return {"digest": value.digest}
    if isinstance(value, Path):
        return {"file": hashlib.sha256(value.read_bytes()).hexdigest()}
    if isinstance(value, np.ndarray):
        head = f"{value.dtype.str}{value.shape}".encode()
        return {"array": hashlib.sha256(head + np.ascontiguousarray(value).tobytes()).hexdigest()}
    if is_dataclass(value) and not isinstance(value, type):
        content = {f.name: canonical(getattr(value, f.name)) for f in fields(value)}
        return {"class": type(value).__name__, **content}
    if isinstance(value, Mapping):
        return {"map": [[str(key), canonical(value[key])] for key in sorted(value, key=str)]}
    if isinstance(value, Sequence):
        return [canonical(item) for item in value]
    raise TypeError(f"a measurement cannot remember an argument of type {type(value).__name__}")


def _as_arrays(values: Mapping[str, object]) -> Values:
    return {name: np.asarray(value) for name, value in values.items()}


def encode(values: Values) -> bytes:
    """Write arrays as an uncompressed NPZ archive; equal arrays give equal bytes."""
    buffer = io.BytesIO()
    np.savez(buffer, **values)
    return buffer.getvalue()


def decode(data: bytes) -> Values:
    """Read what `encode` wrote; nothing is unpickled."""
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def _write(lab: labs.Lab, key: str, name: str, values: Values, seconds: float) -> None:
    data = encode(values)
    digest = hashlib.sha256(data).hexdigest()
    lab.store.put(KIND, key, {"measurement": name, "arrays": digest, "seconds": seconds}, {digest: data})


def _read(lab: labs.Lab, name: str, key: str) -> tuple[Values, float] | None:
    entry = lab.store.get(KIND, key)
    if entry is None:
        return None
    result = decode(entry.read(entry.meta["arrays"])), float(entry.meta["seconds"])
    _trace(lab, name, key, result, was_found=True)
    return result


def _trace(lab: labs.Lab, name: str, key: str, result: tuple[Values, float], *, was_found: bool) -> None:
    lab.trace(labs.Trace(name, key, result[1], was_found))
