"""Tuning curves of a network that has not been trained: shapes of things, not values."""

import numpy as np
import pytest

from figures.gallery import tuning_curve
from figures.methods import models, tuning
from tests.figures.checked_artifacts import check_chart

MODEL, DATA = "glyphs-untrained", "glyphs:24"
UNITS = ("mixed3a:3", "mixed3a:9", "conv2:9")


@pytest.fixture(scope="module")
def curves() -> np.ndarray:
    got = tuning.arc_responses(models.load(MODEL), UNITS, orientations=36)
    return tuning.tuning_curve(got.pre_activation)


@pytest.mark.slow
@pytest.mark.parametrize("normalise", ["unit", "none"])
def test_tuning_curve(curves: np.ndarray, normalise: str) -> None:
    made = tuning_curve.tuning_curve(units=UNITS, model=MODEL, dataset=DATA, orientations=36, normalise=normalise)
    check_chart(made)
    assert made.table.columns == ("orientation_deg", *UNITS)
    table = np.array(made.table.rows)[:, 1:].T
    assert table == pytest.approx(curves, abs=1e-4)
    assert ("response (σ, rectified)" in made.parts[0].svg) == (normalise == "none")
    assert made.parts[0].svg.count("<image") == 18


def test_one_curve_is_told_in_the_singular() -> None:
    made = tuning_curve.tuning_curve(units=UNITS[:1], model=MODEL, orientations=36)
    assert made.alt.startswith("How strongly mixed3a:3 responds")


def test_an_unknown_unit_is_an_error_with_its_range() -> None:
    with pytest.raises(ValueError, match="mixed3a:999"):
        tuning_curve.tuning_curve(units=("mixed3a:999",), model=MODEL)
