"""What the vectors at places of a layer add to every class, to first order.

The attribution of class c at a place is v . d logit_c / dh, v the vector of the layer there (Carter et al., 2019,
"Activation Atlas"). One gradient a class would be too much for a thousand classes. But for all classes at once it is
the derivative of the logits along one direction, v at the place and zero elsewhere, which goes forward through the
network beside the logits: one pass a place, exact for every class.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch.autograd import forward_ad
from torch.nn.attention import SDPBackend, sdpa_kernel

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import as_maps, key, prepared
from figures.methods.atlas.positions import checked
from figures.methods.batches import in_batches
from figures.methods.datasets import Dataset
from figures.methods.insides.halves import Halves, split
from figures.methods.insides.instances import instance
from figures.methods.models import Model

_BATCH, _PIXELS = 32, 2**20


@dataclass(frozen=True)
class Attributed:
    """Attributions (n, classes) of places, float32: what each adds to every logit of a head."""

    values: np.ndarray

    @property
    def best(self) -> np.ndarray:
        """The class (n,) that each place adds most to."""
        best: np.ndarray = self.values.argmax(axis=1)
        return best


@measurement
def attributions(
    model: Model, dataset: Dataset, layer: str, *, head: str, image: np.ndarray, y: np.ndarray, x: np.ndarray
) -> Attributed:
    """Attribute places (n,) of a layer's maps, sorted by image, to all classes of a head: exact for each place.

    Raises ValueError for a head that there is not or that the layer does not reach, and for a network whose graph
    cannot be written down.
    """
    tail = Tail.of(model, layer, head)
    data = dataset.sized(model.input_size, model.channels)
    shown, starts = np.unique(image, return_index=True)
    ends, guess = np.append(starts[1:], len(image)), max(1, min(_BATCH, _PIXELS // model.input_size**2))

    def look(some: slice) -> np.ndarray:
        rows = slice(int(starts[some][0]), int(ends[some][-1]))
        of = np.searchsorted(shown[some], image[rows])
        return np.concatenate(list(tail.attributed(data.images(shown[some]), of, y[rows], x[rows], guess)))

    batches = in_batches(len(shown), guess, look)
    return Attributed(np.concatenate(list(lab.track(batches, f"classes at {layer}", -(-len(shown) // guess)))))


@dataclass(frozen=True)
class Tail:
    """A network cut at a layer, to go on from there to a head."""

    model: Model
    layer: str
    halves: Halves

    @classmethod
    def of(cls, model: Model, layer: str, head: str) -> Tail:
        """Cut a network; raises ValueError where that cannot be done."""
        name, answers, trouble = checked(model, layer), model.head(head), model.anatomy.trouble
        if trouble:
            raise ValueError(
                f"{model.name}: its graph cannot be written down ({trouble}); expected a network whose layers can be "
                f"taken apart, to go on from {name} to its classes"
            )
        return cls(model, name, split(instance(model.maker, lab.device()).traced, key(model, name, False)[0], answers))

    def attributed(
        self, images: torch.Tensor, of: np.ndarray, y: np.ndarray, x: np.ndarray, batch: int
    ) -> Iterator[np.ndarray]:
        """Yield attributions (some, classes) of places: of image `of`, in row y and column x."""
        with torch.no_grad(), sdpa_kernel(SDPBackend.MATH):  # quick kernels of attention know no such derivatives
            output, *passing = self.halves.enter(prepared(images, lab.device(), self.model.channels))
            for start in range(0, len(of), batch):
                index, row, column = (
                    torch.as_tensor(part[start : start + batch], device=output.device) for part in (of, y, x)
                )
                beside = tuple(_chosen(one, index, len(images)) for one in passing)
                yield self._along(output[index], beside, row, column).float().cpu().numpy()

    def _along(
        self, output: torch.Tensor, passing: tuple[object, ...], row: torch.Tensor, column: torch.Tensor
    ) -> torch.Tensor:
        """Return how the logits (n, classes) change along what the layer answers at one place of each output (n, …)."""
        here = torch.zeros_like(output)
        as_maps(self.model, self.layer, here)[torch.arange(len(here), device=here.device), :, row, column] = 1
        with warnings.catch_warnings(), forward_ad.dual_level():
            warnings.simplefilter("ignore", FutureWarning)  # torch warns of what it imports itself
            logits = self.halves.go_on(forward_ad.make_dual(output, output * here), passing)
            along: torch.Tensor = forward_ad.unpack_dual(logits).tangent
        return along


def _chosen(one: object, index: torch.Tensor, images: int) -> object:
    """Choose the images of a tensor that has one entry for each; all else is the same for all images."""
    return one[index] if isinstance(one, torch.Tensor) and one.ndim > 0 and len(one) == images else one
