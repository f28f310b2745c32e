"""How well a family of units is one feature, rotated.

Tuning curves are turned so that all peak at the same place, feature visualizations so that each
points where another unit looks, and filters of a first layer in the same way. After Cammarata et al.
(2020, "Curve Detectors", section on rotational equivariance of the family; Olah et al., 2020,
"Naturally occurring equivariance in neural networks"). We differ in giving numbers for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import center, window
from figures.methods.insides import graphs
from figures.methods.models import Model
from figures.methods.tuning import ArcTuning

LEAST_SIDE = 5
"""Smaller filters have too few pixels to be turned."""
_EDGE = 0.12


@dataclass(frozen=True)
class Compared:
    """How alike unit j is to unit i, turned from i's preferred direction to j's and as it is, (units i, units j)."""

    turned: np.ndarray
    still: np.ndarray

    @property
    def mean_turned(self) -> float:
        """The mean over pairs of different units, turned; nan where none is known."""
        return mean_of_pairs(self.turned)

    @property
    def mean_still(self) -> float:
        """The mean over pairs of different units as they are; nan where none is known."""
        return mean_of_pairs(self.still)


@dataclass(frozen=True)
class Equivariance:
    """How far the units of a family are one feature, rotated.

    turned (units, orientations): their curves, turned so that each prefers 0, with peaks of 1; nan where one is
    silent. explained: the share of variance that the mean of these explains, and of each curve explained_each
    (units,). agreement (units, units): the correlation of every two. pictures: what units answer each other's
    picture, as a share of what they answer their own. filters: cosines of filters. Both are None where there is
    nothing to compare.
    """

    seen: ArcTuning
    turned: np.ndarray
    explained: float
    explained_each: np.ndarray
    agreement: np.ndarray
    pictures: Compared | None = None
    filters: Compared | None = None

    @property
    def units(self) -> tuple[str, ...]:
        """The family."""
        return self.seen.units

    @property
    def mean_agreement(self) -> float:
        """The mean over pairs of different units; nan where none is known."""
        return mean_of_pairs(self.agreement)

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table says of each unit; what is compared, on average over the other units."""
        unknown = np.full(len(self.units), math.nan)
        return {
            "unit": self.units,
            "preferred_deg": self.seen.summary.preferred_deg,
            "explained_by_mean": self.explained_each,
            "mean_agreement": mean_of_others(self.agreement),
            "turned_response": mean_of_others(self.pictures.turned) if self.pictures else unknown,
            "still_response": mean_of_others(self.pictures.still) if self.pictures else unknown,
        }


def of(model: Model, seen: ArcTuning, pictures: np.ndarray | None = None) -> Equivariance:
    """Compare the units of a family by their tuning, and those of one layer by their filters and `pictures`.

    `pictures` (units, size, size, channels) uint8 are inputs of the network.
    """
    turned = aligned(seen.rectified, seen.summary.preferred_deg)
    score, each = explained(turned)
    together = one_layer(model, seen.units)
    shown = _shares(model, seen, pictures) if together and pictures is not None else None
    return Equivariance(
        seen, turned, score, each, agreement(turned), shown, _filters(model, seen) if together else None
    )


def one_layer(model: Model, units: Sequence[str]) -> bool:
    """Tell whether units are all of one layer."""
    return len({model.unit(unit).layer for unit in units}) == 1


def _shares(model: Model, seen: ArcTuning, pictures: np.ndarray) -> Compared:
    """Compare what units answer each other's picture with what they answer their own."""
    shown = turned_pictures(model, seen.units, pictures / np.float32(255), seen.summary.preferred_deg)
    own = np.where(shown.own > 0, shown.own, math.nan)[None]
    return Compared(shown.turned / own, shown.still / own)


def _filters(model: Model, seen: ArcTuning) -> Compared | None:
    """Compare the filters of units of a first layer."""
    wanted = [model.unit(unit) for unit in seen.units]
    weights = filters(model, wanted[0].layer)
    if weights is None:
        return None
    own = np.stack([weights[unit.index] * (-1 if unit.negative else 1) for unit in wanted])
    return turned_filters(own, seen.summary.preferred_deg)


def mean_of_pairs(matrix: np.ndarray) -> float:
    """Return the mean over pairs of different units; nan where none is known."""
    apart = matrix[~np.eye(len(matrix), dtype=bool)]
    return float(np.nanmean(apart)) if not np.isnan(apart).all() else math.nan


def mean_of_others(matrix: np.ndarray) -> np.ndarray:
    """Return each column's mean over the other units, (units,); nan where none is known."""
    others = np.where(np.eye(len(matrix), dtype=bool), math.nan, matrix)
    known = ~np.isnan(others)
    return np.where(known.any(axis=0), np.nansum(others, axis=0) / np.maximum(known.sum(axis=0), 1), math.nan)


def aligned(curves: np.ndarray, preferred_deg: Sequence[float] | np.ndarray) -> np.ndarray:
    """Turn curves (units, orientations) so that each prefers 0, and give each a peak of 1; nan where it is silent."""
    count = curves.shape[1]
    at = np.arange(count) * 360 / count
    turned = np.full(curves.shape, np.nan)
    for i, (curve, angle) in enumerate(zip(curves, preferred_deg, strict=True)):
        if not math.isnan(angle) and curve.max() > 0:
            turned[i] = np.interp((at + angle) % 360, np.append(at, 360), np.append(curve, curve[0])) / curve.max()
    return turned


def explained(turned: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the share of variance that the mean of aligned curves explains: of all, and of each one (units,).

    1 for copies; a curve that the mean fits worse than a level would is below 0.
    """
    known = turned[~np.isnan(turned).any(axis=1)]
    if len(known) < 2:
        return math.nan, np.full(len(turned), math.nan)
    left = ((turned - known.mean(axis=0)) ** 2).sum(axis=1)
    spread = ((turned - turned.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    each = 1 - left / np.where(spread > 0, spread, math.nan)
    return float(1 - np.nansum(left) / np.nansum(spread)) if np.nansum(spread) > 0 else math.nan, each


def agreement(turned: np.ndarray) -> np.ndarray:
    """Return the correlation of every two aligned curves (units, units); nan where one is silent."""
    centred = turned - turned.mean(axis=1, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=1, keepdims=True))
    unit = centred / np.where(length > 0, length, math.nan)
    return unit @ unit.T


@dataclass(frozen=True)
class TurnedPictures:
    """Pre-activations in the middle, times -1 for a unit with a minus.

    turned, still (units i, units j): of unit j for the picture of unit i, turned from i's preferred direction to
    j's, and as it is. own (units,): of a unit for its own picture.
    """

    turned: np.ndarray
    still: np.ndarray
    own: np.ndarray


@measurement
def turned_pictures(
    model: Model, units: tuple[str, ...], pictures: np.ndarray, preferred_deg: np.ndarray
) -> TurnedPictures:
    """Show every unit the pictures of all, turned to where it looks, and as they are.

    `pictures` (units, size, size, channels) in [0, 1] are inputs of the network; all are cut to a disc that fades
    to their mean colour, and turned about the middle of what the units see. All units are of one layer.
    """
    wanted = [model.unit(unit) for unit in units]
    middle = _middle(model, wanted[0].layer)
    images, angles = _discs(pictures, middle), np.nan_to_num(preferred_deg)
    still, turned = np.zeros((len(units), len(units))), np.zeros((len(units), len(units)))
    for j, unit in enumerate(lab.track(wanted, "turned pictures")):
        ready = torch.stack(
            [turn(image, angles[j] - angle, middle) for image, angle in zip(images, angles, strict=True)]
        )
        row, column = unit.position or center(model, unit.layer)
        rows, columns = slice(row, row + 1), slice(column, column + 1)
        maps = window(model, torch.cat([ready, images]), unit.layer, rows, columns, batch=16)[:, unit.index, 0, 0]
        sign = -1 if unit.negative else 1
        turned[:, j], still[:, j] = (sign * part.numpy() for part in maps.split(len(units)))
    return TurnedPictures(turned, still, np.diag(still))


def _middle(model: Model, layer: str) -> tuple[float, float]:
    """Return the middle (x, y) in pixels of what the central position sees."""
    field, (row, column) = model.receptive_field(layer), center(model, layer)
    return field.center_px(column) + 0.5, field.center_px(row) + 0.5


def turn(image: torch.Tensor, angle_deg: float, middle_px: tuple[float, float] | None = None) -> torch.Tensor:
    """Turn an image or filter (channels, size, size) clockwise about a point (x, y), its own middle if none is given.

    Its border goes on outside.
    """
    radians, size = math.radians(angle_deg), image.shape[-1]
    cos, sin = math.cos(radians), math.sin(radians)
    x, y = (2 * at / size - 1 for at in middle_px or (size / 2, size / 2))
    rows = [[cos, sin, x - cos * x - sin * y], [-sin, cos, y + sin * x - cos * y]]
    matrix = torch.tensor([rows], dtype=image.dtype, device=image.device)
    grid = functional.affine_grid(matrix, [1, *image.shape], align_corners=False)
    return functional.grid_sample(image[None], grid, padding_mode="border", align_corners=False)[0]


def _discs(pictures: np.ndarray, middle_px: tuple[float, float]) -> torch.Tensor:
    """Return pictures (n, size, size, channels) as (n, channels, size, size), faded to their mean colour outside."""
    images = torch.as_tensor(np.asarray(pictures), dtype=torch.float32).movedim(-1, 1)
    inside = _disc(images.shape[-1], middle_px)
    mean = (images * inside).sum(dim=(2, 3), keepdim=True) / inside.sum()
    return mean + (images - mean) * inside


def _disc(size: int, middle_px: tuple[float, float]) -> torch.Tensor:
    """Return a mask (size, size) that falls from 1 to 0 over the last eighth of the radius."""
    x, y = (torch.arange(size) + 0.5 - at for at in middle_px)
    return ((1 - torch.hypot(x[None], y[:, None]) / (size / 2)) / _EDGE).clamp(0, 1)


def filters(model: Model, layer: str) -> np.ndarray | None:
    """Return the filters (units, channels, side, side) of a first layer; None for others and for small filters."""
    module = _first_convolution(model)
    part = model.part(layer) if layer not in model.heads else None
    if module is None or part is None or part.channels != module.out_channels:
        return None
    sees, side = model.receptive_field(layer).size_px, module.kernel_size[0]
    alike = module.kernel_size[0] == module.kernel_size[1] and module.groups == 1
    return module.weight.detach().float().cpu().numpy() if alike and sees == side >= LEAST_SIDE else None


def _first_convolution(model: Model) -> nn.Conv2d | None:
    """Return the first module with weights that mix, where that is a convolution of the image."""
    network = model.network
    inner = network.inner if isinstance(network, graphs.Normalised) else network
    first = next((m for m in inner.modules() if any(p.ndim > 1 for p in m.parameters(recurse=False))), None)
    return first if isinstance(first, nn.Conv2d) and first.in_channels == model.channels else None


def turned_filters(weights: np.ndarray, preferred_deg: Sequence[float] | np.ndarray) -> Compared:
    """Compare filter i, turned from i's preferred direction to j's, with filter j, and as it is: cosines.

    Filters (units, channels, side, side) are cut to a disc, so that no corner counts.
    """
    images, angles = torch.as_tensor(weights, dtype=torch.float32), np.nan_to_num(np.asarray(preferred_deg, float))
    inside = (_disc_of(images.shape[-1]))[None]
    flat = functional.normalize((images * inside).flatten(1), dim=1)
    result = np.zeros((len(images), len(images)))
    for j, angle in enumerate(angles):
        ready = torch.stack([turn(image, angle - own) * inside for image, own in zip(images, angles, strict=True)])
        result[:, j] = (functional.normalize(ready.flatten(1), dim=1) @ flat[j]).numpy()
    return Compared(result, (flat @ flat.T).numpy())


def _disc_of(size: int) -> torch.Tensor:
    """Return which pixels (size, size) have their centre in the largest disc."""
    at = torch.arange(size) - (size - 1) / 2
    return (torch.hypot(at[:, None], at[None]) <= size / 2).float()
