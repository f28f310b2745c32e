"""The rubric calls a curve a curve where geometry says so."""

from __future__ import annotations

import numpy as np
import pytest

from figures.glyphs.geometry import contour
from figures.methods import datasets, rubric
from figures.methods.receptive_field import ReceptiveField
from figures.methods.rubric import CURVE, IMPERFECT, OPPOSING, UNRELATED, Pieces, Preference, preference

RIGHT = Preference(0.0, (8.0, 20.0))
FIELD_PX = 46
Y, X = np.mgrid[0:64, 0:64].astype(np.float32)


def pieces(distance) -> Pieces:
    return Pieces(*contour(distance[None].astype(np.float32), 1024))


def disc(x, y, radius) -> np.ndarray:
    return np.hypot(X - x, Y - y) - radius


def called(distance, unit=RIGHT, center=(32.0, 32.0)) -> int:
    return int(rubric.label(pieces(distance), np.array([center]), FIELD_PX, unit)[0])


def test_the_right_hand_edge_of_a_disc_is_a_curve_that_bulges_right():
    assert called(disc(20, 32, 12)) == CURVE


def test_a_stroke_counts_like_a_filled_figure():
    assert called(np.abs(disc(20, 32, 12)) - 1.5) == CURVE


def test_a_hole_bulges_like_a_disc():
    assert called(-disc(20, 32, 12)) == CURVE


@pytest.mark.parametrize(
    ("angle_deg", "expected"),
    [(0, CURVE), (15, CURVE), (55, IMPERFECT), (100, UNRELATED), (180, OPPOSING), (200, OPPOSING), (-55, IMPERFECT)],
)
def test_direction_decides(angle_deg, expected):
    turn = np.radians(angle_deg)
    around = disc(32 - 14 * np.cos(turn), 32 - 14 * np.sin(turn), 14)
    assert called(around) == expected


def test_the_wrong_radius_is_imperfect():
    assert called(disc(0, 32, 32)) == IMPERFECT


def test_a_straight_edge_across_the_preferred_direction_is_imperfect_and_along_it_unrelated():
    assert called(X - 32.3) == IMPERFECT
    assert called(32.3 - X) == IMPERFECT
    assert called(Y - 32.3) == UNRELATED


def test_outside_the_middle_nothing_counts():
    assert called(disc(8, 32, 12)) == UNRELATED
    assert called(disc(20, 32, 12), center=(52.0, 32.0)) == UNRELATED


def test_the_lengths_are_in_pixels():
    """Over many small discs, the outline's length is the circumference."""
    lengths = []
    for shift in np.linspace(0, 1, 11):
        outline = pieces(disc(31.7 + shift, 32 - shift / 3, 6 + shift))
        lengths.append(outline.near(np.array([[32.0, 32.0]]), 12).sum() * rubric._PX_PER_POINT)
        assert np.median(outline.radius_px[outline.real]) == pytest.approx(6 + shift, rel=0.1)
    assert np.mean(lengths) == pytest.approx(2 * np.pi * 6.5, rel=0.06)


def test_a_preference_is_read_off_the_responses_to_arcs():
    orientation, radius = np.arange(0, 360, 5.0), np.array([6.0, 8.0, 11.0, 15.0, 20.0, 26.0])
    bell = np.exp(-((rubric.apart_deg(orientation, 350.0) / 30) ** 2))
    found = preference(bell[:, None] * [0.1, 0.2, 0.8, 1.0, 0.6, 0.3] - 0.01, radius)
    assert found.orientation_deg == 350
    assert found.radius_px == pytest.approx((np.sqrt(8 * 11), np.sqrt(20 * 26)))


def test_a_unit_that_answers_to_no_arc_has_no_preference():
    with pytest.raises(ValueError, match="responds to no arc"):
        preference(np.full((72, 6), -0.1), np.arange(6) + 4.0)


def test_turning_the_unit_turns_the_labels():
    """On the data set itself: what one unit calls curve, the opposite unit calls opposing or imperfect."""
    dataset = datasets.load("glyphs:60")
    field = ReceptiveField(FIELD_PX, 4, -20)
    image = np.repeat(np.arange(60), 9)
    y, x = np.tile(np.repeat([5, 8, 11], 3), 60), np.tile([5, 8, 11], 180)
    ahead = rubric.label_crops(dataset, field, image, y, x, RIGHT).label
    back = rubric.label_crops(dataset, field, image, y, x, Preference(180.0, RIGHT.radius_px)).label
    assert len(set(ahead)) == 4
    assert not ((ahead == CURVE) & (back == UNRELATED)).any()
    assert np.mean(ahead == back) < 0.95


def test_a_data_set_without_truth_is_an_error():
    class Folder:
        name, digest = "photos", "p"

    with pytest.raises(ValueError, match="'photos' has no true parameters"):
        rubric.label_crops(Folder(), ReceptiveField(46, 4, -20), *np.zeros((3, 1), int), RIGHT)
