"""Families say how many units they have, where these look, and how they are tuned."""

import sys
from pathlib import Path

import numpy as np
import pytest

from figures.methods import curve_families, datasets, finding, models

sys.path.insert(0, str(Path(__file__).parents[1]))

import arc_networks
import family_records as records

ANGLES = (0.0, 50.0, 130.0, 250.0)
DATA = "glyphs:24"
EMPTY = np.array([], int)


@pytest.fixture(scope="module")
def model() -> models.Model:
    return arc_networks.network("family", ANGLES)


@pytest.mark.slow
def test_the_units_that_meet_a_rule_are_a_family_of_which_some_are_drawn(model: models.Model) -> None:
    data = datasets.load(DATA)
    family = curve_families.curve_family(model, data, "arcs", "tuned", most=2)
    assert family.names == tuple(f"arcs:{i}" for i in range(4))
    assert set(family.drawn_names) < set(family.names)
    assert len(family.drawn_names) == len(family.drawn_curves) == len(family.drawn_deg) == 2
    assert (family.network, family.layer_units, family.rectified) == ("family", 4, True)
    assert family.ceiling_images == 24
    assert family.radii_px[1] / family.radii_px[0] == pytest.approx(26 / 6)
    assert family.scale == pytest.approx(finding.scale(model, "arcs"))


@pytest.mark.slow
def test_units_that_are_given_are_families_of_their_layers_once_each(model: models.Model) -> None:
    (family,) = curve_families.of_units(model, datasets.load(DATA), ("arcs:3", "arcs:1", "arcs:3"))
    assert family.names == family.drawn_names == ("arcs:3", "arcs:1")


def test_numbers_are_those_of_the_units() -> None:
    family = records.curve_family((10.0, 100.0, 200.0))
    assert family.median_width_deg == pytest.approx(2 * np.median(records.HALF_WIDTHS))
    assert family.median_echo == pytest.approx(np.median(records.ECHOES))
    assert family.max_echo == pytest.approx(max(records.ECHOES))
    assert family.largest_gap_deg == pytest.approx(170)
    assert family.eighths == 3
    assert records.curve_family((359.0, 316.0)).eighths == 1


def test_an_empty_family_has_no_numbers() -> None:
    family = records.curve_family(units=EMPTY)
    assert family.eighths == 0
    numbers = (family.median_width_deg, family.median_echo, family.max_echo, family.median_resultant)
    assert np.isnan((*numbers, family.largest_gap_deg)).all()


def test_tables_have_a_row_for_each_family_or_unit() -> None:
    families = [records.curve_family(), records.curve_family((50.0,), network="glyphs-untrained")]
    listed = curve_families.listed(families)
    assert listed["network"] == ["glyphs"] * 3 + ["glyphs-untrained"]
    assert listed["preferred_deg"] == [10, 100, 200, 50]
    assert curve_families.columns(families)["units"] == [3, 1]
    assert {len(column) for column in curve_families.columns(families).values()} == {2}


def test_heads_and_layers_without_a_map_are_not_looked_through() -> None:
    network = models.load("glyphs")
    layers = curve_families.main_layers(network)
    assert set(layers) <= set(network.main)
    assert all(network.part(layer).height > 1 for layer in layers)
