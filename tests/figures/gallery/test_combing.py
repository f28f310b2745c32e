"""Combing on a network that has not been trained: shapes of things, not values."""

import pytest

from figures import run
from figures.gallery import combing
from tests.figures.checked_artifacts import check_parts

UNITS = ("conv2:9", "conv2:3")
SMALL = {"model": "glyphs-untrained", "dataset": "glyphs:24", "orientations": 24}


def test_combing_starts_from_the_arc() -> None:
    made = combing.combing(units=UNITS, lengths_px=(0.0, 2.0), spacings_px=(3.0, 5.0), **SMALL)
    check_parts(made)
    assert [row[-1] for row in made.table.rows if row[4] == 0] == pytest.approx([0] * 4, abs=1e-3)
    assert made.values["most_raised_sigma"] >= 0 >= made.values["most_lowered_sigma"]
    with pytest.raises(ValueError, match="spacings_px: 0.0; expected numbers, each 1 to 1000"):
        run.figure("combing", units=UNITS, spacings_px=(0.0,))
