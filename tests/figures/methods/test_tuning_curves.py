"""Curves whose peaks, widths and echoes are known."""

import math

import numpy as np
import pytest

from figures.methods import tuning_curves

ANGLES = np.arange(720) / 2


def von_mises(kappa: float, at_deg: float = 0.0) -> np.ndarray:
    return np.exp(kappa * (np.cos(np.radians(ANGLES - at_deg)) - 1))


@pytest.mark.parametrize("kappa", [1.5, 4.0, 20.0])
@pytest.mark.parametrize("at", [0.0, 63.0, 359.5])
def test_the_half_height_width_of_a_von_mises_curve(kappa: float, at: float) -> None:
    expected = 2 * math.degrees(math.acos(1 - math.log(2) / kappa))
    assert tuning_curves.width_deg(von_mises(kappa, at)) == pytest.approx(expected, abs=0.01)
    assert tuning_curves.preferred_deg(von_mises(kappa, at)) == at
    assert tuning_curves.mean_deg(von_mises(kappa, at)) == pytest.approx(at, abs=1e-6)


def test_the_half_height_width_of_a_rectified_cosine_is_120_degrees() -> None:
    assert tuning_curves.width_deg(np.maximum(np.cos(np.radians(ANGLES - 17)), 0)) == pytest.approx(120, abs=1e-6)


def test_a_curve_that_never_falls_to_half_has_all_of_the_circle() -> None:
    assert tuning_curves.width_deg(1 + 0.2 * np.cos(np.radians(ANGLES))) == 360


def test_the_echo_looks_only_near_the_opposite_direction() -> None:
    curve = np.zeros(720)
    curve[60], curve[240], curve[430], curve[555] = 1.0, 0.9, 0.4, 0.6  # 30, 120, 215 and 277.5 degrees
    assert tuning_curves.echo_ratio(curve) == pytest.approx(0.4)
    curve[510] = 0.55  # 255 degrees, just within 45 of 210
    assert tuning_curves.echo_ratio(curve) == pytest.approx(0.55)
    assert tuning_curves.echo_ratio(7 * curve) == pytest.approx(0.55)


def test_the_resultant_of_a_spike_is_one_and_of_a_level_is_zero() -> None:
    assert tuning_curves.resultant_length(np.eye(720)[100]) == pytest.approx(1)
    assert tuning_curves.resultant_length(np.ones(720)) == pytest.approx(0, abs=1e-12)
    bessel = np.exp(4 * np.cos(np.radians(ANGLES)))
    assert tuning_curves.resultant_length(von_mises(4)) == pytest.approx(
        (bessel * np.cos(np.radians(ANGLES))).sum() / bessel.sum()
    )


def test_a_flat_top_prefers_its_middle() -> None:
    curve = np.zeros(720)
    curve[[718, 719, 0, 1, 2, 3, 4]] = 2.0
    assert tuning_curves.preferred_deg(np.roll(curve, 3)) == pytest.approx(2)


def test_a_silent_unit_has_no_angle() -> None:
    told = tuning_curves.summary(np.stack([np.zeros(720), von_mises(4)]))
    assert all(
        math.isnan(getattr(told, name)[0]) for name in ("preferred_deg", "mean_deg", "width_deg", "echo", "resultant")
    )
    assert told.peak.tolist() == [0, 1]
    assert told.preferred_deg[1] == 0


def test_the_largest_gap_goes_round_the_circle() -> None:
    assert tuning_curves.largest_gap_deg([10, 350, 100, np.nan]) == pytest.approx(250)
    assert tuning_curves.largest_gap_deg([300, 20, 100]) == pytest.approx(200)
    assert tuning_curves.largest_gap_deg([45]) == 360
