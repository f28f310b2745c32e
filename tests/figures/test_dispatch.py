"""What is missing is split over workers, put together again, and kept as soon as it is there."""

import numpy as np
import pytest

from figures import dispatch, worker
from figures import lab as labs
from figures.measurement import Call, measurement
from figures.methods import datasets
from figures.methods.scan.colours import colour_covariance
from tests.figures.inline_workers import closure, library, put_back, with_workers
from tests.figures.test_measurement import Memory

LIBRARY = library()


@pytest.fixture(autouse=True)
def _one_library(monkeypatch: pytest.MonkeyPatch) -> None:
    put_back(LIBRARY, monkeypatch)


@pytest.fixture
def lab():
    with labs.using(with_workers()) as here:
        yield here


def test_results_of_workers_are_kept_and_equal_those_made_here(lab) -> None:
    data = datasets.load("glyphs:8")
    found = colour_covariance(data)
    assert lab.workers.pool.outcomes == ["Done"]
    assert len(lab.store.there) == 1
    with labs.using(labs.Lab()):
        assert np.array_equal(found["covariance"], colour_covariance(data)["covariance"])
    colour_covariance(data)
    assert lab.workers.pool.outcomes == ["Done"]


def test_what_cannot_travel_is_measured_here(lab) -> None:
    @measurement
    def local(x: int):
        return {"x": x}

    assert local(3)["x"] == 3
    assert lab.workers.pool.outcomes == []
    assert len(lab.store.there) == 1


def test_units_are_split_evenly_over_workers(lab) -> None:
    call = Call(colour_covariance, {}, tuple("abcde"))
    assert [piece.call.missing for piece in dispatch._pieces(lab.workers.pool, 0, call)] == [
        ("a", "b", "c"),
        ("d", "e"),
    ]


def same_letter(arguments, missing) -> list[str]:
    return [unit for unit in ("a:1", "a:2", "a:3", "b:1", "b:2") if unit[0] in {one[0] for one in missing}]


@measurement(each="units", whole=same_letter)
def layered(units):
    return {"value": np.array([int(unit[2:]) for unit in units])}


def test_what_one_pass_gives_is_one_task_and_all_of_it_is_kept(lab) -> None:
    assert layered(("a:1", "b:2", "a:3"))["value"].tolist() == [1, 2, 3]
    assert lab.workers.pool.outcomes == ["Done", "Done"]
    assert layered(("b:1", "a:2"))["value"].tolist() == [1, 2]
    assert lab.workers.pool.outcomes == ["Done", "Done"]


@measurement(each="units")
def odd_only(units):
    if any(int(unit[2:]) % 2 == 0 for unit in units):
        raise ValueError(f"{', '.join(units)}: expected odd numbers")
    return {"value": np.array([int(unit[2:]) for unit in units])}


def call(measure, units: tuple[str, ...]) -> Call:
    return Call(measure, measure.bound(units), units)


def test_a_call_that_fails_stops_no_other(lab) -> None:
    wrong, right = dispatch.measure(lab, [call(odd_only, ("a:2", "a:1")), call(layered, ("a:1", "b:2"))])
    assert isinstance(wrong, worker.TaskError)
    assert "a:2: expected odd numbers" in str(wrong)
    assert [int(result.values["value"]) for result in right] == [1, 2]
    assert len(lab.store.there) == 1 + 5  # a:1 beside a:2, and the two whole layers


def test_results_stand_in_the_order_of_what_was_missing_whoever_is_done_first(lab) -> None:
    units = ("a:9", "a:1", "a:7", "a:3", "a:5")
    (alone,) = dispatch.measure(labs.Lab(store=Memory(), closure=closure), [call(odd_only, units)])
    (split,) = dispatch.measure(lab, [call(odd_only, units)])
    assert lab.workers.pool.outcomes == ["Done", "Done"]
    assert [int(result.values["value"]) for result in split] == [9, 1, 7, 3, 5]
    assert [result.values["value"] for result in alone] == [result.values["value"] for result in split]


def test_several_are_yielded_in_order_each_once_it_is_kept(lab) -> None:
    several = [odd_only.bound((f"a:{number}",)) for number in (5, 3, 5, 1)]
    yielded = list(lab.workers.in_order(lab, odd_only, several))
    assert yielded == several
    assert lab.workers.pool.outcomes.count("Done") >= 3
    assert len(lab.store.there) == 3
    assert list(lab.workers.in_order(lab, odd_only, several)) == several
    with pytest.raises(worker.TaskError, match="expected odd numbers"):
        list(lab.workers.in_order(lab, odd_only, [odd_only.bound(("a:4",))]))


def test_what_was_kept_while_a_call_waited_is_not_measured_again() -> None:
    passes: list[tuple[str, ...]] = []

    @measurement(each="units", whole=same_letter)
    def noted(units):
        passes.append(tuple(units))
        return {"value": np.array([int(unit[2:]) for unit in units])}

    with labs.using(labs.Lab(store=Memory(), closure=closure)) as here:
        early, late = Call(noted, {"units": ()}, ("a:2",)), Call(noted, {"units": ()}, ("b:1", "a:1", "a:3"))
        answers = [dispatch.measure(here, [call])[0] for call in (early, late)]
    assert passes == [("a:2", "a:1", "a:3"), ("b:1", "b:2")]
    assert [[int(result.values["value"]) for result in answer] for answer in answers] == [[2], [1, 1, 3]]
