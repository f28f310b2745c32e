"""Take units out of a layer, or push along them, and let the network go on from there.

Zhou et al. (2018, "Revisiting the Importance of Individual Units in CNNs via Ablation") and Morcos et al. (2018,
"On the importance of single directions for generalization") set a channel to zero and watch accuracy. We differ in
watching every class, in the mean as another value to hold a channel at, and in pushing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import prepared
from figures.methods.batches import in_batches
from figures.methods.datasets import Dataset
from figures.methods.insides import halves
from figures.methods.insides.instances import instance
from figures.methods.insides.layouts import MAP, VECTOR
from figures.methods.models import Model

EDITS = ("zero", "mean", "push")
_PIXELS, _BATCH = 16 * 224**2, 64


@dataclass(frozen=True)
class Ablation:
    """What sets of units (s), changed by doses (d), do to the classes (c) of a head, on the mean over images.

    logit, chance (c,): as the network is. logits, chances (s, d, c): with the change. hits (s, d, c): how many of
    the images of each class keep it as the answer; own_hits, images (c,): as the network is, and of how many.
    moved (s, d): the share of probability that goes to other classes, half of the sum of absolute differences.
    carried (s,): the mean activation of the set's units, as a share of the layer's.
    """

    logit: np.ndarray
    chance: np.ndarray
    logits: np.ndarray
    chances: np.ndarray
    hits: np.ndarray
    own_hits: np.ndarray
    images: np.ndarray
    moved: np.ndarray
    carried: np.ndarray


@measurement
def ablation(
    model: Model, dataset: Dataset, *, images: np.ndarray, classes: np.ndarray, layer: str, head: str,
    sets: np.ndarray, edit: str, doses: tuple[float, ...],
) -> Ablation:  # fmt: skip
    """Change each of some sets (s, k) of a layer's units at all places, and run the network on from there.

    `edit` is `zero` or `mean`, the value that the units are held at, or `push`, which adds as many standard
    deviations as each of the doses says; both are over all places of all images. `images` (n,) are numbers of
    images of the data set, `classes` (n,) theirs, -1 for what the network itself answers. Raises ValueError for a
    network without a graph, a layer that the head does not depend on, and where no image can be read.
    """
    cut = _Cut(model, dataset.sized(model.input_size, model.channels), images, layer, head)
    own, units, spread = dict(zip(images.tolist(), classes.tolist(), strict=True)), torch.as_tensor(sets), cut.moments()
    tally = _Tally(len(sets), len(doses))
    for indices, output, passing in cut.batches(f"ablation {layer}"):
        tally.start(cut.halves.go_on(output, passing), [own[index] for index in indices.tolist()])
        for row, chosen in enumerate(units):
            for column, dose in enumerate(doses):
                changed = spread.changed(output, chosen.to(output.device), edit, dose)
                tally.add(row, column, cut.halves.go_on(changed, passing))
    return tally.result(spread.share(units))


class _Cut:
    """A network in halves at a layer, and the images that it is shown."""

    def __init__(self, model: Model, data: Dataset, images: np.ndarray, layer: str, head: str) -> None:
        if model.anatomy.trouble:
            raise ValueError(
                f"the graph of {model.name} cannot be written down ({model.anatomy.trouble}), and nothing be changed "
                "inside; expected another network"
            )
        self.model, self.data, self.images = model, data, images
        self.layout = model.part(layer).layout
        self.halves = halves.split(instance(model.maker, lab.device()).traced, model.part(layer).module, head)

    def batches(self, description: str) -> Iterator[tuple[np.ndarray, torch.Tensor, tuple]]:
        """Yield the indices of some images, the layer's output, and what passes it by."""
        size = max(1, min(_BATCH, _PIXELS // self.data.size_px**2))
        several = in_batches(len(self.images), size, self._entered)
        for indices, entered in lab.track(several, description, -(-len(self.images) // size)):
            if len(indices):
                yield indices, entered[0], entered[1:]

    def _entered(self, some: slice) -> tuple[np.ndarray, tuple]:
        torch.set_flush_denormal(True)  # as in `activations.read`
        indices, images = self.data.usable(self.images[some])
        with torch.inference_mode():
            return indices, self.halves.enter(prepared(images, lab.device(), self.model.channels)) if len(
                images
            ) else ()

    def moments(self) -> _Moments:
        """Return the mean and standard deviation of each unit over all places of all images."""
        sums, squares, count = None, None, 0
        for _, output, _ in self.batches("mean activations"):
            values = _channels_first(output, self.layout).flatten(1).double()
            sums = values.sum(1) if sums is None else sums + values.sum(1)
            squares = values.square().sum(1) if squares is None else squares + values.square().sum(1)
            count += values.shape[1]
        if sums is None or squares is None:
            raise ValueError(f"data set {self.data.name!r} has no image that can be decoded")
        mean = sums / count
        return _Moments(self.layout, mean, (squares / count - mean.square()).clamp(min=0).sqrt())


@dataclass(frozen=True)
class _Moments:
    """The mean and the standard deviation of each unit of a layer, (units,)."""

    layout: str
    mean: torch.Tensor
    deviation: torch.Tensor

    def changed(self, output: torch.Tensor, units: torch.Tensor, edit: str, dose: float) -> torch.Tensor:
        """Return a layer's output with some units held at a value, or pushed."""
        whole = output.clone()
        channels = _channels_first(whole, self.layout)
        shape = (-1, *[1] * (channels.ndim - 1))
        if edit == "push":
            channels[units] += (dose * self.deviation[units]).to(whole.dtype).view(shape)
        else:
            held = self.mean[units] if edit == "mean" else torch.zeros_like(self.mean[units])
            channels[units] = held.to(whole.dtype).view(shape).expand_as(channels[units])
        return whole

    def share(self, sets: torch.Tensor) -> np.ndarray:
        """Return what part of the layer's mean activation, by size, sets (s, k) carry."""
        sizes = self.mean.abs().cpu()
        share: np.ndarray = (sizes[sets].sum(1) / sizes.sum().clamp(min=1e-12)).numpy()
        return share


def _channels_first(output: torch.Tensor, layout: str) -> torch.Tensor:
    """Return a view of a layer's output whose first axis is that of its units."""
    return output.movedim(1 if layout in (MAP, VECTOR) else output.ndim - 1, 0)


class _Tally:
    """Sums over images of what changes."""

    def __init__(self, sets: int, doses: int) -> None:
        self.shape, self.count = (sets, doses), 0
        self.sums: dict[str, np.ndarray] = {}

    def start(self, logits: torch.Tensor, classes: list[int]) -> None:
        """Begin with what the network answers as it is; -1 stands for the answer itself."""
        self.chance = logits.double().softmax(1)
        given = torch.as_tensor(classes, device=logits.device)
        self.classes = torch.where(given < 0, logits.argmax(1), given)
        self.width, self.count = logits.shape[1], self.count + len(logits)
        own = {"logit": logits, "chance": self.chance, "own_hits": self._hits(logits)}
        for name, values in own.items():
            self._sum(name, (), (), values.double().sum(0))
        self._sum("images", (), (), torch.bincount(self.classes, minlength=self.width).double())

    def add(self, row: int, column: int, logits: torch.Tensor) -> None:
        """Take in what it answers with a set changed by a dose."""
        chance, place = logits.double().softmax(1), (row, column)
        for name, values in {"logits": logits, "chances": chance, "hits": self._hits(logits)}.items():
            self._sum(name, self.shape, place, values.double().sum(0))
        self._sum("moved", self.shape, place, (chance - self.chance).abs().sum() / 2)

    def result(self, carried: np.ndarray) -> Ablation:
        counted = {"hits", "own_hits", "images"}
        means = {name: array if name in counted else array / self.count for name, array in self.sums.items()}
        return Ablation(**means, carried=carried)

    def _hits(self, logits: torch.Tensor) -> torch.Tensor:
        """Return one where the class of an image is the answer, (n, classes)."""
        right = logits.argmax(1) == self.classes
        return torch.nn.functional.one_hot(self.classes, self.width) * right[:, None]

    def _sum(self, name: str, shape: tuple[int, ...], place: tuple[int, ...], values: torch.Tensor) -> None:
        whole = self.sums.setdefault(name, np.zeros((*shape, *values.shape)))
        whole[place] += values.cpu().numpy()
