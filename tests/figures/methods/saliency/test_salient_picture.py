"""A picture is mapped for a network and for its control, at the same place."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, models
from figures.methods.saliency import salient_picture
from figures.methods.saliency.maps import Recipe
from figures.methods.saliency.salient_picture import rank_correlation, scale
from tests.figures.salient import salient


def mapped(unit: str, methods: tuple[str, ...], model: str = "glyphs", *, control: bool = True):
    data = datasets.load("glyphs:8")
    recipe = Recipe(steps=2, patch_px=32)
    return salient_picture.of(models.load(model), data, "3", unit, methods, recipe=recipe, control=control)


@pytest.mark.slow
def test_a_unit_inside_a_layer_is_read_where_it_answers_most():
    seen = mapped("mixed3b:17", ("guided", "grad-cam", "guided"))
    assert seen.methods == ("guided", "grad-cam")
    assert seen.place is not None
    assert seen.rectified
    assert seen.control is not None
    assert np.isfinite(seen.correlations[0])
    assert seen.trained.deletion[0, 0] == pytest.approx(seen.trained.value[0], abs=1e-5)


def test_a_class_has_no_place_and_a_network_that_nobody_trained_no_control():
    seen = mapped("shape:2", ("gradient",), "glyphs@none")
    assert (seen.place, seen.control, seen.rectified) == (None, None, False)
    assert np.isnan(seen.correlations).all()


def test_a_method_that_there_is_not_is_told_before_anything_is_measured():
    with pytest.raises(ValueError, match="did you mean 'occlusion'"):
        mapped("shape:2", ("oclusion",))


def test_ranks_are_compared_and_equal_ones_shared():
    one = np.array([[0.0, 0.0], [1.0, 5.0]])
    assert rank_correlation(one, one**3) == pytest.approx(1)
    assert rank_correlation(one, -one) == pytest.approx(-1)
    assert np.isnan(rank_correlation(one, np.ones((2, 2))))


def test_a_map_is_full_at_the_99th_percentile_of_what_is_not_zero():
    values = np.zeros(1000)
    values[:101] = np.arange(-50, 51)
    assert scale(values) == pytest.approx(np.percentile(np.abs(values[values != 0]), 99))
    assert scale(np.zeros(3)) == 0
    seen = salient()
    assert seen.scaled(seen.trained, 0).shape == (3, 16, 16)
    assert np.abs(seen.scaled(seen.trained, 1)).max() == 1


def test_a_table_has_a_row_for_each_map_of_each_network():
    columns = salient().columns()
    assert columns["network"] == ["net"] * 3 + ["net before training"] * 3
    assert [gap is None for gap in columns["completeness gap"]] == [True, False, True] * 2
    assert [alike is None for alike in columns["correlation with control"]] == [False] * 3 + [True] * 3
