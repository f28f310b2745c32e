"""Give measurements out to a lab's workers, and keep what comes back.

Units of one call are split over the workers; whatever is finished is in the store at once.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from figures import lab as labs
from figures.measurement import KIND, Call, Measurement, Result, decode
from figures.worker import Bound, Done, Failed, Gathers, Needs, Outcome, Task, TaskError, pack, unpack

MOST_TOGETHER = 64
ROUNDS = 8
"""How often a task may come back for another measurement before it is done in this process."""

Arrival = tuple[int, object, "Result | Exception"]


@dataclass(frozen=True)
class Dispatcher:
    """Gives what measurements miss out to a pool of workers: what a lab has for its `workers`."""

    pool: labs.Pool

    def measure(self, lab: labs.Lab, calls: Sequence[Call]) -> list[list[Result] | Exception]:
        """Make calls; return for each its results, or what stopped it."""
        return _given_out(lab, self.pool, calls)

    def in_order(
        self, lab: labs.Lab, measurement: Measurement[..., Any], several: Sequence[dict[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        """Measure what is missing of several sets of arguments; yield each, in order, once it is in the store."""
        return _in_order(lab, self.pool, measurement, several)


def measure(lab: labs.Lab, calls: Sequence[Call]) -> list[list[Result] | Exception]:
    """Make calls, on the lab's workers where it has any; return for each its results, or what stopped it."""
    return [_here(lab, call) for call in calls] if lab.workers is None else lab.workers.measure(lab, calls)


def _given_out(lab: labs.Lab, pool: labs.Pool, calls: Sequence[Call]) -> list[list[Result] | Exception]:
    found: dict[int, dict[object, Result | Exception]] = defaultdict(dict)
    pieces = [piece for index, call in enumerate(calls) for piece in _pieces(pool, index, call)]
    for index, value, result in _arriving(lab, pool, pieces):
        found[index][value] = result
    return [_together(call, found[index]) for index, call in enumerate(calls)]


def _in_order(
    lab: labs.Lab, pool: labs.Pool, measurement: Measurement[..., Any], several: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    calls: list[Call] = []
    waiting: dict[int, tuple[int, set[object]]] = {}
    for place, arguments in enumerate(several):
        keys = measurement.keys(lab, arguments, measurement.each_of(arguments))
        missing = tuple(value for value, key in keys.items() if lab.kept_in.record(KIND, key) is None)
        if missing:
            waiting[place] = (len(calls), set(missing))
            calls.append(Call(measurement, arguments, missing))
    places = {index: place for place, (index, _) in waiting.items()}
    arriving = _arriving(lab, pool, [_Piece(index, call) for index, call in enumerate(calls)])
    for place, arguments in enumerate(several):
        while place in waiting and waiting[place][1]:
            index, value, result = next(arriving)
            if isinstance(result, Exception):
                raise result
            waiting[places[index]][1].discard(value)
        yield arguments


def _here(lab: labs.Lab, call: Call) -> list[Result] | Exception:
    try:
        found = call.kept(lab)
        missing = tuple(value for value in call.missing if value not in found)
        if missing:
            found |= zip(missing, call.measurement.compute(lab, call.arguments, missing), strict=True)
        return [found[value] for value in call.missing]
    except Exception as error:  # noqa: BLE001 - it is raised again inside each figure that waits for it
        return error


def _together(call: Call, found: Mapping[object, Result | Exception]) -> list[Result] | Exception:
    errors = [result for result in found.values() if isinstance(result, Exception)]
    if errors:
        return errors[0]
    return [result for value in call.missing if isinstance(result := found[value], Result)]


@dataclass
class _Piece:
    """A part of a call that makes one task."""

    index: int
    call: Call
    known: dict = field(default_factory=dict)
    rounds: int = 0


def _arriving(lab: labs.Lab, pool: labs.Pool, waiting: Sequence[_Piece]) -> Iterator[Arrival]:
    """Yield (number of the call, what was missing, result) as they are finished.

    In waves: a task that needs another measurement waits until that is there.
    """
    while waiting:
        tasks, here = _tasks(lab, waiting)
        needs: list[tuple[_Piece, Needs]] = []
        for piece, outcome in _outcomes(lab, pool, tasks):
            if isinstance(outcome, Needs):
                needs.append((piece, outcome))
            elif isinstance(outcome, Gathers):
                here.append(piece)
            else:
                yield from _arrived(lab, piece, outcome)
        for index, call in _joined(here).items():
            yield from _spread(index, call, _here(lab, call))
        waiting = []
        for piece, need in needs:
            answer = _supplied(lab, piece, need)
            if isinstance(answer, Exception):
                yield from _spread(piece.index, piece.call, answer)
            else:
                waiting.append(answer)


def _pieces(pool: labs.Pool, index: int, call: Call) -> Iterator[_Piece]:
    """Split what is missing of a call evenly over the workers; what one pass gives stays together."""
    size = min(MOST_TOGETHER, -(-len(call.missing) // max(pool.count, 1)))
    for some in _passes(call) if call.measurement.whole is not None else _chunks(call.missing, size):
        yield _Piece(index, replace(call, missing=some))


def _chunks(missing: tuple[object, ...], size: int) -> Iterator[tuple[object, ...]]:
    for start in range(0, len(missing), size):
        yield missing[start : start + size]


def _passes(call: Call) -> Iterator[tuple[object, ...]]:
    """Gather what is missing by the passes that give it."""
    left = dict.fromkeys(call.missing)
    while left:
        given = {next(iter(left)), *call.measurement.passed(call.arguments, (next(iter(left)),))}
        some = tuple(value for value in left if value in given)
        yield some
        for value in some:
            del left[value]


def _tasks(lab: labs.Lab, pieces: Sequence[_Piece]) -> tuple[list[tuple[_Piece, bytes]], list[_Piece]]:
    """Write tasks; return beside them the pieces that must be done in this process."""
    tasks, here = [], []
    for piece in pieces:
        measurement = piece.call.measurement
        try:
            if piece.rounds > ROUNDS:
                raise Bound("it asks for too much else")
            task = Task(pack(piece.call), measurement.parts(lab, piece.call.arguments), piece.known)
            tasks.append((piece, pickle.dumps(task)))
        except Bound:
            here.append(piece)
    return tasks, here


def _outcomes(
    lab: labs.Lab, pool: labs.Pool, tasks: Sequence[tuple[_Piece, bytes]]
) -> Iterator[tuple[_Piece, Outcome]]:
    if not tasks:
        return
    names = sorted({piece.call.measurement.__name__ for piece, _ in tasks})
    progress = lab.progress.begin(f"{', '.join(names)} on {pool.count} workers", len(tasks))
    try:
        for number, answer in pool.run([data for _, data in tasks]):
            yield tasks[number][0], pickle.loads(answer)
            lab.progress.advance(progress, 1)
    finally:
        lab.progress.end(progress)


def _arrived(lab: labs.Lab, piece: _Piece, outcome: Done | Failed) -> Iterator[Arrival]:
    """Keep what a task gave."""
    if isinstance(outcome, Failed):
        yield from _spread(piece.index, piece.call, TaskError(outcome))
        return
    for kind, key, meta, objects in outcome.records:
        lab.kept_in.put(kind, key, meta, objects)
    for value, (_, _, meta, objects) in zip(piece.call.missing, outcome.records, strict=False):
        where = {name: str(meta[name]) for name in ("device", "precision")}
        yield piece.index, value, Result(decode(objects[meta["arrays"]]), float(meta["seconds"]), where)


def _spread(index: int, call: Call, answer: Sequence[Result] | Exception) -> Iterator[Arrival]:
    """Say for each missing value what the answer to the whole call means for it."""
    for place, value in enumerate(call.missing):
        yield index, value, answer if isinstance(answer, Exception) else answer[place]


def _joined(pieces: Sequence[_Piece]) -> dict[int, Call]:
    """Put the pieces of each call together again."""
    joined: dict[int, Call] = {}
    for piece in pieces:
        before = joined.get(piece.index)
        joined[piece.index] = replace(piece.call, missing=(before.missing if before else ()) + piece.call.missing)
    return joined


def _supplied(lab: labs.Lab, piece: _Piece, need: Needs) -> _Piece | Exception:
    """Make what a task asked for, and send it along the next time."""
    try:
        call = unpack(need.call)
        with lab.working():  # what this costs is counted by the task that asked for it
            call.measurement.ask(lab, {**call.arguments, **_only(call)})
        known = {}
        for key in call.measurement.keys(lab, call.arguments, call.missing).values():
            entry = lab.kept_in.get(KIND, key)
            if entry is not None:
                known[key] = (entry.meta, {entry.meta["arrays"]: entry.read(entry.meta["arrays"])})
    except Exception as error:  # noqa: BLE001 - it fails the figures that asked for it
        return error
    return _Piece(piece.index, piece.call, {**piece.known, **known}, piece.rounds + 1)


def _only(call: Call) -> dict[str, object]:
    return {call.measurement.each: tuple(call.missing)} if call.measurement.each else {}
