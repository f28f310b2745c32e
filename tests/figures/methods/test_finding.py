"""Units of known direction, width and echo are found, and only they."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from figures import measurement
from figures.methods import datasets, finding, models

sys.path.insert(0, str(Path(__file__).parents[1]))

import arc_networks
import family_records as records
import wide_networks

ANGLES = (0.0, 50.0, 130.0, 250.0)
DATA = "glyphs:24"


def away(found: np.ndarray, expected: tuple[float, ...]) -> np.ndarray:
    return np.abs((found - np.array(expected) + 180) % 360 - 180)


@pytest.fixture(scope="module")
def plain() -> finding.CurveTuning:
    return finding.curve_tuning(arc_networks.network("plain", ANGLES), datasets.load(DATA), "arcs")


@pytest.fixture(scope="module")
def echoing() -> finding.CurveTuning:
    return finding.curve_tuning(arc_networks.network("echoing", ANGLES, echo=0.6), datasets.load(DATA), "arcs")


def test_the_directions_are_known(plain: finding.CurveTuning) -> None:
    assert away(plain.preferred_deg, ANGLES).max() < 12
    assert plain.curve.shape == (4, 72)
    assert away(plain.curve.argmax(axis=1) * 5.0, tuple(plain.preferred_deg)).max() < 20
    assert plain.strict.sum() >= 3
    assert plain.tuned.all()
    assert (plain.colours == 6).all()


def test_the_echo_is_the_share_of_the_opposite_filter(echoing: finding.CurveTuning) -> None:
    assert echoing.echo == pytest.approx([0.6] * 4, abs=0.06)
    assert not echoing.strict.any()
    assert echoing.tuned.sum() >= 3


@pytest.mark.slow
def test_a_higher_threshold_makes_narrower_curves(plain: finding.CurveTuning) -> None:
    narrow = finding.curve_tuning(arc_networks.network("narrow", ANGLES, threshold=2.4), datasets.load(DATA), "arcs")
    assert (narrow.half_width_deg < plain.half_width_deg).all()


def test_chosen_units_are_ordered_and_spread() -> None:
    seen = replace(
        records.curve_tuning((100.0, 95.0, 300.0, 10.0)),
        strict=np.array([True, True, True, True, False]),
        preferred_deg=np.array([100.0, 95.0, 300.0, 10.0, 50.0]),
        resultant=np.array([0.9, 0.8, 0.2, 0.5, 1.0]),
    )
    assert finding.chosen(seen).tolist() == [3, 1, 0, 2]
    assert finding.chosen(seen, most=3).tolist() == [1, 0, 2]  # one third of the circle holds three, one none
    assert finding.chosen(seen, most=2).tolist() == [0, 2]
    with pytest.raises(ValueError, match="rule 'strickt'; expected strict, lenient, tuned; did you mean 'strict'"):
        finding.chosen(seen, "strickt")


def test_a_record_is_kept_and_comes_back_as_it_was(plain: finding.CurveTuning) -> None:
    kept = finding.curve_tuning.record(**measurement.decode(measurement.encode(vars(plain))))
    assert all(np.array_equal(one, other) for one, other in zip(vars(kept).values(), vars(plain).values(), strict=True))


def test_rows_have_plain_types(plain: finding.CurveTuning) -> None:
    first, second = finding.rows(plain, np.array([2, 0]))
    assert (first["unit"], second["unit"]) == (2, 0)
    assert first["width_deg"] == pytest.approx(2 * plain.half_width_deg[2], abs=1e-4)
    assert first["strict"] is bool(plain.strict[2])
    assert {type(value) for value in first.values()} == {int, float, bool}
    assert set(first) == {
        "unit", "preferred_deg", "echo", "resultant", "peak", "ceiling", "line", "width_deg", "radii", "colours",
        "fills", "strict",
    }  # fmt: skip


@pytest.mark.parametrize("layer", ["conv1", "conv2", "mixed3a"])
def test_the_middle_of_an_image_answers_as_the_whole_does(layer: str) -> None:
    import torch

    from figures.methods.activations import activations
    from figures.methods.curves import central

    model = models.load("glyphs")
    shown, images = finding._shown(model, layer), torch.rand(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    border = (64 - shown.side_px) // 2
    assert border > 0
    middle = images[:, :, border : 64 - border, border : 64 - border]
    whole = central(activations(model, images, layer))
    assert torch.allclose(shown.answer(model, middle, layer), whole, atol=1e-4)


def test_what_answers_to_all_of_an_image_is_shown_all_of_it() -> None:
    assert finding._shown(wide_networks.load("gated"), "0").side_px < 64
    assert finding._shown(wide_networks.load("plain"), "2").side_px < 64
    assert finding._shown(wide_networks.load("gated"), "2").side_px == 64


@pytest.mark.slow
def test_a_network_of_noise_has_none() -> None:
    found = finding.curve_tuning(models.load("glyphs-untrained"), datasets.load(DATA), "conv2")
    assert len(found.strict) == 48
    assert not found.strict.any()
