"""Distances and outlines against circles, whose areas, lengths and curvatures are known."""

import math
from dataclasses import replace

import numpy as np
import torch

from figures.glyphs import geometry
from figures.glyphs.dataset import masks, outline, render
from tests.figures.glyphs.variants import SPARE


def test_the_mask_of_a_disc_has_the_area_of_the_disc():
    _, truth = render(range(20), variant=SPARE, shape=[0] * 20)
    covered = (0.5 - masks(truth)).clamp(0, 1).sum(dim=(1, 2))
    radius = 0.85 * truth.scale_px
    torch.testing.assert_close(covered, math.pi * radius**2, rtol=0.03, atol=0)


def test_a_stroke_is_as_wide_as_it_says():
    variant = replace(SPARE, filled_share=0.0, scale=(0.8, 0.8))
    _, truth = render(range(20), variant=variant, shape=[0] * 20)
    covered = (0.5 - masks(truth)).clamp(0, 1).sum(dim=(1, 2))
    length = 2 * math.pi * 0.85 * truth.scale_px
    torch.testing.assert_close(covered / length, truth.stroke_px, rtol=0.06, atol=0)


def test_the_outline_of_a_disc_is_a_circle():
    _, truth = render(range(10), variant=replace(SPARE, scale=(0.6, 0.85)), shape=[0] * 10)
    truth = replace(truth, aspect=torch.ones_like(truth.aspect))
    points, normals, curvature, real = outline(truth, 64)
    centre = torch.stack([truth.x_px, truth.y_px], dim=1)[:, None]
    radius = 0.85 * truth.scale_px[:, None]
    away = points - centre
    assert real.all()
    assert ((away.norm(dim=2) - radius).abs() < 0.15).all()
    assert ((away / away.norm(dim=2, keepdim=True) * normals).sum(2) > 0.98).all()
    assert (curvature * radius - 1).abs().median() < 0.1


def test_the_outline_is_concave_inside_a_crescent():
    _, truth = render([0], variant=replace(SPARE, scale=(0.85, 0.85)), shape=[2])
    _, _, curvature, real = outline(truth, 96)
    assert (curvature[real] < -0.02).sum() > 10
    assert (curvature[real] > 0.02).sum() > 10


def test_the_slope_of_a_plane_is_its_slope_up_to_the_border() -> None:
    rows, columns = np.indices((6, 9)).astype(np.float32)
    along_x, along_y = geometry.gradient((3 * columns - 2 * rows)[None])
    assert (along_x == 3).all()
    assert (along_y == -2).all()


def test_turning_keeps_lengths_and_turns_clockwise() -> None:
    x, y = np.array([[[1.0]]]), np.array([[[0.0]]])
    right, down = geometry.turned(x, y, np.array([90.0]))
    assert np.allclose([right.item(), down.item()], [0, -1], atol=1e-6)
    right, down = geometry.turned(x + 2, y + 4, np.array([37.0]))
    assert math.isclose(math.hypot(right.item(), down.item()), 5, rel_tol=1e-5)


def test_the_contour_of_a_circle_has_its_radius_its_normals_and_its_curvature() -> None:
    rows, columns = np.indices((64, 64)) + 0.5
    distance = (np.hypot(columns - 30, rows - 34) - 15).astype(np.float32)[None]
    points, normals, curvature, valid = geometry.contour(distance, 40)
    assert valid.all()
    away = points - np.array([30, 34])
    assert np.abs(np.linalg.norm(away, axis=2) - 15).max() < 0.02
    assert ((away * normals).sum(axis=2) > 14.9).all()
    assert np.abs(1 / curvature - 15).max() < 1  # read up to 0.7 px beside the circle


def test_a_field_that_never_crosses_zero_has_no_contour() -> None:
    assert not geometry.contour(np.full((1, 64, 64), 5, np.float32), 8)[3].any()
