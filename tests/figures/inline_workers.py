"""Workers that are the process of the test, so that what they do can be followed."""

from __future__ import annotations

import dataclasses
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence

import pytest

from figures import dispatch, worker
from figures import lab as labs
from tests.figures.test_measurement import Memory


def library() -> dict[str, object]:
    """Return the modules of figures that are imported now."""
    return {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "figures"}


def put_back(modules: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let names lead to these modules, whatever builds of other tests made of them."""
    for name in library():
        monkeypatch.delitem(sys.modules, name)
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)


def closure(function: Callable[..., object]) -> str:
    return function.__qualname__


@dataclasses.dataclass
class Inline:
    """Workers that are this process, after all; they say which tasks they had."""

    lab: labs.Lab
    count: int = 2
    outcomes: list[str] = dataclasses.field(default_factory=list)

    def run(self, tasks: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
        for number, data in reversed(list(enumerate(tasks))):
            answer = worker.perform(self.lab, data)
            self.outcomes.append(type(pickle.loads(answer)).__name__)
            yield number, answer


def with_workers() -> labs.Lab:
    """Return a lab with a store that gives measurements out to workers of this process."""
    there = labs.Lab(device="cpu", closure=closure)
    return labs.Lab(store=Memory(), closure=closure, workers=dispatch.Dispatcher(Inline(there)))
