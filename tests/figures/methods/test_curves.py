"""The rule for curve units, on responses whose truth is known."""

import pytest
import torch

from figures.methods import curves
from figures.methods.curves import LENIENT, STRICT, LayerResponses, curve_units, half_width_deg, measure_tuning

TURNS = torch.arange(0, 360, curves.STEP_DEG)


def bell(preferred_deg, width_deg=40.0):
    """A Gaussian of orientation, (orientations,)."""
    away = (TURNS - preferred_deg + 180) % 360 - 180
    return torch.exp(-0.5 * (away / width_deg) ** 2)


def tuning(curve, *, line=0.1, ceiling=1.0):
    """One unit that answers every colour and radius alike."""
    arcs = curve.expand(6, 6, -1)[..., None].clone()
    return LayerResponses(arcs, torch.full((6, len(TURNS), 1), line), torch.tensor([ceiling]))


def test_a_one_sided_bell_is_a_curve_unit():
    found = curve_units(tuning(bell(130)))
    assert found.units == (0,)
    assert found.preferred_deg[0] == pytest.approx(130, abs=1)
    assert found.half_width_deg[0] == pytest.approx(40 * 1.1774, abs=1)
    assert found.bins() == (0, 0, 1, 0, 0, 0, 0, 0)


def test_the_preferred_orientation_does_not_break_at_zero():
    found = curve_units(tuning(bell(358)))
    assert found.preferred_deg[0] == pytest.approx(358, abs=1)


@pytest.mark.parametrize(
    "fault",
    [
        tuning(bell(0) + 0.5 * bell(180)),  # answers the opposite orientation
        tuning(bell(0) + 0.7 * bell(110, 10)),  # a second lobe beyond 90 degrees
        tuning(bell(0, 5)),  # too narrow
        tuning(torch.ones(72)),  # not tuned
        tuning(torch.zeros(72)),  # silent
        tuning(bell(0), ceiling=5.0),  # hardly answers, for what it can
    ],
)
def test_a_fault_disqualifies(fault):
    assert curve_units(fault, LENIENT).units == ()


def test_strict_also_asks_for_curves_rather_than_lines():
    fond_of_lines = tuning(bell(90), line=0.8)
    assert curve_units(fond_of_lines, LENIENT).units == (0,)
    assert curve_units(fond_of_lines, STRICT).units == ()


def test_strict_asks_for_more_colours():
    turning = tuning(bell(90))
    turning.arcs[:2] = bell(170)[None, :, None]
    assert curve_units(turning, LENIENT).units == (0,)
    assert curve_units(turning, STRICT).units == ()


def test_half_width_reads_between_the_samples():
    triangle = (1 - (TURNS + 180).remainder(360).sub(180).abs() / 60).clamp(min=0)
    assert half_width_deg(triangle[:, None])[0] == pytest.approx(30, abs=0.01)


@pytest.mark.slow
def test_a_network_of_noise_has_no_curve_units():
    torch.manual_seed(0)
    layer = torch.nn.Conv2d(3, 64, 15, stride=4, padding=7).requires_grad_(False)
    measured = measure_tuning(layer, torch.rand(20, 3, 64, 64))
    assert measured.arcs.shape == (6, 6, 72, 64)
    assert measured.lines.shape == (6, 72, 64)
    assert len(curve_units(measured).units) == 0


def test_a_template_of_an_arc_prefers_the_way_it_bulges():
    def matched(images):
        grey = images.mean(1, keepdim=True) - images.mean(dim=(1, 2, 3), keepdim=True)
        half = torch.nn.functional.avg_pool2d(grey, 2)
        down, up = (torch.nn.functional.conv2d(half, arc_template(a), padding=7).abs() for a in (90, 270))
        return torch.nn.functional.avg_pool2d(down - up, 2)

    measured = measure_tuning(matched, torch.rand(4, 3, 64, 64))
    assert curves.preferred_deg(measured.arcs.mean(dim=(0, 1)))[0] == pytest.approx(90, abs=10)


def arc_template(angle):
    drawn = curves.stimuli.arcs(angle, 5.5, size_px=15, length_px=12, width_px=1.5)
    dark = drawn[:, :1].mean() - drawn[:, :1]
    return dark / dark.norm()
