"""Pictures by waves and by phases."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods.feature_visualization import Recipe
from figures.methods.feature_visualization.parameterizations import Phases, Spectrum, amplitude


def test_a_finer_picture_is_the_same_picture():
    for side in (15, 16):
        generators = [torch.Generator().manual_seed(0)]
        spectrum = Spectrum.start(generators, side, torch.eye(3), Recipe(), cut=0.1)
        coarse, fine = spectrum.decode(), spectrum.decode(4)
        assert (fine[:, :, ::4, ::4] - coarse).abs().max() < 2e-2


@pytest.mark.parametrize("side", [15, 16])
def test_by_phase_the_magnitudes_stay_those_of_the_data(side):
    given = np.abs(np.fft.rfft2(np.random.Generator(np.random.Philox(0)).random((3, 20, 20))))
    phases = Phases.start_at([torch.Generator().manual_seed(0)], side, torch.eye(3), Recipe(), given)
    with torch.no_grad():
        phases.coefficients.add_(torch.randn(phases.coefficients.shape))  # wherever a climb may lead
    planes = torch.fft.irfft2(phases.frequencies(), s=(side, side))
    assert torch.allclose(torch.fft.rfft2(planes).abs()[0, 1], phases.envelope, atol=1e-5)


def test_amplitudes_keep_their_place_in_cycles_per_pixel():
    given = np.ones((3, 32, 17)) * 1e-3
    given[:, 4, 0] = given[:, -4, 0] = given[:, 0, 6] = 1  # 1/8 cycles per pixel down, 3/16 across
    for side in (32, 64, 16):
        found = amplitude(given, side)
        assert found.shape == (side, side // 2 + 1)
        assert found[0, 0] == 0
        strong = {tuple(place) for place in (found > 0.5).nonzero().tolist()}
        assert strong == {(side // 8, 0), (side - side // 8, 0), (0, 3 * side // 16)}
    with pytest.raises(ValueError, match=r"a spectrum of shape \(32, 17\); expected"):
        amplitude(given[0], 32)
