"""All missing figures run at once, one at a time, and what they need of the same kind is measured together."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from builder.engine import rendezvous
from builder.engine.rendezvous import Rendezvous
from builder.errors import Place
from builder.store import StoreError


@dataclass(frozen=True)
class Call:
    """Stands for a call of a measurement: it is told by the measurement and its arguments, not by what is missing."""

    measurement: object
    arguments: str
    missing: tuple[object, ...]


MEASUREMENT = SimpleNamespace(key=lambda lab, arguments: arguments, each="units")
PASS = SimpleNamespace(key=lambda lab, arguments: f"pass {arguments}", each="layers")


@pytest.fixture
def lab(tmp_path: Path):
    return SimpleNamespace(site=SimpleNamespace(root=tmp_path), schedule=None, workers=None)


def request(name: str):
    return SimpleNamespace(figure=name, key=name, place=Place(Path("a.md"), 3), paths={}, files=[])


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """Answer every call with the squares of what is missing, and note the calls."""
    from figures import dispatch

    calls: list[Call] = []

    def measure(lab: object, joined: list[Call]) -> list[object]:
        calls.extend(joined)
        bad = [call.arguments == "bad" for call in joined]
        return [KeyError("bad") if wrong else [n * n for n in c.missing] for wrong, c in zip(bad, joined, strict=True)]

    monkeypatch.setattr(dispatch, "measure", measure)
    return calls


def test_what_several_figures_miss_is_measured_once_and_each_gets_its_own(lab, measured: list[Call]) -> None:
    wanted = {"one": (1, 2), "two": (3, 2), "three": (4,)}
    given: dict[str, list[int]] = {}

    def make(asked, lab) -> None:
        given[asked.figure] = lab.schedule(Call(MEASUREMENT, "arcs", wanted[asked.figure]))

    done = []
    problems = Rendezvous(make, lab, [request(name) for name in wanted], done.append).run()
    assert problems == []
    assert [call.missing for call in measured] == [(1, 2, 3, 4)]
    assert given == {name: [n * n for n in numbers] for name, numbers in wanted.items()}
    assert len(done) == 3


def test_a_measurement_that_fails_fails_those_who_need_it_and_nobody_else(lab, measured: list[Call]) -> None:
    kinds = {"one": "bad", "two": "good", "three": "bad"}

    def make(asked, lab) -> None:
        lab.schedule(Call(MEASUREMENT, kinds[asked.figure], (1,)))

    problems = Rendezvous(make, lab, [request(name) for name in kinds], lambda asked: None).run()
    assert [problem.message.partition(":")[0] for problem in problems] == ["one", "three"]


def test_one_figure_runs_at_a_time(lab, measured: list[Call]) -> None:
    running: list[str] = []

    def make(asked, lab) -> None:
        for number in range(3):
            running.append(asked.figure)
            assert len(running) == 1
            running.pop()
            lab.schedule(Call(MEASUREMENT, f"{asked.figure} {number}", (number,)))

    assert Rendezvous(make, lab, [request("one"), request("two")], lambda asked: None).run() == []
    assert len(measured) == 6


def test_a_store_that_is_lost_ends_it(lab) -> None:
    def make(asked, lab) -> None:
        raise StoreError("the disk is full")

    with pytest.raises(StoreError, match="the disk is full"):
        Rendezvous(make, lab, [request("one")], lambda asked: None).run()


def test_a_call_from_outside_a_figure_is_made_at_once(lab) -> None:
    Rendezvous(lambda asked, lab: None, lab, [], lambda asked: None)
    assert lab.schedule(SimpleNamespace(results=lambda given: given is lab)) is True
    assert rendezvous._joined([Call(None, "a", (2, 1)), Call(None, "a", (1, 3))]).missing == (2, 1, 3)


TURNS = {"first": 0, "also first": 0, "second": 1}


def in_turns(lab, kinds: dict[str, list[object]]) -> list[str]:
    """Run figures that each ask for several measurements, one after the other; return them as they end."""
    ended: list[str] = []

    def make(asked, lab) -> None:
        for number, kind in enumerate(kinds[asked.figure]):
            lab.schedule(Call(kind, f"{number}", (asked.figure,)))

    requests = [request(name) for name in reversed(TURNS)]
    assert Rendezvous(make, lab, requests, lambda one: ended.append(one.figure), TURNS).run() == []
    return ended


@pytest.fixture
def asked(lab, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """Answer every call with nothing, and note who missed something."""
    from figures import dispatch

    calls: list[tuple[object, ...]] = []

    def measure(lab: object, joined: list[Call]) -> list[object]:
        calls.extend(call.missing for call in joined)
        return [[None] * len(call.missing) for call in joined]

    monkeypatch.setattr(dispatch, "measure", measure)
    return calls


def test_figures_of_the_first_turn_are_done_before_others_are_measured_for(lab, asked) -> None:
    kinds = {"first": [MEASUREMENT] * 2, "also first": [MEASUREMENT], "second": [MEASUREMENT]}
    assert in_turns(lab, kinds) == ["also first", "first", "second"]
    assert asked == [("also first", "first"), ("first",), ("second",)]


def test_one_pass_over_the_data_is_made_for_all_turns(lab, asked) -> None:
    kinds = {"first": [PASS, MEASUREMENT], "also first": [MEASUREMENT], "second": [PASS]}
    assert in_turns(lab, kinds) == ["also first", "second", "first"], (
        "what the pass gave was all that the second missed"
    )
    assert asked == [("also first",), ("first", "second"), ("first",)]


def test_workers_get_everything_at_once(lab, asked) -> None:
    lab.workers = object()
    in_turns(lab, {"first": [MEASUREMENT] * 2, "also first": [MEASUREMENT], "second": [MEASUREMENT]})
    assert asked == [("also first", "first", "second"), ("first",)]


class Elsewhere:
    """Draws nothing until it is told to."""

    def __init__(self) -> None:
        self.begun: list[tuple[Future, object, tuple]] = []

    def begin(self, work, arguments):
        self.begun.append((Future(), work, arguments))
        return self.begun[-1][0]

    def draw(self) -> None:
        for future, work, arguments in self.begun:
            if not future.done():
                future.set_result((work(*arguments), 0.5))


def drawing_lab(lab, asked: list[tuple[float, float]]):
    lab.asked = lambda seconds, waited: asked.append((seconds, waited))
    return lab


def test_a_figure_that_is_drawn_elsewhere_lets_others_be_measured_for(lab, measured: list[Call]) -> None:
    elsewhere, seen, waits = Elsewhere(), [], []

    def make(asked, lab) -> None:
        if asked.figure == "measured":
            seen.append(lab.schedule(Call(MEASUREMENT, "arcs", (3,))))
            elsewhere.draw()
        else:
            seen.append(lab.draw(str.upper, asked.figure))

    names, done = ("drawn", "measured"), []
    rendezvous = Rendezvous(make, drawing_lab(lab, waits), [request(n) for n in names], done.append, artists=elsewhere)
    assert rendezvous.run() == []
    assert seen == [[9], "DRAWN"]
    assert [one.figure for one in done] == ["measured", "drawn"]
    [(seconds, waited)] = waits
    assert seconds == 0
    assert waited < 0.1  # what drawing itself takes is no waiting


def test_what_goes_wrong_elsewhere_goes_wrong_in_the_figure(lab) -> None:
    class Failing(Elsewhere):
        def begin(self, work, arguments):
            future = super().begin(work, arguments)
            future.set_exception(ValueError("no such mark"))
            return future

    def make(asked, lab) -> None:
        lab.draw(str.upper, asked.figure)

    [problem] = Rendezvous(make, lab, [request("one")], lambda asked: None, artists=Failing()).run()
    assert problem.message.startswith("one: no such mark")
    assert problem.place == request("one").place


def test_what_is_lost_elsewhere_is_drawn_here(lab) -> None:
    class Dying(Elsewhere):
        def begin(self, work, arguments):
            future = super().begin(work, arguments)
            future.set_exception(BrokenProcessPool("it died"))
            return future

    seen = []

    def make(asked, lab) -> None:
        seen.append(lab.draw(str.upper, asked.figure))

    assert Rendezvous(make, lab, [request("one")], lambda asked: None, artists=Dying()).run() == []
    assert seen == ["ONE"]


def test_few_figures_wait_to_be_drawn_at_once(lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendezvous, "MOST_DRAWN", 2)
    elsewhere, most = Elsewhere(), []
    monkeypatch.setattr(rendezvous.futures, "wait", lambda *_args, **_options: elsewhere.draw())

    def make(asked, lab) -> None:
        most.append(sum(not future.done() for future, _, _ in elsewhere.begun))
        lab.draw(str.upper, asked.figure)

    names = [str(number) for number in range(6)]
    assert (
        Rendezvous(make, drawing_lab(lab, []), [request(n) for n in names], lambda asked: None, artists=elsewhere).run()
        == []
    )
    assert (len(most), max(most)) == (6, 1)
