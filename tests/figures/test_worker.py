"""Calls travel to workers by the names and the content of what they are about, and errors come back."""

from pathlib import Path

import pytest

from figures import lab as labs
from figures import worker
from figures.measurement import Call
from figures.methods import datasets, models
from figures.methods.scan.colours import colour_covariance
from tests.figures.inline_workers import closure, library, put_back, with_workers

LIBRARY = library()


@pytest.fixture(autouse=True)
def _one_library(monkeypatch: pytest.MonkeyPatch) -> None:
    put_back(LIBRARY, monkeypatch)


@pytest.fixture
def lab():
    with labs.using(with_workers()) as here:
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


def test_other_weights_or_code_on_a_worker_are_an_error_and_nothing_is_kept(lab) -> None:
    lab.workers.pool.lab.closure = lambda function: f"{closure(function)} of another version"
    with pytest.raises(worker.TaskError, match="the worker has other code for it"):
        colour_covariance(datasets.load("glyphs:8"))
    lab.workers.pool.lab.closure = lambda function: closure(function) + ("!" if function.__name__ == "drawn" else "")
    with pytest.raises(worker.TaskError, match="dataset: the worker has another one of this name"):
        colour_covariance(datasets.load("glyphs:8"))
    assert lab.store.there == {}


def test_an_error_travels_with_its_lines() -> None:
    try:
        int("x")
    except ValueError as error:
        failed = worker.failed(error)
    assert (failed.kind, failed.message) == ("", "invalid literal for int() with base 10: 'x'")
    assert failed.frames[-1][0] == __file__
    assert worker.failed(KeyError("k")).kind == "KeyError"
