"""Arcs lie on their circle, bulge as asked, and keep their area."""

import math

import pytest
import torch

from figures.methods import stimuli

SIZE = 64
ANGLES = (0.0, 33.0, 90.0, 200.0, 315.0)


def coverage(images: torch.Tensor) -> torch.Tensor:
    return 1 - images[:, 0]


def places(size: int = SIZE) -> tuple[torch.Tensor, torch.Tensor]:
    pixel = torch.arange(size) + 0.5
    return torch.meshgrid(pixel, pixel, indexing="xy")


def direction(angle_deg: float) -> torch.Tensor:
    return torch.tensor([math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))])


@pytest.mark.parametrize("radius", [6.0, 9.5, 20.0, 60.0])
@pytest.mark.parametrize("angle", ANGLES)
def test_the_ink_lies_on_the_circle(angle: float, radius: float) -> None:
    ink = coverage(stimuli.arcs(angle, radius, size_px=SIZE, length_px=18, width_px=2))[0]
    x, y = places()
    middle = SIZE / 2 - radius * direction(angle)
    distance = torch.hypot(x - middle[0], y - middle[1])
    assert (ink * distance).sum() / ink.sum() == pytest.approx(radius, abs=0.1)
    assert (distance[ink > 0] - radius).abs().max() < 1 + 0.86


@pytest.mark.parametrize("angle", ANGLES)
def test_an_arc_bulges_towards_its_orientation(angle: float) -> None:
    ink = coverage(stimuli.arcs(angle, 8, size_px=SIZE, length_px=24))[0]
    x, y = places()
    mean = torch.tensor([(ink * x).sum(), (ink * y).sum()]) / ink.sum() - SIZE / 2
    towards = mean @ direction(angle)
    assert towards < -1  # the ends hang back behind the apex, which lies in the middle
    assert (mean - towards * direction(angle)).norm() < 0.05


def test_angles_run_clockwise_with_y_down() -> None:
    right, down = stimuli.arcs([0, 90], 8, size_px=SIZE, length_px=24)
    assert torch.allclose(torch.rot90(right, -1, dims=(1, 2)), down, atol=1e-4)


@pytest.mark.parametrize("width", [0.4, 1.0, 2.5])
@pytest.mark.parametrize("radius", [8.0, 13.0, 40.0, 1e6, math.inf])
def test_the_area_is_length_times_width(radius: float, width: float) -> None:
    drawn = stimuli.arcs(torch.arange(0, 360, 7.0), radius, size_px=SIZE, length_px=24, width_px=width)
    assert coverage(drawn).sum(dim=(1, 2)).numpy() == pytest.approx(24 * width, rel=0.02)


def test_the_length_does_not_change_with_the_radius_until_it_closes_the_circle() -> None:
    areas = coverage(stimuli.arcs(20, [3.0, 6.0, 30.0], size_px=SIZE, length_px=24, width_px=2)).sum(dim=(1, 2))
    assert areas[1:].numpy() == pytest.approx(48, rel=0.03)
    assert areas[0] == pytest.approx(2 * math.pi * 3 * 2, rel=0.03)


def test_edges_are_smooth_and_moving_by_part_of_a_pixel_keeps_the_area() -> None:
    shifts = torch.stack([32 + torch.linspace(0, 1, 9), 32 - torch.linspace(0, 0.7, 9)], dim=1)
    ink = coverage(stimuli.arcs([50.0] * 9, 10, size_px=SIZE, center_px=shifts))
    assert ((ink > 0.05) & (ink < 0.95)).any(dim=1).any(dim=1).all()
    assert ink.sum(dim=(1, 2)).numpy() == pytest.approx(48, rel=0.03)
    assert 0 <= ink.min() <= ink.max() <= 1
    assert (ink[1:] - ink[:-1]).abs().max() < 0.4  # an eighth of a pixel never flips one


def test_a_nearly_straight_arc_is_a_line() -> None:
    arc = stimuli.arcs(ANGLES, 1e6, size_px=SIZE)
    assert torch.allclose(arc, stimuli.lines(ANGLES, size_px=SIZE), atol=1e-3)
    opposite = stimuli.lines([angle + 180 for angle in ANGLES], size_px=SIZE)
    assert torch.allclose(arc, opposite, atol=1e-3)


def test_a_filled_arc_inks_the_concave_side_up_to_the_arc() -> None:
    for angle in ANGLES:
        for radius in (5.0, 9.0, 25.0, math.inf):
            ink = coverage(stimuli.arcs(angle, radius, size_px=SIZE, filled=True))[0]
            inside, outside = (SIZE / 2 + step * direction(angle) for step in (-3, 2))
            assert ink[int(inside[1]), int(inside[0])] > 0.9
            assert ink[int(outside[1]), int(outside[0])] < 0.1


def test_a_filled_semicircle_has_half_the_area_of_its_disc() -> None:
    ink = coverage(stimuli.arcs(ANGLES, 10, size_px=SIZE, length_px=math.pi * 10, filled=True))
    assert ink.sum(dim=(1, 2)).numpy() == pytest.approx(math.pi * 100 / 2, rel=0.02)


def test_colours_mix_by_coverage() -> None:
    ink, ground = torch.tensor([0.9, 0.2, 0.1]), torch.tensor([0.1, 0.3, 0.6])
    drawn = stimuli.arcs(30, 10, size_px=SIZE, ink=tuple(ink.tolist()), ground=tuple(ground.tolist()))[0]
    share = coverage(stimuli.arcs(30, 10, size_px=SIZE))[0]
    assert torch.allclose(drawn, ground[:, None, None] * (1 - share) + ink[:, None, None] * share, atol=1e-6)


def test_each_arc_is_the_same_alone_and_in_a_batch() -> None:
    angles, radii = torch.linspace(0, 350, 12), torch.linspace(5, 50, 12)
    together = stimuli.arcs(angles, radii, size_px=SIZE)
    assert together.shape == (12, 3, SIZE, SIZE)
    for i in (0, 5, 11):
        assert torch.equal(stimuli.arcs(float(angles[i]), float(radii[i]), size_px=SIZE)[0], together[i])


@pytest.mark.parametrize("wrong", [{"radius_px": 0}, {"radius_px": -2}, {"length_px": 0}, {"width_px": -1}])
def test_lengths_must_be_above_zero(wrong: dict[str, float]) -> None:
    name = next(iter(wrong))
    with pytest.raises(ValueError, match=f"{name} must be above 0"):
        stimuli.arcs(0, **{"radius_px": 10.0, **wrong}, size_px=SIZE)
