"""What is said of conflicts is what was counted."""

import numpy as np
import pytest

from figures.methods.cue_conflict import Bias, Examples
from figures.methods.observers.spread import Spread
from figures.words import cue_conflict as words


def row(observer: str, shape: int, texture: int, n: int = 20) -> Bias:
    known = shape + texture > 0
    bias, interval = (shape / (shape + texture), (0.1, 0.9)) if known else (None, None)
    return Bias(observer, "network", "", "shape", "*", n, shape, texture, n - shape - texture, 0, bias, interval)


def test_each_observer_has_values_of_its_own_name() -> None:
    said = words.bias([row("glyphs", 9, 3), row("my net (0)", 0, 0)])
    assert said.values["bias_glyphs"] == 0.75
    assert said.values["coverage_glyphs"] == pytest.approx(0.6)
    assert (said.values["shape_glyphs"], said.values["texture_glyphs"]) == (0.45, 0.15)
    assert said.values["bias_my-net-0"] == said.values["bias_low_my-net-0"] == "undefined"
    assert "glyphs 75% (of the 60% of answers that follow a cue), my net (0) undefined" in said.alt


def examples() -> Examples:
    """Two conflicts of shape 0 in texture 1: one answered by shape, one by a third class."""
    sure = np.eye(3)[[0, 2]] * 0.8 + 0.2 / 3
    return Examples(
        np.zeros((2, 3, 8, 8, 3), np.uint8), np.stack([sure] * 3, axis=1), np.zeros(2, int), np.ones(2, int)
    )


def test_examples_are_counted_by_the_cue_of_their_first_answer() -> None:
    said = words.examples(examples(), "net", 3)
    assert dict(said.values) == {"count": 2, "by_shape": 1, "by_texture": 0}
    assert said.alt == "2 shapes in the texture of another class; net follows the shape in 1, the texture in 0."
    assert "(seed 3)" in said.notes[0]


def test_the_table_names_the_cue_that_an_answer_follows() -> None:
    columns = examples().columns(("disc", "arc", "star"), 2)
    assert columns["answer"][:2] == ["disc", "arc"]
    assert columns["cue"][:2] == ["shape", "texture"]
    assert len(columns["cue"]) == 2 * 3 * 2


def test_networks_with_finer_classes_are_told_together() -> None:
    said = words.bias([row("a", 1, 1)], {"a": (207, 16), "b": (207, 16), "c": (4, 2)})
    assert [note.partition(";")[0] for note in said.notes[1:]] == [
        "a and b: 207 classes, grouped into 16 categories", "c: 4 classes, grouped into 2 categories",
    ]  # fmt: skip


def test_boxes_are_told_by_their_middle_half() -> None:
    said = words.boxes([Spread("net", 0, 0.2, 0.3, 0.4, 1, ())], 10)
    assert "net 20% to 40%" in said
    assert "10 people" in said
    assert "people" not in words.boxes([], 0)
