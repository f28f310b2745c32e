import dataclasses
import pickle
import sys
from pathlib import Path

import numpy as np
import pytest

from figures import dispatch, worker
from figures import lab as labs
from figures.measurement import Call, measurement
from figures.methods import datasets, models
from figures.methods.scan.colours import colour_covariance
from tests.figures.test_measurement import Memory

LIBRARY = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "figures"}


@pytest.fixture(autouse=True)
def _one_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let names lead to the modules imported above, whatever builds of other tests made of them."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "figures"]:
        monkeypatch.delitem(sys.modules, name)
    for name, module in LIBRARY.items():
        monkeypatch.setitem(sys.modules, name, module)


def closure(function) -> str:
    return function.__qualname__


@dataclasses.dataclass
class Inline:
    """Workers that are this process, after all; they say which tasks they had."""

    lab: labs.Lab
    count: int = 2
    outcomes: list[str] = dataclasses.field(default_factory=list)

    def run(self, tasks):
        for number, data in reversed(list(enumerate(tasks))):
            answer = worker.perform(self.lab, data)
            self.outcomes.append(type(pickle.loads(answer)).__name__)
            yield number, answer


@pytest.fixture
def lab():
    there = labs.Lab(device="cpu", closure=closure)
    with labs.using(labs.Lab(store=Memory(), closure=closure, workers=dispatch.Dispatcher(Inline(there)))) as here:
        yield here


def task(measure, **arguments) -> worker.Task:
    bound = measure.bound(**arguments)
    call = Call(measure, bound, tuple(measure.each_of(bound)))
    return worker.Task(worker.pack(call), measure.parts(labs.current(), bound))


def test_networks_and_data_sets_travel_by_name_and_files_with_their_content(lab, tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("a,b")
    model, data = models.load("glyphs"), datasets.load("glyphs:8")
    packed = worker.pack(Call(colour_covariance, {"dataset": data, "model": model, "path": path}, (None,)))
    assert len(packed) < 1000
    path.unlink()
    there = worker.unpack(packed).arguments
    assert there["model"].digest == model.digest
    assert there["dataset"].digest == data.digest
    assert there["path"].read_text() == "a,b"
    assert there["path"].name == "labels.csv"


def test_parts_and_views_of_data_sets_travel_too(lab) -> None:
    data = datasets.load("glyphs:100").part(10, 20).sized(32, 1)
    there = worker.unpack(worker.pack(Call(colour_covariance, {"dataset": data}, (None,)))).arguments["dataset"]
    assert there.digest == data.digest


def test_results_of_workers_are_kept_and_equal_those_made_here(lab) -> None:
    data = datasets.load("glyphs:8")
    found = colour_covariance(data)
    assert lab.workers.pool.outcomes == ["Done"]
    assert len(lab.store.there) == 1
    with labs.using(labs.Lab()):
        assert np.array_equal(found["covariance"], colour_covariance(data)["covariance"])
    colour_covariance(data)
    assert lab.workers.pool.outcomes == ["Done"]


def test_other_weights_or_code_on_a_worker_are_an_error_and_nothing_is_kept(lab) -> None:
    lab.workers.pool.lab.closure = lambda function: f"{closure(function)} of another version"
    with pytest.raises(worker.TaskError, match="the worker has other code for it"):
        colour_covariance(datasets.load("glyphs:8"))
    lab.workers.pool.lab.closure = lambda function: closure(function) + ("!" if function.__name__ == "drawn" else "")
    with pytest.raises(worker.TaskError, match="dataset: the worker has another one of this name"):
        colour_covariance(datasets.load("glyphs:8"))
    assert lab.store.there == {}


def test_what_cannot_travel_is_measured_here(lab) -> None:
    @measurement
    def local(x: int):
        return {"x": x}

    assert local(3)["x"] == 3
    assert lab.workers.pool.outcomes == []
    assert len(lab.store.there) == 1


def test_an_error_travels_with_its_lines() -> None:
    try:
        int("x")
    except ValueError as error:
        failed = worker.failed(error)
    assert (failed.kind, failed.message) == ("", "invalid literal for int() with base 10: 'x'")
    assert failed.frames[-1][0] == __file__
    assert worker.failed(KeyError("k")).kind == "KeyError"


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
