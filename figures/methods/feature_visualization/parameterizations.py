"""Pictures as numbers that a gradient can climb: waves in decorrelated colours.

After Olah, Mordvintsev and Schubert (2017, "Feature visualization", Distill) and
Mordvintsev et al. (2018, "Differentiable image parameterizations", Distill). We differ in
a Gaussian low-pass, and in fixing the contrast before the sigmoid instead of letting it grow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from figures.methods.feature_visualization.recipe import Recipe

_START_SD = 0.1
_LEAST_CONTRAST = 1e-4
_EVEN = 1024


@dataclass(frozen=True)
class Spectrum:
    """Fourier coefficients of square pictures, (n, component, side, side // 2 + 1, 2).

    Components are independent directions of colour; `colours` (channel, component) mixes
    them. With `alpha` the last component is opacity. `envelope` (side, side // 2 + 1) is the
    amplitude that each frequency is given.
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
        envelope = falling_off(side_px, recipe.decay, cut).to(colours)
        return cls(coefficients, colours, recipe.gain, recipe.alpha, side_px, envelope)

    @property
    def rate(self) -> float:
        """How fast coefficients may change, as a multiple of the recipe's rate."""
        return 1.0

    def frequencies(self) -> torch.Tensor:
        """Return the complex amplitudes (n, component, side, side // 2 + 1)."""
        return torch.view_as_complex(self.coefficients * self.envelope[..., None])

    def planes(self, factor: int = 1) -> torch.Tensor:
        """Return what the waves add up to, (n, component, side, side), `factor` times as fine."""
        side = self.side_px * factor
        return torch.fft.irfft2(_padded(self.frequencies(), factor), s=(side, side), norm="forward")

    def decode(self, factor: int = 1) -> torch.Tensor:
        """Return pictures (n, channel, side, side) in [0, 1], `factor` times as fine; opacity is the last channel."""
        planes = self.planes(factor)
        count = self.colours.shape[1]
        colour = torch.einsum("dc,nchw->ndhw", self.colours, planes[:, :count])
        colour = _squashed(self.gain * _standardized(colour))
        if not self.alpha:
            return colour
        return torch.cat([colour, _squashed(2 * _standardized(planes[:, count:]) - 1)], dim=1)


@dataclass(frozen=True)
class Phases(Spectrum):
    """Phases of square pictures, (n, component, side, side // 2 + 1), whose amplitudes are fixed.

    After Fel et al. (2023, "Unlocking feature visualization for deeper networks with magnitude
    constrained optimization"). We differ in giving all directions of colour the same amplitudes.
    """

    @classmethod
    def start_at(
        cls, generators: Sequence[torch.Generator], side_px: int, colours: torch.Tensor, recipe: Recipe,
        amplitudes: np.ndarray,
    ) -> Phases:  # fmt: skip
        """Draw phases for each picture from its own generator; amplitudes (channel, size, size // 2 + 1) are given."""
        shape = (colours.shape[1], side_px, side_px // 2 + 1)
        drawn = torch.stack([torch.rand(shape, generator=one) for one in generators]) * 2 * math.pi
        coefficients = drawn.to(colours.device).requires_grad_()
        envelope = amplitude(amplitudes, side_px).to(colours)
        return cls(coefficients, colours, recipe.gain, False, side_px, envelope)

    @property
    def rate(self) -> float:
        return 4.0

    def frequencies(self) -> torch.Tensor:
        return torch.polar(self.envelope.expand_as(self.coefficients), _odd(self.coefficients))


def _odd(phases: torch.Tensor) -> torch.Tensor:
    """Make phases odd in the columns that hold both a frequency and its negative: a picture has no others."""
    side, columns = phases.shape[-2:]
    mirrored = phases.roll(-1, dims=-2).flip(-2)
    both = torch.zeros(columns, dtype=torch.bool, device=phases.device)
    both[0] = True
    both[-1] = side % 2 == 0
    return torch.where(both, phases - mirrored, phases)


def _padded(spectrum: torch.Tensor, factor: int) -> torch.Tensor:
    """Add zeros at the high frequencies, which draws the same picture on a finer grid."""
    if factor == 1:
        return spectrum
    small = spectrum.shape[-2]
    side, falling, rising = small * factor, small // 2, (small + 1) // 2
    padded = spectrum.new_zeros((*spectrum.shape[:2], side, side // 2 + 1))
    padded[:, :, :rising, : falling + 1] = spectrum[:, :, :rising]
    padded[:, :, -falling:, : falling + 1] = spectrum[:, :, rising:]
    return padded


def falling_off(side_px: int, decay: float, cut: float) -> torch.Tensor:
    """Return the gain of each frequency: a power law under a Gaussian."""
    rows, columns = torch.fft.fftfreq(side_px), torch.fft.rfftfreq(side_px)
    frequency = torch.hypot(rows[:, None], columns[None, :])
    falling = frequency.clamp(min=1 / side_px) ** -decay
    return falling * torch.exp(-((frequency / cut) ** 2))


def amplitude(amplitudes: np.ndarray, side_px: int) -> torch.Tensor:
    """Return the amplitudes (side, side // 2 + 1) that pictures of `side_px` have, from those of another size.

    Linear in the logarithm between frequencies of equal cycles per pixel; the mean of the
    picture has none. Raises ValueError for an array that is no spectrum of square images.
    """
    found = np.asarray(amplitudes, dtype=np.float64)
    size = found.shape[-2] if found.ndim == 3 else 0
    if found.ndim != 3 or found.shape[-1] != size // 2 + 1 or not found.size:
        raise ValueError(f"a spectrum of shape {found.shape}; expected (channels, size, size // 2 + 1)")
    log = np.fft.fftshift(np.log(np.maximum(found.mean(axis=0), 1e-12)), axes=0)
    middle = size // 2
    log[middle, 0] = np.mean([log[middle - 1, 0], log[middle, min(1, log.shape[1] - 1)]])
    log = np.concatenate([log, log[:1]])  # the highest frequency is its own negative
    rows = _between(np.fft.fftfreq(side_px) * size + middle, size + 1)
    columns = _between(np.fft.rfftfreq(side_px) * size, log.shape[1])
    resampled = np.exp(rows @ log @ columns.T)
    resampled[0, 0] = 0
    return torch.tensor(resampled / resampled.max(), dtype=torch.float32)


def _between(at: np.ndarray, count: int) -> np.ndarray:
    """Return the weights (n, count) that interpolate a row of numbers at places `at` (n,)."""
    inside = np.clip(at, 0, count - 1)
    return np.maximum(0, 1 - np.abs(inside[:, None] - np.arange(count)))


def _standardized(planes: torch.Tensor) -> torch.Tensor:
    """Give each picture mean 0 and standard deviation 1."""
    centred = planes - planes.mean(dim=(1, 2, 3), keepdim=True)
    return centred / centred.square().mean(dim=(1, 2, 3), keepdim=True).add(_LEAST_CONTRAST**2).sqrt()


def _squashed(planes: torch.Tensor) -> torch.Tensor:
    """Return the sigmoid of planes (n, …), of each picture the same in every batch.

    What is left over at the end of a tensor is rounded otherwise than the rest, so that no picture may end there.
    """
    flat = planes.flatten(1)
    padded = functional.pad(flat, (0, -flat.shape[1] % _EVEN))
    return torch.sigmoid(padded)[:, : flat.shape[1]].reshape(planes.shape)
