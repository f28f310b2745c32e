"""Natural images turned round where they drive a unit most: do the units of a family share one feature?

After Cammarata et al. (2020, "Curve Detectors", section "Joint tuning curves"): the images that each
unit of a family answers to most are turned through the whole circle, all units are recorded, and
each image's answers are shifted so that those of one chosen unit line up. We differ in turning a
disc, the largest that the units see whole, on a ground of its rim's mean colour, so that no
corner comes and goes; and in shifting by correlation, not by peaks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import torch
import torch.nn.functional as F

from figures import lab
from figures.measurement import measurement
from figures.methods import scan, tuning, tuning_curves
from figures.methods.activations import window
from figures.methods.batches import in_batches
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.methods.tuning import View
from figures.methods.views import sees_beyond
from figures.units import Unit, whole_channel

TOP = 16
_WIDEST_STEP_DEG = 45
_BATCH, _PIXELS = 96, 2**21
_ROUNDS = 6
#: Where an output pixel is read, in pixels from its middle: the same mean of four at every angle.
_SPOTS = tuple((dx, dy) for dx in (-0.25, 0.25) for dy in (-0.25, 0.25))

Angles = TypeVar("Angles", float, np.ndarray)


@dataclass(frozen=True)
class Spot:
    """What one position sees of an image, as a disc: its middle (x, y) in the image, where a view puts it."""

    center_px: tuple[float, float]
    seen: View

    @property
    def radius_px(self) -> float:
        """The largest disc that the view and the receptive field hold."""
        x, y = self.seen.center_px
        return min(x, y, self.seen.size_px - x, self.seen.size_px - y, self.seen.field_px / 2)


def angles_deg(step_deg: float) -> np.ndarray:
    """Return evenly spaced angles about a step apart; raises ValueError for steps that are not in (0, 45]."""
    if not 0 < step_deg <= _WIDEST_STEP_DEG:
        raise ValueError(f"step {step_deg:g} degrees; expected more than 0, at most {_WIDEST_STEP_DEG}")
    count = round(360 / step_deg)
    return np.arange(count) * 360 / count


def turned(image: torch.Tensor, spot: Spot, angles: np.ndarray | torch.Tensor) -> torch.Tensor:
    """Turn the disc of an image (channel, height, width) clockwise by angles in degrees, (n, channel, size, size).

    Every output pixel is the mean of four cubic interpolations, at 0 degrees as at any other, so
    that no angle is sharper than others; what lies outside the image repeats its border.
    """
    offsets, inside = _offsets(spot, image.device)
    turn = torch.deg2rad(torch.as_tensor(angles, dtype=torch.float32, device=image.device))
    shown = _rim(image, spot).repeat(len(turn), 1, *inside.shape)
    disc = inside > 0
    parts = [_read(image, spot, offsets[disc] + offsets.new_tensor(shift), turn) for shift in _SPOTS]
    read = torch.stack(parts).mean(dim=0).clamp(0, 1)
    shown[:, :, disc] = inside[disc] * read + (1 - inside[disc]) * shown[:, :, disc]
    return shown


def _offsets(spot: Spot, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    """Return each pixel's place (size, size, 2) from the middle of the view, and how far it is inside the disc."""
    at = torch.arange(spot.seen.size_px, device=device) + 0.5
    y, x = torch.meshgrid(at - spot.seen.center_px[1], at - spot.seen.center_px[0], indexing="ij")
    inside = (spot.radius_px - torch.hypot(x, y) + 0.5).clamp(0, 1)
    return torch.stack([x, y], dim=-1), inside


def _read(image: torch.Tensor, spot: Spot, offsets: torch.Tensor, turn: torch.Tensor) -> torch.Tensor:
    """Interpolate an image where its turned copies have pixels of some offsets (pixels, 2), (n, channel, pixels)."""
    cos, sin = turn.cos()[:, None], turn.sin()[:, None]
    x, y = offsets[..., 0], offsets[..., 1]
    back = torch.stack([cos * x + sin * y, cos * y - sin * x], dim=-1)
    height, width = image.shape[-2:]
    place = (back + back.new_tensor(spot.center_px)) / back.new_tensor((width, height)) * 2 - 1
    return F.grid_sample(
        image[None], place[None], mode="bicubic", padding_mode="border", align_corners=False
    )[0].transpose(0, 1)  # fmt: skip


def _rim(image: torch.Tensor, spot: Spot) -> torch.Tensor:
    """Return the mean colour along the disc's edge, (channel, 1, 1): the same at every angle."""
    turn = torch.arange(0, 360, 3, device=image.device).deg2rad()
    height, width = image.shape[-2:]
    (x, y), radius = spot.center_px, spot.radius_px
    place = torch.stack([x + radius * turn.cos(), y + radius * turn.sin()], dim=-1)
    place = place / place.new_tensor((width, height)) * 2 - 1
    return F.grid_sample(
        image[None], place[None, None], mode="bilinear", padding_mode="border", align_corners=False
    ).mean(dim=-1).clamp(0, 1)[0, :, :, None]  # fmt: skip


def spot(model: Model, layer: str, y: int, x: int) -> Spot:
    """Return the disc that one position of a layer sees, where the position in the middle will look."""
    field, seen = model.receptive_field(layer), tuning.looking(model, layer, None, 0)
    if sees_beyond(model, layer):
        seen = replace(seen, field_px=seen.size_px)  # the whole image moves the unit: as much of it is turned as can be
    return Spot((field.center_px(x) + 0.5, field.center_px(y) + 0.5), seen)


@dataclass(frozen=True)
class RotatedResponses:
    """Responses of a family to the images that drive each of some units most, as these turn.

    pre_activation (units, examples, angles, recorded): angle i at i * 360 / angles degrees; nan where a data set has
    fewer images; times -1 for a unit with a minus. image, y, x (units, examples): at which positions; -1 where there
    are none. images (units,): how many images the data set has; broken (units, n): the names of others, which could
    not be read.
    """

    pre_activation: np.ndarray
    image: np.ndarray
    y: np.ndarray
    x: np.ndarray
    images: np.ndarray
    broken: np.ndarray


@measurement(each="units")
def rotated_responses(
    model: Model,
    dataset: Dataset,
    units: Sequence[str],
    recorded: Sequence[str],
    *,
    examples: int = TOP,
    step_deg: float = 3.0,
    seed: int = 0,
) -> RotatedResponses:
    """Turn the images that drive each unit most, and record a family of one layer.

    Raises ValueError for units of other layers, for units at one position, for more than 16 examples, and for a
    step that `angles_deg` refuses.
    """
    angles, (layer, wanted) = angles_deg(step_deg), family(model, recorded)
    if not 1 <= examples <= TOP:
        raise ValueError(f"examples {examples}; expected 1 to {TOP}")
    scanned = scan.of(model, dataset, layer, seed=seed)
    places = np.stack([scanned.end(unit)[:examples].places for unit in family(model, units, layer)[1]])
    flat = places.reshape(-1, 3)
    there = flat[:, 0] >= 0
    values = np.full((len(flat), len(angles), len(wanted)), np.nan, np.float32)
    values[there] = _recorded(model, dataset, layer, wanted, flat[there], angles)
    image, y, x = np.moveaxis(places, -1, 0)
    images, broken = np.full(len(image), scanned.images), np.tile(np.array(scanned.broken, str), (len(image), 1))
    return RotatedResponses(values.reshape(*image.shape, len(angles), len(wanted)), image, y, x, images, broken)


def family(model: Model, units: Sequence[str], layer: str = "") -> tuple[str, list[Unit]]:
    """Return the one layer of some whole channels, and their addresses; raises ValueError where they are not that."""
    found = [model.unit(unit) for unit in units]
    layer = layer or found[0].layer
    for one in found:
        if one.layer != layer:
            raise ValueError(f"{one} is not of {layer}; expected units of one layer, which look at one place")
        whole_channel(one)
    return layer, found


def _recorded(
    model: Model, dataset: Dataset, layer: str, units: Sequence[Unit], places: np.ndarray, angles: np.ndarray
) -> np.ndarray:
    """Return pre-activations (places, angles, units) of the position in the middle."""
    seen = dataset.sized(model.input_size, model.channels)
    sign = np.array([-1.0 if unit.negative else 1.0 for unit in units], np.float32)
    channels = [unit.index for unit in units]

    def one(some: slice) -> list[np.ndarray]:
        return [_circle(model, seen, layer, channels, place, angles) for place in places[some]]

    parts = lab.track(in_batches(len(places), 1, one), f"turning images in {layer}", len(places))
    return np.stack([row for part in parts for row in part]) * sign if len(places) else np.zeros((0, len(angles), 1))


def _circle(
    model: Model, dataset: Dataset, layer: str, channels: list[int], place: np.ndarray, angles: np.ndarray
) -> np.ndarray:
    index, y, x = map(int, place)
    image, disc = dataset.images([index])[0].to(lab.device()), spot(model, layer, y, x)
    batch = max(1, min(_BATCH, _PIXELS // disc.seen.size_px**2))
    rows, columns = (slice(at, at + 1) for at in disc.seen.index)
    parts = [
        window(model, turned(image, disc, angles[start : start + batch]), layer, rows, columns, batch=batch)
        for start in range(0, len(angles), batch)
    ]
    return torch.cat(parts)[:, channels, 0, 0].numpy()


def aligned(responses: np.ndarray, chosen: int, to_deg: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Shift responses (examples, angles, units) round so that those of one unit line up; return them and the shifts.

    Examples to which the chosen unit does not answer above zero, and those that are nan, are left
    out. The others are shifted to where the chosen unit's response correlates most with the mean
    of all, a few rounds over, beginning with the strongest; then all alike so that the peak of that
    mean lies at `to_deg`. The shifts (examples left,) are in degrees.
    """
    own = tuning_curves.rectify(np.nan_to_num(responses[:, :, chosen]))
    kept = responses[own.max(axis=1) > 0] if len(own) else responses
    own, count = own[own.max(axis=1) > 0], responses.shape[1]
    if not len(own):
        return kept, np.zeros(0)
    scaled = own / np.linalg.norm(own, axis=1, keepdims=True)
    steps = _lined_up(scaled, scaled[own.max(axis=1).argmax()])
    peak = tuning_curves.preferred_deg(_rolled(own, steps).mean(axis=0))
    steps = (steps + round((to_deg - peak) * count / 360)) % count
    return _rolled(kept, steps), steps * 360 / count


def _lined_up(curves: np.ndarray, template: np.ndarray) -> np.ndarray:
    steps = np.zeros(len(curves), int)
    for _ in range(_ROUNDS):
        product = np.fft.rfft(template) * np.conj(np.fft.rfft(curves, axis=1))
        found = np.fft.irfft(product, n=curves.shape[1], axis=1).argmax(axis=1)
        if np.array_equal(found, steps):
            break
        steps = found
        template = _rolled(curves, steps).mean(axis=0)
    return steps


def _rolled(curves: np.ndarray, steps: np.ndarray) -> np.ndarray:
    return np.stack([np.roll(curve, step, axis=0) for curve, step in zip(curves, steps, strict=True)])


def apart_deg(one: Angles, other: Angles) -> Angles:
    """Return the way from one angle to another, -180 to 180; nan where one is not known."""
    return (other - one + 180) % 360 - 180


def same_order(angles: Sequence[float] | np.ndarray, others: Sequence[float] | np.ndarray) -> bool:
    """Tell whether two lists of angles go round the circle in the same order; nan are passed over."""
    known = [pair for pair in zip(angles, others, strict=True) if not math.isnan(sum(pair))]
    orders = [sorted(range(len(known)), key=lambda i: (known[i][side] - known[0][side]) % 360) for side in (0, 1)]
    return orders[0] == orders[1]
