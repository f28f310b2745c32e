"""The patches of a data set that say most for a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import prepared
from figures.methods.batches import in_batches
from figures.methods.comparison import crops
from figures.methods.datasets import Dataset
from figures.methods.evidence import votes
from figures.methods.models import Model
from figures.methods.pictures import pixels
from figures.methods.truth import UNKNOWN, truth

KEPT = 64
_BATCH, _PIXELS = 50, 2**20
_WIDE = 0.35


@dataclass(frozen=True)
class Strongest:
    """The images (k, n) whose strongest place says most for each class (k): where (y, x), and how much it says.

    The strongest first; no image twice for a class.
    """

    image: np.ndarray
    y: np.ndarray
    x: np.ndarray
    vote: np.ndarray


@measurement
def strongest(model: Model, dataset: Dataset, *, head: str, numbers: tuple[int, ...]) -> Strongest:
    """Look for the strongest vote of every image of a data set; raises ValueError where places have no votes."""
    data = dataset.sized(model.input_size, model.channels)
    blank = torch.full((model.channels, model.input_size, model.input_size), 0.5, device=lab.device())
    cast = votes.ballot(model, head, numbers, blank)
    guess = max(1, min(_BATCH, _PIXELS // model.input_size**2))

    def look(some: slice) -> np.ndarray:
        there, pictures = data.usable(np.arange(some.start, some.stop))
        if not len(there):
            return np.zeros((4, len(numbers), 0))
        with torch.inference_mode():
            maps = cast.of(model, prepared(pictures, lab.device(), model.channels))
        best, place = maps.flatten(2).max(dim=2)
        rows = [np.broadcast_to(there[:, None], best.shape), *np.divmod(place.cpu().numpy(), maps.shape[-1])]
        return np.stack([*rows, best.cpu().numpy()]).swapaxes(1, 2).astype(np.float64)

    parts = list(lab.track(in_batches(len(data), guess, look), f"votes on {head}", -(-len(data) // guess)))
    every = np.concatenate(parts, axis=2)
    first = np.argsort(-every[3], axis=1, kind="stable")[:, :KEPT]
    image, y, x, vote = np.take_along_axis(every, first[None], axis=2)
    return Strongest(image.astype(np.int64), y.astype(np.int64), x.astype(np.int64), vote.astype(np.float32))


@dataclass(frozen=True)
class Patches:
    """The patches (n, side, side, 3) uint8 of a data set that say most for a class, the strongest first.

    `right` tells whether the image is of the class, None where that is not known; `names` are those of images.
    """

    name: str
    pictures: np.ndarray
    vote: np.ndarray
    image: np.ndarray
    y: np.ndarray
    x: np.ndarray
    names: tuple[str, ...]
    right: tuple[bool | None, ...]


@dataclass(frozen=True)
class Informative:
    """The patches of several classes; `field_px` is what a place sees, `side_px` what is drawn of it."""

    network: str
    dataset: str
    images: int
    head: str
    field_px: int
    side_px: int
    classes: tuple[Patches, ...]

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each patch."""
        rows = [(one, place) for one in self.classes for place in range(len(one.vote))]
        told = {True: "yes", False: "no", None: None}
        return {
            "class": [one.name for one, _ in rows],
            "rank": [place + 1 for _, place in rows],
            "image": [one.names[place] for one, place in rows],
            "y": [int(one.y[place]) for one, place in rows],
            "x": [int(one.x[place]) for one, place in rows],
            "vote": [float(one.vote[place]) for one, place in rows],
            "image is of the class": [told[one.right[place]] for one, place in rows],
        }


def of(model: Model, dataset: Dataset, classes: Sequence[str], count: int, *, head: str) -> Informative:
    """Find the `count` strongest patches of classes by name, by default of the head's first six.

    Raises ValueError for heads and classes that there are not, and where places have no votes.
    """
    name = model.head(head)
    wanted = classes or model.heads[name][:6]
    numbers = tuple(dict.fromkeys(model.unit(f"{name}:{one}").index for one in wanted))
    best, layer = strongest(model, dataset, head=name, numbers=numbers), votes.last_layer(model)
    side = crops.side_px(model, layer, 1.0 if votes.sees_patches(model) else _WIDE)
    return Informative(
        network=model.name,
        dataset=dataset.name,
        images=len(dataset),
        head=name,
        field_px=model.receptive_field(layer).size_px,
        side_px=side,
        classes=tuple(
            _patches(model, dataset, name, layer, number, best, place, count, side)
            for place, number in enumerate(numbers)
        ),
    )


def _patches(
    model: Model, dataset: Dataset, head: str, layer: str, number: int, best: Strongest, place: int, count: int,
    side: int,
) -> Patches:  # fmt: skip
    image, y, x = (values[place, :count] for values in (best.image, best.y, best.x))
    right = truth(dataset, image, head, model.heads[head])
    return Patches(
        name=model.heads[head][number],
        pictures=pixels(crops.around(model, dataset, layer, image, y, x, side)),
        vote=best.vote[place, :count],
        image=image,
        y=y,
        x=x,
        names=tuple(dataset.names(image)),
        right=tuple(None if one == UNKNOWN else int(one) == number for one in right.tolist()),
    )
