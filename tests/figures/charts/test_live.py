"""The first state of a live figure, and what its script goes on with."""

import numpy as np

from figures.charts import live as charts
from figures.methods.exported.exported import Exported
from figures.methods.live.ablation import LiveAblation
from figures.methods.live.classes import LiveClasses
from figures.methods.live.scenes import Scene, Second
from figures.methods.live.units import LiveUnits, Tuned

WRITTEN = Exported(np.array('{"steps": []}'), np.zeros(4, np.uint8))


def scene(first: str = "arcs") -> Scene:
    second = Second("arcs", "radius", "px", 1.0, 9.0, 3.0)
    image = np.ones((3, 8, 8), np.float32)
    return Scene(8, (4.0, 4.0), 6.0, 2.0, (second,), ("one",), image[None], first, 90.0, image)


def head() -> LiveClasses:
    return LiveClasses("net", "answer", ("no", "perhaps", "yes"), np.array([0.25, 0, 0.75]), 2, scene("one"), WRITTEN)


def switched() -> LiveAblation:
    on, off = np.array([0.9, 0.1, 0.0]), np.array([0.2, 0.1, 0.7])
    return LiveAblation("net", "a", ("a:1",), (1,), "answer", ("no", "perhaps", "yes"), on, off, 2, scene(), WRITTEN)


def seen() -> LiveUnits:
    tuned = Tuned("arcs", np.array([1.0, 3.0]), np.array([[[0.0, 2.0], [1.0, 0.0]]]))
    return LiveUnits(
        "net", "a", ("a:1",), (1,), np.array([[2, 3]]), np.array([0.5]), True, (tuned,), scene(), (0, 0, 4, 4),
        WRITTEN,
    )  # fmt: skip


def test_the_curve_is_that_of_the_nearest_size_and_only_what_is_read_is_computed():
    live = charts.units(seen(), alt_text="An arc.")
    assert live.curve == (0.5, 0.0)
    assert live.scene["wanted"] == {"a": [2, 3, 3, 4]}
    assert live.network["weights"] == "AAAAAA=="
    assert list(live.scene["pictures"]) == ["one"]
    assert list(live.problems()) == []


def test_the_likeliest_classes_stand_first_and_all_are_compared():
    live = charts.classes(head(), alt_text="One.")
    assert [one.name for one in live.answers] == ["yes", "no"]
    assert live.scene["measured"] == [0.25, 0.0, 0.75]
    assert live.scene["wanted"] == {"answer": None}
    assert list(live.problems()) == []


def test_what_is_off_stands_before_what_was_with_the_units_on():
    live = charts.ablation(switched(), alt_text="One.")
    assert [(one.name, one.value, one.before) for one in live.answers] == [("no", 0.2, 0.9), ("yes", 0.7, 0.0)]
    assert (live.switches, live.scene["channels"]) == (("a:1",), (1,))
