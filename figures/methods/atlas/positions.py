"""Activation vectors of a layer at random places of many images: what an atlas is made of.

After Carter et al. (2019, "Activation Atlas", Distill), who take one place of each of a million images. We differ in
taking several of an image where there are few images, and in leaving out all four edges of a map.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import prepared, read
from figures.methods.batches import in_batches
from figures.methods.datasets import Dataset
from figures.methods.layers import map_size
from figures.methods.models import Model
from figures.methods.scan.batch import image_chances, position_keys, spots

POSITIONS = 2000
_EDGES_FROM = 5
"""A map at least so high and so wide loses its first and last row and column: they see beyond the image."""
_BATCH, _PIXELS = 64, 2**21
TOGETHER = 2048
"""Images that are looked at, and whose places are kept, as one: workers share them."""


@dataclass(frozen=True)
class SampledPositions:
    """Places (n) of a layer's maps, sorted by image, row and column, and what the layer holds there.

    vectors (n, channel) float32: after the rectifier, where one ends the layer. image: the index in the data set; y,
    x: the row and the column. size (2,): height and width of a map. per_image: how many places each image gives.
    images: how many could be decoded; broken names the others that were drawn.
    """

    vectors: np.ndarray
    image: np.ndarray
    y: np.ndarray
    x: np.ndarray
    size: np.ndarray
    per_image: np.ndarray
    images: np.ndarray
    broken: np.ndarray

    def __len__(self) -> int:
        return len(self.image)

    @property
    def edges_left_out(self) -> bool:
        """Whether the first and last rows and columns of the map were never drawn."""
        return bool(self.size.min() >= _EDGES_FROM)


def positions(
    model: Model, dataset: Dataset, layer: str, *, count: int = POSITIONS, per_image: int = 0, seed: int = 0
) -> SampledPositions:
    """Draw about `count` places of a layer's maps, `per_image` of each image, and read the layer there.

    With 0, an image gives as many as are needed for `count` to come together, and no more than there are; images
    are drawn at random where fewer will do. The choice depends on the seed and the index of an image alone.
    Raises ValueError for a head, and where an activation is not finite or no image can be decoded.
    """
    name = checked(model, layer)
    size = _size(model, name)
    each = min(per_image or -(-count // len(dataset)), len(inner(size)))
    wanted = chosen_images(len(dataset), -(-count // each), seed)
    several = [wanted[first : first + TOGETHER] for first in range(0, len(wanted), TOGETHER)]
    how = {"model": model, "dataset": dataset, "layer": name, "each": each, "seed": seed}
    done = [(one.image, one.place, one.vectors) for one in places.over([{**how, "images": some} for some in several])]
    images, chosen, vectors = (np.concatenate(column) for column in zip(*done, strict=True))
    if not len(images):
        raise ValueError(f"data set {dataset.name!r}: none of {len(wanted)} images can be decoded")
    y, x = np.divmod(chosen.ravel(), size[1])
    broken = np.asarray(dataset.names(np.setdiff1d(wanted, images)), dtype=str)
    return SampledPositions(
        vectors, np.repeat(images, each), y, x, np.array(size), np.array(each), np.array(len(images)), broken
    )


@dataclass(frozen=True)
class Drawn:
    """Places (image, each) of those images (image,) that could be decoded, and vectors (image * each, channel)."""

    image: np.ndarray
    place: np.ndarray
    vectors: np.ndarray


@measurement
def places(model: Model, dataset: Dataset, layer: str, images: np.ndarray, *, each: int, seed: int) -> Drawn:
    """Draw `each` places of some images, and read a layer there."""
    data, size = dataset.sized(model.input_size, model.channels), _size(model, layer)
    guess = max(1, min(_BATCH, _PIXELS // model.input_size**2))

    def look(some: slice) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        image, pixels = data.usable(images[some])
        place = _chosen(image, inner(size), each, seed)
        return image, place, _vectors(model, layer, pixels, place, size[1])

    done = lab.track(in_batches(len(images), guess, look), f"places of {layer}", -(-len(images) // guess))
    return Drawn(*(np.concatenate(column) for column in zip(*done, strict=True)))


def checked(model: Model, layer: str) -> str:
    """Return the name that we prefer for a layer; raises ValueError for one that there is not, and for a head."""
    name = model.layer(layer)
    if name in model.heads:
        raise ValueError(f"{name} is a head of {model.name}; expected a layer before it, such as {model.main[-1]}")
    return name


def _size(model: Model, layer: str) -> tuple[int, int]:
    size = map_size(model, layer, model.input_size)
    if size is None:
        raise ValueError(f"{layer} of {model.name} has no map")
    return size


def inner(size: tuple[int, int]) -> np.ndarray:
    """Return the places of a map, row by row, that lie on none of its four edges; all of a small map."""
    height, width = size
    edge = int(min(size) >= _EDGES_FROM)
    rows, columns = np.arange(edge, height - edge), np.arange(edge, width - edge)
    return (rows[:, None] * width + columns).ravel()


def chosen_images(total: int, count: int, seed: int) -> np.ndarray:
    """Draw `count` of `total` images without replacement, all where there are no more; ascending."""
    chances = image_chances(seed, np.arange(total))[:, 0]
    return np.sort(np.argsort(chances, kind="stable")[:count])


def _chosen(image: np.ndarray, inside: np.ndarray, each: int, seed: int) -> np.ndarray:
    """Draw places (image, each) of images from those inside the map, ascending."""
    keys = position_keys(seed, spots(image[:, None], inside).reshape(-1)).reshape(len(image), len(inside))
    return np.sort(inside[np.argsort(keys, axis=1, kind="stable")[:, :each]], axis=1)


def _vectors(model: Model, layer: str, images: torch.Tensor, place: np.ndarray, width: int) -> np.ndarray:
    """Read a layer at places (image, each); return vectors (image * each, channel)."""
    if not len(images):
        return np.zeros((0, model.size(layer)), np.float32)
    with torch.inference_mode():
        maps = read(model, prepared(images, lab.device(), model.channels), [layer], pre=False)[layer].float()
    rows, columns = (torch.as_tensor(one, device=maps.device) for one in np.divmod(place, width))
    index = torch.arange(len(maps), device=maps.device)[:, None]
    vectors: np.ndarray = maps[index, :, rows, columns].flatten(0, 1).cpu().numpy()
    if not np.isfinite(vectors).all():
        raise ValueError(f"{layer} of {model.name}: an activation is not finite")
    return vectors
