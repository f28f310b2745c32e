"""Pictures as numbers that a gradient can climb: Fourier coefficients in decorrelated colours.

After Olah, Mordvintsev and Schubert (2017, "Feature visualization", Distill) and
Mordvintsev et al. (2018, "Differentiable image parameterizations", Distill). We differ in
a Gaussian low-pass, and in fixing the contrast before the sigmoid instead of letting it grow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures.methods.feature_visualization.recipe import Recipe

_START_SD = 0.1
_LEAST_CONTRAST = 1e-4


@dataclass(frozen=True)
class Spectrum:
    """Fourier coefficients of square pictures, (n, component, side, side // 2 + 1, 2).

    Components are independent directions of colour; `colours` (channel, component) mixes
    them. With `alpha` the last component is opacity.
    """

    coefficients: torch.Tensor
    colours: torch.Tensor
    gain: float
    alpha: bool
    side_px: int
    envelope: torch.Tensor

    @classmethod
    def start(
        cls, generators: Sequence[torch.Generator], side_px: int, colours: torch.Tensor, recipe: Recipe, cut: float
    ) -> Spectrum:
        """Draw faint noise for each picture from its own generator."""
        components = colours.shape[1] + recipe.alpha
        shape = (components, side_px, side_px // 2 + 1, 2)
        drawn = torch.stack([torch.randn(shape, generator=one) for one in generators]) * _START_SD
        coefficients = drawn.to(colours.device).requires_grad_()
        envelope = _envelope(side_px, recipe.decay, cut).to(colours)
        return cls(coefficients, colours, recipe.gain, recipe.alpha, side_px, envelope)

    def decode(self, factor: int = 1) -> torch.Tensor:
        """Return pictures (n, channel, side, side) in [0, 1], `factor` times as fine; opacity is the last channel."""
        side = self.side_px * factor
        planes = torch.fft.irfft2(self._padded(factor), s=(side, side), norm="forward")
        count = self.colours.shape[1]
        colour = torch.einsum("dc,nchw->ndhw", self.colours, planes[:, :count])
        colour = torch.sigmoid(self.gain * _standardized(colour))
        if not self.alpha:
            return colour
        return torch.cat([colour, torch.sigmoid(2 * _standardized(planes[:, count:]) - 1)], dim=1)

    def _padded(self, factor: int) -> torch.Tensor:
        """Add zeros at the high frequencies, which draws the same picture on a finer grid."""
        spectrum = torch.view_as_complex(self.coefficients) * self.envelope
        if factor == 1:
            return spectrum
        side, columns = self.side_px * factor, self.side_px * factor // 2 + 1
        falling, rising = self.side_px // 2, (self.side_px + 1) // 2
        padded = spectrum.new_zeros((*spectrum.shape[:2], side, columns))
        padded[:, :, :rising, : falling + 1] = spectrum[:, :, :rising]
        padded[:, :, -falling:, : falling + 1] = spectrum[:, :, rising:]
        return padded


def _envelope(side_px: int, decay: float, cut: float) -> torch.Tensor:
    """Return the gain of each frequency: a power law under a Gaussian."""
    rows, columns = torch.fft.fftfreq(side_px), torch.fft.rfftfreq(side_px)
    frequency = torch.hypot(rows[:, None], columns[None, :])
    falling = frequency.clamp(min=1 / side_px) ** -decay
    return falling * torch.exp(-((frequency / cut) ** 2))


def _standardized(planes: torch.Tensor) -> torch.Tensor:
    """Give each picture mean 0 and standard deviation 1."""
    centred = planes - planes.mean(dim=(1, 2, 3), keepdim=True)
    return centred / centred.square().mean(dim=(1, 2, 3), keepdim=True).add(_LEAST_CONTRAST**2).sqrt()


def colour_matrix(covariance: np.ndarray) -> torch.Tensor:
    """Return the symmetric square root (channel, component) of a colour covariance, longest column 1."""
    values, vectors = np.linalg.eigh(covariance)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    return torch.tensor(root / np.linalg.norm(root, axis=0).max(), dtype=torch.float32)


def grey_matrix(channels: int) -> torch.Tensor:
    """Return the matrix (channel, 1) of pictures in shades of grey."""
    return torch.ones(channels, 1)
