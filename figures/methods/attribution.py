"""Why a place of an image drives a unit: a picture of what the layer before contributes.

After Cammarata et al. (2020, "Curve Detectors", section "Visualizing attribution"). The picture
climbs the sum of A * h(picture), A the contributions (see `contributions`) held still, in shades
of grey and transparent where nothing is asked for; it lies over the unit's crop of the image,
pixel for pixel.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from figures.measurement import measurement
from figures.methods import pictures, scan
from figures.methods.batches import in_batches
from figures.methods.contributions import Contributions, contributions, source_layer
from figures.methods.datasets import Dataset
from figures.methods.feature_visualization.objectives import View, single
from figures.methods.feature_visualization.recipe import Recipe
from figures.methods.feature_visualization.weighted import Climb, two_hues
from figures.methods.layers import map_size
from figures.methods.models import Model
from figures.methods.surroundings import stands_alone
from figures.methods.views import sees_beyond
from figures.units import Unit

#: (index of the image, row and column of the unit's map).
Place = tuple[int, int, int]

RECIPE = Recipe(
    steps=48, alpha=True, colour="grey", jitter=0.02, rotation_deg=3.0, scaling=0.02, noise=0.2, cut=0.16,
    picture_px=144,
)  # fmt: skip

_PIXELS, _MOST = 2**17, 32


@dataclass(frozen=True)
class Attributions:
    """Pictures of what moves a unit at places (n), and numbers of it.

    images (n, side, side, 4) uint8: the picture, cut as the crop is; all transparent where nothing contributes.
    crops (n, field, field, 3) uint8: what the unit sees. value (n,): z. total (n,): the sum of all contributions;
    rest (n,): what is left of z. driving, holding (n,): the sums of those above and below zero. channel (n,): the
    channel that contributes most, by absolute values; share (n,): its share. empty (n,): nothing contributes.
    """

    images: np.ndarray
    crops: np.ndarray
    value: np.ndarray
    total: np.ndarray
    rest: np.ndarray
    driving: np.ndarray
    holding: np.ndarray
    channel: np.ndarray
    share: np.ndarray
    empty: np.ndarray

    @property
    def held_back(self) -> np.ndarray:
        """Of all that moves the unit, the share that holds it back, (n,)."""
        moving = self.driving - self.holding
        return np.divide(-self.holding, moving, out=np.zeros_like(moving), where=moving > 0)

    @classmethod
    def joined(cls, several: Sequence[Attributions]) -> Attributions:
        """Set several, one after the other."""
        return cls(*(np.concatenate(arrays) for arrays in zip(*(vars(each).values() for each in several), strict=True)))

    def first(self, count: int) -> Attributions:
        """Keep the first `count`."""
        return Attributions(*(array[:count] for array in vars(self).values()))


@measurement(each="places")
def attributions(
    model: Model,
    dataset: Dataset,
    unit: str,
    places: Sequence[Place],
    *,
    layer: str = "",
    signed: bool = False,
    seed: int = 0,
    recipe: Recipe = RECIPE,
) -> Attributions:
    """Picture what drives a unit at places (image, y, x), each the same alone and in any batch.

    `layer` is the layer before by default. `signed` pictures what drives the unit in greens and
    what holds it back in reds. Raises ValueError for a unit or a layer that does not suit.
    """
    wish = _Wish(model, dataset.sized(model.input_size, 3), model.unit(unit), layer, signed, seed, recipe)
    guess = max(1, min(_MOST, _PIXELS // wish.look.side_px**2))
    return Attributions.joined(list(in_batches(len(places), guess, lambda some: _together(wish, places[some]))))


@dataclass(frozen=True)
class _Wish:
    """What all pictures of one call have in common."""

    model: Model
    data: Dataset
    unit: Unit
    layer: str
    signed: bool
    seed: int
    recipe: Recipe

    @property
    def source(self) -> str:
        return source_layer(self.model, self.unit, self.layer)

    @property
    def look(self) -> View:
        return _look(self.model, self.unit.layer, self.source)


def _look(model: Model, layer: str, source: str) -> View:
    """Choose the square of pixels to climb in: just what holds a receptive field, where that and the maps allow it."""
    field, whole = model.receptive_field(layer), model.input_size
    size = min(field.size_px, whole)
    every = View(whole, size, (0, 0))
    if layer in model.heads or field.size_px >= whole:
        return every
    if sees_beyond(model, layer) or sees_beyond(model, source):
        return replace(every, whole=True)
    index = field.first_inside
    side = -(-(field.first_px(index) + size) // field.stride_px) * field.stride_px
    stride = model.receptive_field(source).stride_px
    if side >= whole or (whole - side) % field.stride_px or field.stride_px % stride:
        return every
    small, large = map_size(model, source, side), map_size(model, source, whole)
    lost = (whole - side) // stride
    fits = small is not None and large is not None and all(b - a == lost for a, b in zip(small, large, strict=True))
    fits = fits and stands_alone(model, layer, single(model, layer, side, index))
    return View(side, size, (index, index), local=True) if fits else every


def _together(wish: _Wish, places: Sequence[Place]) -> Attributions:
    """Picture places in one batch."""
    model, unit, look = wish.model, wish.unit, wish.look
    company = 1 + (len(places) == 1)  # a lone image goes through other kernels, which round otherwise
    image, y, x = np.array(list(places) * company, dtype=np.int64).reshape(-1, 3).T
    found = contributions(model, wish.data.images(image), unit, np.stack([y, x], axis=1), wish.layer)
    origins = _origins(model, unit.layer, look, y, x)
    asked = _asked(found.maps, wish.signed)
    parts = len(asked) // len(image)
    seeds = [_seed(wish, place, part) for part in range(parts) for place in zip(image, y, x, strict=True)]
    offset = torch.tensor(_offsets(model, unit.layer, look, origins, y, x), dtype=torch.float32).repeat(parts, 1)
    cut = _cut(model, wish.source, look, asked, np.tile(origins, (parts, 1)))
    climb = Climb.start_at(model, wish.source, cut, replace(look, offset_px=offset), seeds, wish.recipe)
    climb.run()
    drawn = climb.drawn()
    images = two_hues(*drawn.split(len(image)), *asked.split(len(image))) if wish.signed else drawn
    crops = scan.crops(model, wish.data, unit.layer, image, y, x)
    return Attributions(pictures.pixels(images), pictures.pixels(crops), **_numbers(found)).first(len(places))


def _asked(maps: torch.Tensor, signed: bool) -> torch.Tensor:
    """Return what pictures are to show (n, …): absolute contributions, or those above zero and then those below."""
    return torch.cat([maps.clamp(min=0), (-maps).clamp(min=0)]) if signed else maps.abs()


def _origins(model: Model, layer: str, look: View, y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the first row and column (n, 2) of what is climbed in; a border of the image stays one."""
    if not look.local:
        return np.zeros((len(y), 2), dtype=np.int64)
    stride = model.receptive_field(layer).stride_px
    first = (np.stack([y, x], axis=1) - look.position[0]) * stride
    return np.clip(first, 0, model.input_size - look.side_px)


def _offsets(model: Model, layer: str, look: View, origins: np.ndarray, y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return how far right of and below the middle of the view (n, 2) the middle of each crop lies."""
    rows, columns, side = scan.windows(model, layer, y, x)
    middle = np.stack([columns, rows], axis=1) + (side - 1) / 2
    return middle - origins[:, ::-1] - (look.side_px - 1) / 2


def _cut(model: Model, source: str, look: View, maps: torch.Tensor, origins: np.ndarray) -> torch.Tensor:
    """Cut maps of whole images to what is climbed in."""
    size = map_size(model, source, look.side_px) if look.local else None
    if size is None:
        return maps
    height, width = size
    starts = (origins // model.receptive_field(source).stride_px).tolist()
    return torch.stack([one[:, r : r + height, c : c + width] for one, (r, c) in zip(maps, starts, strict=True)])


def _seed(wish: _Wish, place: Sequence[int], part: int) -> int:
    """Derive a picture's own seed, so that its neighbours do not matter."""
    words = f"{wish.seed} {wish.unit} {' '.join(str(int(one)) for one in place)} {part}"
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big") >> 1


def _numbers(found: Contributions) -> dict[str, np.ndarray]:
    by_channel = found.maps.double().abs().sum(dim=(2, 3))
    whole, (most, channel) = by_channel.sum(dim=1), by_channel.max(dim=1)
    numbers = {
        "value": found.value,
        "total": found.total,
        "rest": found.rest,
        "driving": found.maps.double().clamp(min=0).sum(dim=(1, 2, 3)),
        "holding": found.maps.double().clamp(max=0).sum(dim=(1, 2, 3)),
        "channel": channel,
        "share": torch.where(whole > 0, most / whole, torch.zeros_like(whole)),
        "empty": whole == 0,
    }
    return {name: number.cpu().numpy() for name, number in numbers.items()}
