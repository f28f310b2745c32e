"""Units of one layer are read where they answer arcs most."""

import pytest

from figures.methods import datasets, models
from figures.methods.live import units


def test_units_of_several_layers_are_refused():
    with pytest.raises(ValueError, match="units of conv1 and conv2; expected units of one layer"):
        units.of(models.load("glyphs"), datasets.load("glyphs:8"), ("conv1:1", "conv2:1"), ())


@pytest.mark.slow
def test_the_answer_at_first_is_the_largest_of_the_measured_curve():
    seen = units.of(models.load("glyphs"), datasets.load("glyphs:8"), ("conv2:3", "conv2:5"), ("3",))
    assert seen.answers[0] == pytest.approx(seen.tuned[0].curves[0].max(), rel=1e-3)
