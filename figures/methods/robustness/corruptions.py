"""Pictures made harder to read: with noise, out of focus, pale, turned.

After Geirhos et al. (2018, "Generalisation in humans and deep neural networks") and Hendrycks and Dietterich (2019,
"Benchmarking Neural Network Robustness to Common Corruptions and Perturbations"). All take images (n, channel, side,
side) in [0, 1] and return such images; strengths are in units of their own, and one of them changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from figures.nearest import nearest

_SIGMAS = 3
_APART = 1_000_003
"""Seeds of images lie so far apart that those of two figures' seeds do not meet."""


@dataclass(frozen=True)
class Corruption:
    """A way to make pictures harder: what its strength is called, in which unit, and which one leaves them alone."""

    word: str
    unit: str
    harmless: float


CORRUPTIONS: Mapping[str, Corruption] = {
    "noise": Corruption("standard deviation of noise", "of the range", 0.0),
    "blur": Corruption("standard deviation of blur", "px", 0.0),
    "contrast": Corruption("contrast left", "of the picture's", 1.0),
    "rotation": Corruption("rotation", "°", 0.0),
}


def corrupted(
    images: torch.Tensor, kind: str, strength: float, *, indices: Sequence[int] = (), seed: int = 0
) -> torch.Tensor:
    """Corrupt images; `indices` number them, so that each has noise of its own wherever it stands.

    Raises ValueError for a kind that there is not.
    """
    if kind not in CORRUPTIONS:
        raise ValueError(f"no corruption {kind!r}{nearest(kind, CORRUPTIONS)}; expected {', '.join(CORRUPTIONS)}")
    if strength == CORRUPTIONS[kind].harmless:
        return images
    if kind == "noise":
        return noisy(images, strength, indices or range(len(images)), seed)
    plain: Mapping[str, Callable[[torch.Tensor, float], torch.Tensor]] = {
        "blur": blurred, "contrast": paled, "rotation": turned,
    }  # fmt: skip
    return plain[kind](images, strength)


def noisy(images: torch.Tensor, sd: float, indices: Sequence[int], seed: int) -> torch.Tensor:
    """Add Gaussian noise and cut off what leaves [0, 1]; the noise of an image only grows with its strength."""
    drawn = [_noise(images[0], int(index), seed) for index in indices]
    return (images + sd * torch.stack(drawn).to(images)).clamp(0, 1)


def _noise(like: torch.Tensor, index: int, seed: int) -> torch.Tensor:
    return torch.randn(like.shape, generator=torch.Generator().manual_seed(seed * _APART + index))


def blurred(images: torch.Tensor, sigma_px: float) -> torch.Tensor:
    """Blur with a Gaussian, cut off at three standard deviations; borders are mirrored."""
    reach = min(math.ceil(_SIGMAS * sigma_px), images.shape[-1] - 1)
    weights = torch.exp(-(torch.arange(-reach, reach + 1, dtype=images.dtype) ** 2) / (2 * sigma_px**2))
    row = (weights / weights.sum()).to(images.device).expand(images.shape[1], 1, 1, -1)
    padded = F.pad(images, [reach] * 4, mode="reflect")
    across = F.conv2d(padded, row, groups=images.shape[1])
    return F.conv2d(across, row.transpose(2, 3), groups=images.shape[1])


def paled(images: torch.Tensor, factor: float) -> torch.Tensor:
    """Bring all pixels nearer to the mean of their picture."""
    mean = images.mean(dim=(1, 2, 3), keepdim=True)
    return mean + factor * (images - mean)


def turned(images: torch.Tensor, angle_deg: float) -> torch.Tensor:
    """Turn counterclockwise about the middle; corners are filled with the mirrored picture."""
    turn = math.radians(angle_deg)
    cosine, sine = math.cos(turn), math.sin(turn)
    matrix = torch.tensor([[cosine, -sine, 0.0], [sine, cosine, 0.0]], dtype=images.dtype, device=images.device)
    grid = F.affine_grid(matrix.expand(len(images), 2, 3), list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, padding_mode="reflection", align_corners=False)
