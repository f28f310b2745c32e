"""A grid of stimuli on a network that has not been trained: shapes of things, not values."""

import numpy as np
import pytest

from figures.gallery import stimulus_grid
from figures.methods import datasets, families, models, sigma, tuning_curves
from tests.figures.checked_artifacts import check_parts

MODEL, DATA = "glyphs-untrained", "glyphs:24"
UNITS = ("conv2:9", "conv2:3")
SMALL = {"model": MODEL, "dataset": DATA, "orientations": 24}


@pytest.mark.slow
@pytest.mark.parametrize("family", ["arcs", "coloured"])
def test_stimulus_grid(family: str) -> None:
    made = stimulus_grid.stimulus_grid(unit=UNITS[0], family=(family,), columns=12, **SMALL)
    check_parts(made)
    network = models.load(MODEL)
    measured = families.family_responses(network, UNITS[:1], family=families.find(family), orientations=24)
    scale = sigma.of(network, datasets.load(DATA), UNITS[:1]).values[0]
    table = np.array(made.table.rows)[:, 1:]
    assert table == pytest.approx(tuning_curves.rectify(measured.pre_activation[0, ::2]) / scale, abs=6e-4)
    assert made.values["stimuli"] == 12 * 8
    assert made.parts[0].svg.count("<path") > 12 * 8 * 2
    with pytest.raises(ValueError, match="columns 7; expected a divisor of orientations 24"):
        stimulus_grid.stimulus_grid(unit=UNITS[0], columns=7, orientations=24)
