"""What is traced, and which steps of the way are shown."""

import numpy as np
import pytest

from figures.methods import datasets, models, spline_tracing, tracing

SEARCH = tracing.Search(seed=3)


@pytest.mark.parametrize("steps", [1, 5, 48, 96, 1000])
def test_stages_are_from_the_first_step_to_the_last_and_closer_at_first(steps: int) -> None:
    stages = spline_tracing.stages(steps)
    assert (stages[0], stages[-1]) == (0, steps)
    assert len(stages) <= spline_tracing.STAGES
    gaps = np.diff(stages)
    assert (gaps > 0).all()
    assert gaps[0] == gaps.min()
    assert gaps[-1] >= gaps.max() - 1


def test_a_curve_by_lot_is_known_and_an_image_is_that_of_the_data_set() -> None:
    model, data = models.load("glyphs"), datasets.load("glyphs:8")
    lot = spline_tracing.source(model, data, None, SEARCH)
    assert lot.truth == pytest.approx(tracing.curve(model.input_size, 3))
    assert lot.picture.shape == (64, 64, 3)
    numbered = spline_tracing.source(model, data, "5", SEARCH)
    assert numbered.truth is None
    np.testing.assert_array_equal(numbered.image, data.images([5])[0].numpy())


def test_a_table_has_every_step_and_distances_only_where_the_curve_is_known() -> None:
    steps, nothing = np.arange(4.0), np.full(4, np.nan)
    seen = spline_tracing.Tracing(("a:1",), "a", "b", np.zeros((4, 3, 2)), steps / 4, steps, nothing)
    assert seen.steps == 3
    assert not seen.known
    assert {len(column) for column in seen.columns().values()} == {4}
    assert spline_tracing.Tracing(("a:1",), "a", "b", np.zeros((4, 3, 2)), steps, steps, steps).known
