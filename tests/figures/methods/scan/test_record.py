"""The record of a scan: positions that can be taken apart and joined, and one unit of a layer."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, models, scan
from figures.methods.scan import LayerScan, Positions
from figures.units import Unit
from tests.figures.unit_scans import unit_scan


@pytest.fixture(scope="module")
def scanned() -> LayerScan:
    return scan.of(models.load("glyphs-untrained"), datasets.load("glyphs:9"), "conv1", top=12)


def positions(*image: int) -> Positions:
    there = np.array(image)
    return Positions(there, there + 10, there + 20, np.where(there >= 0, there / 2, np.nan))


def test_only_those_that_are_there_are_known() -> None:
    some = positions(4, -1, 2)
    assert some.there.tolist() == [True, False, True]
    assert some.known.image.tolist() == [4, 2]
    assert some.known.places.tolist() == [[4, 14, 24], [2, 12, 22]]
    assert len(some[:2]) == 2


def test_rows_are_taken_and_what_is_no_row_is_nowhere() -> None:
    taken = positions(4, 6, 2).at(np.array([[2, -1], [0, 0]]))
    assert taken.image.tolist() == [[2, -1], [4, 4]]
    assert taken.x.tolist() == [[22, -1], [24, 24]]
    assert np.array_equal(taken.value, [[1, np.nan], [2, 2]], equal_nan=True)


def test_joined_rows_stay_in_order() -> None:
    joined = Positions.joined([positions(4, 2), positions(7)])
    assert joined.image.tolist() == [4, 2, 7]
    assert joined.value.tolist() == [2, 1, 3.5]


def test_a_unit_is_told_as_its_layer_tells_it(scanned) -> None:
    unit = scanned.unit(5)
    assert (unit.dataset, unit.images, unit.broken) == ("glyphs:9", 9, ())
    assert (unit.mean, unit.rectified_std) == (scanned.mean[5], scanned.rectified_std[5])
    assert np.array_equal(unit.samples.value, scanned.samples.value[5], equal_nan=True)
    assert unit.positions == 9 * np.prod(scanned.size)


def test_the_end_of_a_unit_with_a_minus_is_the_other_one(scanned) -> None:
    assert np.array_equal(scanned.furthest(Unit("conv1", 5), 4).value, scanned.top.value[5, :4])
    assert np.array_equal(scanned.furthest(Unit("conv1", 5, negative=True), 4).value, scanned.bottom.value[5, :4])
    assert len(scanned.end(Unit("conv1", 5))) == 12
    assert len(scanned.furthest(Unit("conv1", 5), 12)) == 9


def test_a_unit_fires_from_zero_on() -> None:
    values = np.array([-0.5, -0.1, 0.0, 0.1, 3.0])
    assert unit_scan(values).share_firing == pytest.approx(0.6)
