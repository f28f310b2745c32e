import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from figures import lab as labs
from figures.measurement import canonical, decode, encode, measurement


class Memory:
    def __init__(self) -> None:
        self.there: dict = {}

    def record(self, kind, key):
        return self.there.get((kind, key))

    def get(self, kind, key):
        return self.there.get((kind, key))

    def put(self, kind, key, meta, objects) -> None:
        entry = type("Entry", (), {"meta": meta, "read": staticmethod(objects.__getitem__)})
        self.there[kind, key] = entry


RUNS: list[tuple] = []


@measurement
def whole(x, *, power: int = 2):
    """Raise."""
    RUNS.append(("whole", x))
    return {"y": np.float32(x) ** power, "name": "a"}


@measurement(each="units")
def each_unit(units, *, scale: float = 1.0):
    RUNS.append(("each", units))
    return {"value": np.array([[int(u) * scale, 1.0] for u in units])}


@pytest.fixture
def lab():
    RUNS.clear()
    one = labs.Lab(store=Memory(), closure=lambda function: function.__name__)
    with labs.using(one):
        yield one


def test_without_a_store_it_just_runs() -> None:
    RUNS.clear()
    assert whole(3)["y"] == 9
    assert whole(3)["y"] == 9
    assert len(RUNS) == 2
    assert whole.__doc__ == "Raise."


def test_the_second_call_is_remembered_and_defaults_count(lab) -> None:
    assert whole(3)["y"] == whole(x=3, power=2)["y"] == 9
    assert whole(3, power=3)["y"] == 27
    assert len(RUNS) == 2


def test_only_missing_units_are_measured_together(lab) -> None:
    each_unit(("1", "2"))
    result = each_unit(("4", "2", "3", "4"))
    assert RUNS[1:] == [("each", ("4", "3"))]
    assert result["value"][:, 0].tolist() == [4, 2, 3, 4]


def test_traces_tell_what_was_found(lab) -> None:
    whole(5)
    whole(5)
    assert [trace.found for trace in lab.take_traces()] == [False, True]
    assert lab.take_traces() == []


def test_a_changed_source_measures_again(lab) -> None:
    whole(3)
    lab.closure = lambda function: "edited"
    whole(3)
    assert len(RUNS) == 2


def test_arrays_survive_encoding_exactly() -> None:
    values = {"a": np.arange(6, dtype=np.int16).reshape(2, 3), "b": np.asarray("text"), "c": np.float64(np.pi)}
    back = decode(encode(values))
    assert all(np.array_equal(back[k], values[k]) and back[k].dtype == np.asarray(values[k]).dtype for k in values)
    assert encode(values) == encode(values)


def test_arguments_count_by_content(tmp_path) -> None:
    path, copy = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_text("x")
    copy.write_text("x")
    assert canonical(path) == canonical(copy)
    assert canonical(np.zeros(3)) != canonical(np.zeros((3, 1)))
    assert canonical({"b": 1, "a": (2.0, None)}) == canonical({"a": [2.0, None], "b": 1})
    with pytest.raises(TypeError, match="function"):
        canonical(lambda: None)


@measurement
def costly(x: int, *, fail: bool = False):
    RUNS.append(("costly", x))
    if fail and x == 2:
        raise ValueError("two is too many")
    time.sleep(0.05)
    labs.current().note(precision="bfloat16")
    return {"x": x}


@measurement
def gathered(count: int, *, fail: bool = False):
    return {"sum": sum(int(one["x"]) for one in costly.over([{"x": x, "fail": fail} for x in range(count)]))}


@measurement
def nested(x: int):
    return {"y": costly(x)["x"] + 1}


def test_one_over_many_yields_in_order_and_finds_what_is_there(lab) -> None:
    costly(1)
    RUNS.clear()
    assert [int(one["x"]) for one in costly.over([{"x": x} for x in (2, 1, 0)])] == [2, 1, 0]
    assert RUNS == [("costly", 2), ("costly", 0)]


def test_what_is_finished_is_kept_when_a_later_one_fails(lab) -> None:
    with pytest.raises(ValueError, match="two is too many"):
        gathered(4, fail=True)
    RUNS.clear()
    with pytest.raises(ValueError, match="two is too many"):
        gathered(4, fail=True)
    assert RUNS == [("costly", 2)]


def test_costs_are_those_of_measuring_everything_once_wherever_it_was_found(lab) -> None:
    costly(0)
    lab.take_traces()
    assert nested(0)["y"] == 1
    gathered(3)
    traces = lab.take_traces()
    assert [trace.measurement.rpartition(".")[2] for trace in traces] == ["nested", "gathered"]
    assert 0.05 <= traces[0].seconds < 0.1
    assert 0.15 <= traces[1].seconds < 0.3


def test_a_record_tells_where_it_was_measured_and_one_over_many_where_its_parts_were(lab) -> None:
    nested(5)
    gathered(2)
    gathered(2)
    where = [trace.where for trace in lab.take_traces()]
    assert where == [{"device": "cpu", "precision": "float32"}] + [{"device": "cpu", "precision": "bfloat16"}] * 2


def test_one_over_many_runs_without_a_store_too() -> None:
    with labs.using(labs.Lab()):
        assert gathered(3)["sum"] == 3


def test_units_of_different_shapes_make_a_row_of_objects(lab) -> None:
    result = ragged(("1", "3"))
    assert [array.tolist() for array in result["value"]] == [[1], [3, 3, 3]]
    assert [array.tolist() for array in ragged(("3", "1"))["value"]] == [[3, 3, 3], [1]]


@measurement(each="units")
def ragged(units):
    row = np.empty(len(units), object)
    for index, unit in enumerate(units):
        row[index] = np.full(int(unit), int(unit))
    return {"value": row}


@dataclass(frozen=True)
class Squares:
    square: np.ndarray
    root: np.ndarray | None = None


PASSES: list[tuple[str, ...]] = []


def same_layer(arguments: Mapping[str, object], missing: Sequence[str]) -> list[str]:
    return [f"{unit.partition(':')[0]}:{index}" for unit in missing for index in range(4)]


@measurement(each="units", whole=same_layer)
def squares(units: Sequence[str]) -> Squares:
    """Square the indices of units."""
    PASSES.append(tuple(units))
    return Squares(np.array([int(unit.partition(":")[2]) ** 2 for unit in units]))


def test_a_record_comes_back_as_a_record_also_from_the_store(lab) -> None:
    fresh, again = squares(("a:3",)), squares(("a:3",))
    with labs.using(labs.Lab()):
        alone = squares(("a:3",))
    for record in (fresh, again, alone):
        assert isinstance(record, Squares)
        assert record.square.tolist() == [9]
        assert record.root is None


def test_what_a_pass_gives_for_a_whole_layer_is_kept_for_the_whole_layer(lab) -> None:
    PASSES.clear()
    assert squares(("a:1", "b:2")).square.tolist() == [1, 4]
    assert PASSES == [("a:1", "b:2", "a:0", "a:2", "a:3", "b:0", "b:1", "b:3")]
    assert squares(("a:3", "b:2", "a:0")).square.tolist() == [9, 4, 0]
    assert len(PASSES) == 1


@measurement(each="units")
def in_pieces(units, *, stop_at: int = 9):
    for unit in units:
        if int(unit) == stop_at:
            raise KeyboardInterrupt
        RUNS.append(("piece", unit))
        labs.current().finished([unit], {"value": np.array([int(unit)])})
    return {"value": np.array([int(unit) for unit in units])}


def test_what_is_finished_is_kept_however_the_rest_ends(lab) -> None:
    with pytest.raises(KeyboardInterrupt):
        in_pieces(("1", "2", "9"))
    assert in_pieces(("1", "2"))["value"].tolist() == [1, 2]
    assert [unit for _, unit in RUNS] == ["1", "2"]


def test_what_is_finished_early_is_the_same_and_kept_once(lab, monkeypatch: pytest.MonkeyPatch) -> None:
    put, keys = lab.store.put, []
    monkeypatch.setattr(lab.store, "put", lambda kind, key, *rest: (keys.append(key), put(kind, key, *rest)))
    early = in_pieces(("3", "4"))
    assert len(keys) == len(set(keys)) == 2
    np.testing.assert_array_equal(early["value"], in_pieces(("3", "4"))["value"])
