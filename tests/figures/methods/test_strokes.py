"""Strokes against geometry, and their gradients against small changes."""

import math
import re

import numpy as np
import pytest
import torch

from figures.methods import stimuli, strokes

SIZE = 40


def straight(angle_deg: float, length_px: float, center: tuple[float, float] = (20.3, 19.8), knots: int = 5):
    along = torch.tensor([math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))])
    share = torch.linspace(-0.5, 0.5, knots)[:, None] * length_px
    return (torch.tensor(center) + share * along)[None]


@pytest.mark.parametrize("angle", [0, 20, 45, 77, 90])
@pytest.mark.parametrize("width", [0.7, 1.0, 2.0, 3.5])
def test_a_straight_stroke_covers_its_length_times_its_width(angle: float, width: float) -> None:
    drawn = strokes.coverage(strokes.sampled(straight(angle, 24)), size_px=SIZE, width_px=width)
    assert float(drawn.sum()) == pytest.approx(24 * width, rel=0.02)


@pytest.mark.parametrize("angle", [0, 33, 90])
def test_a_straight_stroke_is_the_line_of_the_stimuli(angle: float) -> None:
    line = stimuli.lines(angle + 90, size_px=SIZE, center_px=(20.3, 19.8))
    torch.testing.assert_close(strokes.strokes(straight(angle, 24), size_px=SIZE), line, atol=1e-4, rtol=0)


def test_a_bent_stroke_is_the_arc_of_the_stimuli() -> None:
    turn = torch.linspace(-1.2, 1.2, 9)
    # Knots pull a spline in by a little, which is known: here they stand as far out.
    reach = 12 * 6 / (4 + 2 * math.cos(0.3))
    knots = torch.stack([8 + reach * torch.cos(turn), 20 + reach * torch.sin(turn)], dim=1)[None]
    line = strokes.sampled(knots)
    arc = stimuli.arcs(0, 12, size_px=SIZE, center_px=(20, 20), length_px=float(strokes.lengths_px(line)))
    assert float((strokes.strokes(knots, size_px=SIZE) - arc).abs().sum()) < 0.03 * float((1 - arc).sum())


def test_gradients_are_those_of_small_changes() -> None:
    drawn = torch.Generator().manual_seed(3)
    knots = (torch.rand(3, 6, 2, generator=drawn, dtype=torch.float64) * 24 + 4).requires_grad_()
    weight = torch.rand(3, 32, 32, generator=drawn, dtype=torch.float64)

    def total(at: torch.Tensor) -> torch.Tensor:
        return (strokes.coverage(strokes.sampled(at), size_px=32, width_px=2.0) * weight).sum()

    (gradient,) = torch.autograd.grad(total(knots), knots)
    slopes = torch.zeros_like(gradient).flatten()
    for index in range(knots.numel()):
        moved = torch.zeros(knots.numel(), dtype=torch.float64)
        moved[index] = 1e-6
        ahead, behind = (total(knots.detach() + way * moved.view_as(knots)) for way in (1, -1))
        slopes[index] = (ahead - behind) / 2e-6
    assert float((gradient.flatten() - slopes).norm() / slopes.norm()) < 1e-3
    assert float((gradient.flatten() - slopes).abs().max()) < 1e-3 * float(slopes.abs().max())


def test_strokes_of_a_batch_are_those_drawn_alone() -> None:
    knots = torch.rand(4, 5, 2, generator=torch.Generator().manual_seed(0)) * SIZE
    together = strokes.strokes(knots, size_px=SIZE, width_px=[1.0, 2.0, 3.0, 4.0], ink=0.2, channels=1)
    for one, width, image in zip(knots, (1.0, 2.0, 3.0, 4.0), together, strict=True):
        torch.testing.assert_close(
            strokes.strokes(one[None], size_px=SIZE, width_px=width, ink=0.2, channels=1)[0], image
        )


def test_a_stroke_that_crosses_the_line_of_its_own_end_is_whole() -> None:
    """Beyond its end a stroke is cut, even where another part of it passes there."""
    knots = torch.tensor([[[10.0, 20.0], [20.0, 20.0], [30.0, 12.0], [20.0, 4.0], [4.0, 10.0], [4.0, 34.0]]])
    drawn = strokes.coverage(strokes.sampled(knots), size_px=SIZE, width_px=2.0)[0]
    passing = strokes.evenly(strokes.sampled(knots), 400)[0]
    inner = passing[10:-10].floor().long()
    assert float(drawn[inner[:, 1], inner[:, 0]].min()) > 0.5


def test_points_at_equal_steps() -> None:
    even = strokes.evenly(torch.tensor([[[0.0, 0.0], [1.0, 0.0], [1.0, 9.0]]]), 6)[0]
    np.testing.assert_allclose(even.diff(dim=0).abs().sum(1), 2.0, atol=1e-5)


def test_the_distance_between_lines() -> None:
    first, second = straight(0, 20), straight(0, 20, (20.3, 22.8))
    there = strokes.apart_px(strokes.sampled(first), strokes.sampled(second))
    back = strokes.apart_px(strokes.sampled(first), strokes.sampled(second.flip(1)))
    assert float(there) == pytest.approx(3.0, abs=1e-3)
    assert float(back) == pytest.approx(3.0, abs=1e-3)
    half = strokes.apart_px(strokes.sampled(straight(0, 20)), strokes.sampled(straight(0, 10)))
    assert float(half) == pytest.approx(1.25, abs=0.05)  # half of the points are off, by 2.5 px on average


def test_the_svg_path_begins_and_ends_at_the_outer_knots() -> None:
    knots = torch.tensor([[3.0, 4.0], [10.0, 20.0], [30.0, 12.5]])
    numbers = [float(one) for one in re.findall(r"-?[\d.]+", strokes.path(knots))]
    assert strokes.path(knots).count("C") == 2
    assert numbers[:2] == [3, 4]
    assert numbers[-2:] == [30, 12.5]


def test_one_knot_is_no_stroke() -> None:
    with pytest.raises(ValueError, match="1 knots; expected at least 2"):
        strokes.sampled(torch.zeros(1, 1, 2))
