"""Remember costly, pure functions by the content of what they are given.

A `@measurement` returns a record, a frozen dataclass whose fields are NumPy arrays (numbers and
strings become arrays without axes; None is left out), or a dictionary of arrays. With `each="units"`
every array has a leading axis over `units`, one record is kept for each unit, and only the missing
units are computed, together. Where the arrays of units differ in shape, that axis is a row of objects.

With `whole`, a function (arguments, missing) -> units, a pass that is made for some units is kept for
all units that it says: what comes at no cost is never measured again.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import io
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar, cast, overload

import numpy as np

from figures import allocation
from figures import lab as labs

Values = Mapping[str, np.ndarray]
Whole = Callable[[Mapping[str, Any], Sequence[Any]], Sequence[Any]]
KIND = "measurement"
_LONG_S = 1.0
"""Measurements that took longer give back the memory that they leave."""
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Result:
    """What one measurement gave, what it cost, and where it was made: its device, its precision."""

    values: Values
    seconds: float
    where: Mapping[str, str] = field(default_factory=dict)


class Measurement(Generic[P, R]):
    """A function that can be remembered, and the argument it keeps one record each of."""

    __name__: str

    def __init__(self, function: Callable[P, R], each: str | None, whole: Whole | None = None) -> None:
        self.function: Callable[..., R] = function
        self.each = each
        self.whole = whole
        functools.update_wrapper(self, function)

    @property
    def name(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__}"

    @functools.cached_property
    def record(self) -> type | None:
        """The dataclass that the function returns; None where it returns a dictionary."""
        written = inspect.get_annotations(self.function).get("return")
        # A generic such as dict[str, np.ndarray] need not be resolved: only a plain name can be a record.
        kind = self.function.__globals__.get(written) if isinstance(written, str) else written
        return kind if isinstance(kind, type) and is_dataclass(kind) else None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        lab, arguments = labs.current(), self.bound(*args, **kwargs)
        return self._recorded(self.ask(lab, arguments) if _remembers(lab) else self._unremembered(lab, arguments))

    def over(self, calls: Sequence[Mapping[str, object]]) -> Iterator[R]:
        """Measure once for each of `calls`, their keyword arguments; yield in their order.

        Each is kept as soon as it is finished. What is missing is measured by the lab's workers
        at once where it has any, else one after the other.
        """
        lab, several = labs.current(), [self.bound(**call) for call in calls]
        if not _remembers(lab):
            yield from (self._recorded(self._unremembered(lab, arguments)) for arguments in several)
            return
        ready = iter(several) if lab.workers is None else lab.workers.in_order(lab, self, several)
        for arguments in _waited_for(lab, ready):
            yield self._recorded(self.ask(lab, arguments, own=True))

    def _recorded(self, values: Values) -> R:
        """Hand arrays on as the record that the function returns."""
        return cast(R, values if self.record is None else self.record(**values))

    def bound(self, *args: object, **kwargs: object) -> dict[str, Any]:
        """Bind arguments to the function's parameters, defaults filled in."""
        bound = inspect.signature(self.function).bind(*args, **kwargs)
        bound.apply_defaults()
        return dict(bound.arguments)

    def each_of(self, arguments: Mapping[str, Any]) -> list[object]:
        """List what has a record of its own, once each: units, or None for the whole."""
        return list(dict.fromkeys(arguments[self.each])) if self.each else [None]

    def passed(self, arguments: Mapping[str, Any], missing: Sequence[object]) -> tuple[object, ...]:
        """List all that a pass for what is missing gives, what is missing first."""
        more = self.whole(arguments, missing) if self.whole is not None else ()
        return tuple(dict.fromkeys((*missing, *more)))

    def _unremembered(self, lab: labs.Lab, arguments: dict[str, Any]) -> Values:
        start = time.perf_counter()
        with lab.working() as work:
            values = _as_arrays(self.function(**arguments))
        lab.trace(labs.Trace(self.name, "", time.perf_counter() - start, found=False, where=dict(work.where)))
        return values

    def ask(self, lab: labs.Lab, arguments: dict[str, Any], *, own: bool = False) -> Values:
        """Find or measure; `own` where the result is part of the measurement that asks for it."""
        start = time.perf_counter()
        keys = self.keys(lab, arguments, self.each_of(arguments))
        found = {value: read(lab, key) for value, key in keys.items()}
        missing = [value for value, result in found.items() if result is None]
        made = dict(zip(missing, self._scheduled(lab, arguments, missing), strict=True)) if missing else {}
        results = {value: made[value] if result is None else result for value, result in found.items()}
        for value, result in results.items():
            lab.trace(labs.Trace(self.name, keys[value], result.seconds, value not in made, result.where))
            if own:
                lab.note(**result.where)
        lab.asked(sum(result.seconds for result in results.values()), time.perf_counter() - start)
        return self._assemble(arguments, {value: result.values for value, result in results.items()})

    def _scheduled(self, lab: labs.Lab, arguments: dict[str, object], missing: Sequence[object]) -> list[Result]:
        call = Call(self, arguments, tuple(missing))
        return lab.schedule(call) if lab.schedule is not None else call.results(lab)

    def _assemble(self, arguments: Mapping[str, Any], values: Mapping[object, Values]) -> Values:
        if self.each is None:
            return values[None]
        ordered = [values[value] for value in arguments[self.each]]
        names = ordered[0] if ordered else {}
        return {name: _beside([one[name] for one in ordered]) for name in names}

    def compute(self, lab: labs.Lab, arguments: Mapping[str, Any], missing: Sequence[object]) -> list[Result]:
        """Measure what is missing here, and keep all that the pass gives; return what was missing, in its order."""
        start, passed = time.perf_counter(), self.passed(arguments, missing)
        keys, kept = self.keys(lab, arguments, passed), set[object]()
        with lab.working() as work:

            def finished(values: Sequence[object], record: object) -> None:
                kept.update(values)
                seconds = (time.perf_counter() - start - work.waited_s + work.asked_s) / len(kept)
                for value, one in zip(values, _apart(record, len(values)), strict=True):
                    keep(lab, keys[value], self.name, seconds, work.where, encode(one))

            work.finished = finished if lab.workers is None else None
            several = self._several(arguments, passed)
        seconds = time.perf_counter() - start - work.waited_s + work.asked_s
        if seconds > _LONG_S:
            allocation.release()
        results = [Result(values, seconds / max(len(passed), 1), dict(work.where)) for values in several]
        for (value, key), result in zip(keys.items(), results, strict=True):
            if value not in kept:
                keep(lab, key, self.name, result.seconds, result.where, encode(result.values))
        return results[: len(missing)]

    def _several(self, arguments: Mapping[str, Any], passed: Sequence[object]) -> list[Values]:
        if self.each is None:
            return [_as_arrays(self.function(**arguments))]
        return _apart(self.function(**{**arguments, self.each: tuple(passed)}), len(passed))

    def keys(self, lab: labs.Lab, arguments: Mapping[str, object], values: Sequence[object]) -> dict[object, str]:
        """Digest what each result depends on: the sources, and every argument by content."""
        parts = self.parts(lab, arguments)
        return {value: self._key(parts, value) for value in values}

    def key(self, lab: labs.Lab, arguments: Mapping[str, object]) -> str:
        """Digest all but what has a record of its own."""
        return self._key(self.parts(lab, arguments), None)

    def parts(self, lab: labs.Lab, arguments: Mapping[str, object]) -> dict[str, object]:
        """Say what the results depend on, all but what has a record of its own."""
        common = {name: canonical(argument) for name, argument in arguments.items() if name != self.each}
        closure = lab.closure(self.function) if lab.closure is not None else ""
        return {"measurement": self.name, "closure": closure, "arguments": common}

    def _key(self, parts: Mapping[str, Any], value: object) -> str:
        own = {self.each: canonical((value,))} if self.each else {}
        chosen = {**parts, "arguments": {**parts["arguments"], **own}}
        return hashlib.sha256(json.dumps(chosen, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Call:
    """A measurement to be made for what is missing of it."""

    measurement: Measurement[..., Any]
    arguments: Mapping[str, Any]
    missing: tuple[object, ...]

    def kept(self, lab: labs.Lab) -> dict[object, Result]:
        """Find what was kept since it was missing: a pass for other units may have given it."""
        keys = self.measurement.keys(lab, self.arguments, self.missing)
        found = {value: read(lab, key) for value, key in keys.items()}
        return {value: result for value, result in found.items() if result is not None}

    def results(self, lab: labs.Lab) -> list[Result]:
        """Measure, on the lab's workers where it has any; keep and return the results."""
        if lab.workers is None:
            return self.measurement.compute(lab, self.arguments, self.missing)
        [answer] = lab.workers.measure(lab, [self])
        if isinstance(answer, BaseException):
            raise answer
        return answer


@overload
def measurement(function: Callable[P, R], /) -> Measurement[P, R]: ...


@overload
def measurement(
    *, each: str | None = None, whole: Whole | None = None
) -> Callable[[Callable[P, R]], Measurement[P, R]]: ...


def measurement(
    function: Callable[..., Any] | None = None, /, *, each: str | None = None, whole: Whole | None = None
) -> Any:
    """Decorate a pure function whose results the lab's store may remember."""
    if function is None:
        return functools.partial(Measurement, each=each, whole=whole)
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


def _as_arrays(values: object) -> Values:
    """Return the arrays of a record or a dictionary by name; fields that are None have none."""
    named = vars(values) if is_dataclass(values) else cast(Mapping[str, object], values)
    return {name: np.asarray(value) for name, value in named.items() if value is not None}


def _beside(arrays: Sequence[np.ndarray]) -> np.ndarray:
    """Stack arrays along a new first axis; those of different shapes stay apart, in a row of objects."""
    if len({array.shape for array in arrays}) == 1:
        return np.stack(arrays)
    row = np.empty(len(arrays), object)
    for index, array in enumerate(arrays):
        row[index] = array
    return row


def encode(values: Values) -> bytes:
    """Write arrays as an uncompressed NPZ archive; equal arrays give equal bytes."""
    buffer, named = io.BytesIO(), dict[str, Any](values)
    np.savez(buffer, **named)
    return buffer.getvalue()


def decode(data: bytes) -> Values:
    """Read what `encode` wrote; nothing is unpickled."""
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def keep(lab: labs.Lab, key: str, name: str, seconds: float, where: Mapping[str, str], data: bytes) -> None:
    """Put a result, as `encode` wrote it, into the lab's store."""
    digest = hashlib.sha256(data).hexdigest()
    lab.kept_in.put(KIND, key, {"measurement": name, "arrays": digest, "seconds": seconds, **where}, {digest: data})


def read(lab: labs.Lab, key: str) -> Result | None:
    """Get a result from the lab's store, with arrays of its own."""
    result: Result | None = lab.recent.get(key)
    if result is None:
        entry = lab.kept_in.get(KIND, key)
        if entry is None:
            return None
        result = _told(entry)
        lab.recent.put(key, result, sum(array.nbytes for array in result.values.values()))
    return replace(result, values={name: array.copy("K") for name, array in result.values.items()})


def _told(entry: labs.Entry) -> Result:
    meta = entry.meta
    where = {name: str(meta[name]) for name in ("device", "precision") if name in meta}
    return Result(decode(entry.read(meta["arrays"])), float(meta["seconds"]), where)


def _apart(record: object, count: int) -> list[Values]:
    """Take the results of several units apart."""
    together = _as_arrays(record)
    return [_as_arrays({name: array[i] for name, array in together.items()}) for i in range(count)]


def _remembers(lab: labs.Lab) -> bool:
    return lab.store is not None and lab.closure is not None


def _waited_for(lab: labs.Lab, items: Iterator[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Pass items on; the measurement under way does not count as its own time how long they took to come."""
    while True:
        start = time.perf_counter()
        try:
            item = next(items)
        except StopIteration:
            return
        finally:
            lab.asked(0.0, time.perf_counter() - start)
        yield item
