"""Copies of one feature score 1, other families less."""

import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from figures.methods import equivariance, models, tuning, tuning_curves

sys.path.insert(0, str(Path(__file__).parents[1]))

import arc_networks

ANGLES = (0.0, 50.0, 130.0, 250.0)
AT = np.arange(360)


def bell(at_deg: float, width_deg: float = 30.0, height: float = 1.0) -> np.ndarray:
    away = (AT - at_deg + 180) % 360 - 180
    return height * np.exp(-0.5 * (away / width_deg) ** 2)


def test_copies_of_a_curve_are_explained_wholly() -> None:
    curves = np.stack([bell(angle, height=1 + i) for i, angle in enumerate(ANGLES)])
    turned = equivariance.aligned(curves, ANGLES)
    score, each = equivariance.explained(turned)
    assert score == pytest.approx(1, abs=1e-9)
    assert each == pytest.approx([1] * 4, abs=1e-9)
    assert equivariance.agreement(turned) == pytest.approx(np.ones((4, 4)), abs=1e-9)
    assert turned.argmax(axis=1).tolist() == [0] * 4


def test_other_curves_are_explained_less() -> None:
    copies = np.stack([bell(angle) for angle in ANGLES])
    mixed = np.stack([bell(0), bell(50, 90), bell(130) + 0.8 * bell(310), bell(250, 10)])
    scores = [equivariance.explained(equivariance.aligned(one, ANGLES))[0] for one in (copies, mixed)]
    assert scores[1] < 0.9 < scores[0]


def test_a_silent_unit_counts_for_nothing() -> None:
    curves = np.stack([bell(0), bell(90), np.zeros(360)])
    score, each = equivariance.explained(equivariance.aligned(curves, [0, 90, np.nan]))
    assert score == pytest.approx(1)
    assert np.isnan(each[2])


def test_a_picture_turns_clockwise() -> None:
    image = torch.zeros(1, 9, 9)
    image[0, 4, 8] = 1  # to the right
    turned = equivariance.turn(image, 90)[0]
    assert divmod(int(turned.argmax()), 9) == (8, 4)  # now below
    assert torch.allclose(equivariance.turn(image, 0), image, atol=1e-6)


def test_what_lies_in_the_middle_of_a_turn_stays() -> None:
    image = torch.zeros(1, 20, 20)
    image[0, 13, 6] = 1
    for angle in (30, 90, 200):
        assert int(equivariance.turn(image, angle, (6.5, 13.5))[0].argmax()) == 13 * 20 + 6


@pytest.fixture(scope="module")
def family() -> models.Model:
    return arc_networks.network("family", ANGLES)


@pytest.fixture(scope="module")
def shuffled() -> models.Model:
    """The same filters, each with its own order of pixels."""
    mix = torch.Generator().manual_seed(0)
    filters = arc_networks.templates(ANGLES)
    side = filters.shape[-1]
    orders = [torch.randperm(side * side, generator=mix) for _ in filters]
    flat = torch.stack([one.flatten(1)[:, order] for one, order in zip(filters, orders, strict=True)])
    return arc_networks.network("shuffled", ANGLES, threshold=0.0, filters=flat.reshape(filters.shape))


def curves_of(model: models.Model) -> tuple[np.ndarray, np.ndarray]:
    units = tuple(f"arcs:{i}" for i in range(4))
    got = tuning.arc_responses(model, units, orientations=120, radii_px=(6.0, 7.5, 10.0), reach=0)
    curves = tuning_curves.rectify(got.pre_activation).mean(axis=2)
    return curves, tuning_curves.summary(curves).preferred_deg


def test_a_network_of_turned_filters_is_one_feature(family: models.Model, shuffled: models.Model) -> None:
    scores = [equivariance.explained(equivariance.aligned(*curves_of(one)))[0] for one in (family, shuffled)]
    assert scores[0] > 0.9
    assert scores[1] < scores[0] - 0.3


def test_filters_turned_to_each_other_are_the_same() -> None:
    filters = arc_networks.templates(ANGLES).numpy()
    cosines = equivariance.turned_filters(filters, ANGLES)
    apart = ~np.eye(4, dtype=bool)
    assert cosines.turned[apart].min() > 0.95
    assert cosines.still[apart].max() < 0.6


def test_turned_pictures_serve_all_units(family: models.Model) -> None:
    units = tuple(f"arcs:{i}" for i in range(4))
    ink = arc_networks.templates(ANGLES).numpy()
    pictures = np.full((4, 48, 48, 3), 0.5, np.float32)
    pictures[:, 12:37, 12:37] += np.moveaxis(ink, 1, -1) / np.abs(ink).max() / 2
    shown = equivariance.turned_pictures(family, units, pictures, np.array(ANGLES))
    apart = ~np.eye(4, dtype=bool)
    relative, still = shown.turned / shown.own, shown.still / shown.own
    assert np.diag(relative) == pytest.approx([1] * 4, abs=0.02)
    assert relative[apart].min() > 0.7
    assert still[apart].max() < 0.5


def test_only_the_large_filters_of_a_first_layer_are_compared(family: models.Model) -> None:
    glyphs = models.load("glyphs")
    assert equivariance.filters(glyphs, "conv1").shape == (32, 3, 7, 7)
    assert equivariance.filters(glyphs, "conv2") is None
    assert equivariance.filters(glyphs, "mixed3b") is None
    assert equivariance.filters(family, "arcs").shape == (4, 3, 25, 25)


def test_a_family_is_compared_by_all_there_is(family: models.Model) -> None:
    units = tuple(f"arcs:{i}" for i in range(4))
    seen = tuning.of(family, units, orientations=72, radii_px=(6.0, 7.5, 10.0))
    alike = equivariance.of(family, seen, np.full((4, 48, 48, 3), 128, np.uint8))
    assert alike.units == units
    assert alike.explained > 0.9
    assert alike.filters is not None
    assert alike.filters.mean_turned > alike.filters.mean_still
    assert alike.pictures is not None
    assert list(alike.columns())[0] == "unit"
    assert equivariance.of(family, seen).pictures is None


def test_means_leave_out_the_unit_itself_and_what_is_not_known() -> None:
    matrix = np.array([[9.0, 1.0, 2.0], [3.0, 9.0, np.nan], [5.0, 4.0, 9.0]])
    assert equivariance.mean_of_others(matrix) == pytest.approx([4.0, 2.5, 2.0])
    assert equivariance.mean_of_pairs(matrix) == pytest.approx(3.0)
    assert np.isnan(equivariance.mean_of_pairs(np.ones((1, 1))))
    assert np.isnan(equivariance.mean_of_others(np.full((2, 2), np.nan))).all()
