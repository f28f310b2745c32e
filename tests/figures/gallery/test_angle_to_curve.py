"""Angles that become arcs, on a network that has not been trained: shapes of things, not values."""

import pytest

from figures import run
from figures.gallery import angle_to_curve
from tests.figures.checked_artifacts import check_parts

UNITS = ("conv2:9", "conv2:3")
SMALL = {"model": "glyphs-untrained", "dataset": "glyphs:24", "orientations": 24}


@pytest.mark.slow
def test_angle_to_curve_counts_who_prefers_arcs() -> None:
    made = angle_to_curve.angle_to_curve(units=UNITS, steps=3, **SMALL)
    check_parts(made)
    assert {row[0] for row in made.table.rows} == {"angles", "50% round", "arcs"}
    tops = [{unit: max(max(row[3:]) for row in made.table.rows if row[:2] == (kind, unit)) for unit in UNITS}
            for kind in ("angles", "arcs")]  # fmt: skip
    assert made.values["prefer_arcs"] == sum(tops[1][unit] > tops[0][unit] for unit in UNITS)
    assert "50_round_max_sigma" in made.values
    with pytest.raises(ValueError, match="steps: 1; expected 2 to 6"):
        run.figure("angle-to-curve", units=UNITS, steps=1)
