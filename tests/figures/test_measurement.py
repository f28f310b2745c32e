import numpy as np
import pytest

from figures import lab as labs
from figures.measurement import canonical, decode, encode, measurement


class Memory:
    def __init__(self) -> None:
        self.there: dict = {}

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
