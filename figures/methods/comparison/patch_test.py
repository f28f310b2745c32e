"""What a patch does to pictures of one class: does the network take them for another, and more so than by any patch?

After Carter et al. (2019, "Activation Atlas", section "Comparing classes"), who paste such patches by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from figures.measurement import measurement
from figures.methods import asked_images
from figures.methods.activations import logits
from figures.methods.asked_images import Shown
from figures.methods.comparison import compared, crops, pasting
from figures.methods.comparison.compared import Pair
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.methods.rates import Rate
from figures.methods.top_answers import answers

ALL = "everywhere"


@dataclass(frozen=True)
class Answered:
    """Logits (patches, corners, pictures, classes) of pictures with a patch on them."""

    logits: np.ndarray


@measurement
def answered(
    model: Model, pictures: np.ndarray, patches: np.ndarray, *, head: str, corners: tuple[str, ...], share: float
) -> Answered:
    """Show pictures (n, channel, side, side), with each of some patches (m, channel, any, any) at each corner."""
    whole, several = torch.from_numpy(pictures), torch.from_numpy(patches)
    rows = [
        [logits(model, pasting.pasted(whole, patch, corner, share), head).numpy() for corner in corners]
        for patch in several
    ]
    return Answered(np.array(rows, np.float32))


@dataclass(frozen=True)
class PatchTest:
    """Pictures of the first class before and with patches.

    before (pictures, classes), after (patches, corners, pictures, classes): probabilities. The first patch is the one
    that is tested, the others are for control. patches (m, channel, side, side) in [0, 1]; `sources` say where from,
    `origins` the same by label where there is one. `chosen` tells how the pictures were, `found` whether the patch was
    found by comparing places.
    """

    network: str
    pair: Pair
    shown: Shown
    chosen: str
    corners: tuple[str, ...]
    share: float
    patches: np.ndarray
    sources: tuple[str, ...]
    origins: tuple[str, ...]
    found: bool
    classes: tuple[str, ...]
    before: np.ndarray
    after: np.ndarray

    @property
    def controls(self) -> int:
        """How many patches are for control."""
        return len(self.patches) - 1

    def flips(self, probabilities: np.ndarray) -> np.ndarray:
        """Tell where the likeliest class (…, classes) is the second."""
        likeliest: np.ndarray = probabilities.argmax(axis=-1) == self.pair.numbers[1]
        return likeliest

    def overtakes(self, probabilities: np.ndarray) -> np.ndarray:
        """Tell where the second class is likelier (…, classes) than the first."""
        first, second = self.pair.numbers
        more: np.ndarray = probabilities[..., second] > probabilities[..., first]
        return more

    def rates(self) -> dict[tuple[str, str, str], Rate]:
        """Count successes by measure (flip, over), by patch (patch, control), and by corner or everywhere."""
        counted = {}
        corners = {str(name): [i] for i, name in enumerate(self.corners)} | {ALL: list(range(len(self.corners)))}
        for measure, hits in (("flip", self.flips(self.after)), ("over", self.overtakes(self.after))):
            for whose, some in (("patch", hits[:1]), ("control", hits[1:])):
                for place, which in corners.items():
                    part = some[:, which]
                    if part.size:
                        counted[measure, whose, place] = Rate(int(part.sum()), part.size)
        return counted

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists: the answers to each picture, as it is and with each patch at each corner."""
        a, b = self.pair.names
        rows = [(name, "none", "", row) for name, row in zip(self.shown.names, self.before, strict=True)]
        for patch, source in enumerate(self.sources):
            for place, corner in enumerate(self.corners):
                rows += [(name, source, corner, self.after[patch, place, i]) for i, name in enumerate(self.shown.names)]
        files = dict(zip(self.shown.names, self.shown.files, strict=False))
        return {
            "picture": [row[0] for row in rows],
            **({"file": [files[row[0]] for row in rows]} if files else {}),
            "patch": [row[1] for row in rows],
            "corner": [row[2] for row in rows],
            "top answer": [self.classes[int(row[3].argmax())] for row in rows],
            f"probability of {a}": [float(row[3][self.pair.numbers[0]]) for row in rows],
            f"probability of {b}": [float(row[3][self.pair.numbers[1]]) for row in rows],
        }


@dataclass(frozen=True)
class Recipe:
    """How pictures and patches are chosen; `share` is the patch's side as a share of the picture's."""

    count: int = 12
    corners: tuple[str, ...] = tuple(pasting.CORNERS)
    share: float = 0.25
    controls: int = 4
    positions: int = 1000
    seed: int = 0


def of(
    model: Model, dataset: Dataset, layer: str, classes: Sequence[str], *, head: str, images: Sequence[str | Path],
    patch: str | Path, recipe: Recipe,
) -> PatchTest:  # fmt: skip
    """Test a patch, by default the crop of the data set that adds most to the second class rather than to the first.

    Raises ValueError for classes, layers, pictures and corners that there are not, and where no picture is of the
    first class.
    """
    pair, corners = compared.pair(model, head, classes), tuple(dict.fromkeys(map(pasting.check, recipe.corners)))
    shown, own, chosen = _pictures(model, dataset, pair, images, recipe.count)
    free = untested(dataset, own)
    drawn, sources, origins = _patches(model, dataset, layer, classes, pair, patch, free, recipe)
    after = answered(model, shown.images, drawn, head=pair.head, corners=corners, share=recipe.share)
    return PatchTest(
        network=model.name,
        pair=pair,
        shown=shown,
        chosen=chosen,
        corners=corners,
        share=recipe.share,
        patches=drawn,
        sources=sources,
        origins=origins,
        found=not patch,
        classes=model.heads[pair.head],
        before=_probabilities(answers(model, shown.images, head=pair.head).logits),
        after=_probabilities(after.logits),
    )


def _probabilities(logits: np.ndarray) -> np.ndarray:
    shares: np.ndarray = torch.from_numpy(logits).double().softmax(dim=-1).numpy()
    return shares


def _pictures(
    model: Model, dataset: Dataset, pair: Pair, images: Sequence[str | Path], count: int
) -> tuple[Shown, tuple[int, ...], str]:
    """Return the pictures, the numbers of those that are of the data set, and how they were chosen."""
    if images:
        numbers = [asked_images.number_of(dataset, str(one)) for one in images if not isinstance(one, Path)]
        return asked_images.shown(model, dataset, images), tuple(numbers), ""
    labels = dataset.labels(range(len(dataset)))
    known = [number for number, label in enumerate(labels) if label == pair.names[0]]
    numbers, chosen = (
        (known, "by their label") if known else (_answering(model, dataset, pair), "by what the network answers")
    )
    if not numbers:
        raise ValueError(f"{dataset.name}: no image is labelled or taken for {pair.names[0]}; expected some in images")
    spread = np.unique(np.linspace(0, len(numbers) - 1, min(count, len(numbers))).round().astype(int))
    numbers = [numbers[place] for place in spread.tolist()]
    return asked_images.shown(model, dataset, [str(number) for number in numbers]), tuple(numbers), chosen


def _answering(model: Model, dataset: Dataset, pair: Pair) -> list[int]:
    """Return the numbers of the images that the network takes for the first class."""
    there = top_classes(model, dataset, head=pair.head)
    return there.image[there.index == pair.numbers[0]].tolist()


@dataclass(frozen=True)
class TopClasses:
    """The likeliest class (n,) of each image (n,) of a data set that can be read."""

    image: np.ndarray
    index: np.ndarray


@measurement
def top_classes(model: Model, dataset: Dataset, *, head: str) -> TopClasses:
    """Show a network all images of a data set."""
    data, images, best = dataset.sized(model.input_size, model.channels), [], []
    for start in range(0, len(data), 64):
        there, pictures = data.usable(np.arange(start, min(start + 64, len(data))))
        if len(there):
            images.append(there)
            best.append(logits(model, pictures, head, batch=16).argmax(dim=1).numpy())
    return TopClasses(np.concatenate([np.zeros(0, int), *images]), np.concatenate([np.zeros(0, int), *best]))


def untested(dataset: Dataset, own: Sequence[int]) -> np.ndarray:
    """Tell of each image (n,) whether a patch may come from it: it is not tested, and has no label of one that is.

    Squares of one photograph have its name as their label, so that no patch comes from a tested photograph.
    """
    labels = np.array(dataset.labels(range(len(dataset))), dtype=object)
    tested = {labels[number] for number in own} - {""}
    free = np.array([label not in tested for label in labels], bool)
    free[list(own)] = False
    return free


def _patches(
    model: Model, dataset: Dataset, layer: str, classes: Sequence[str], pair: Pair, patch: str | Path,
    free: np.ndarray, recipe: Recipe,
) -> tuple[np.ndarray, tuple[str, ...], tuple[str, ...]]:  # fmt: skip
    """Return the tested patch and those of the control (m, channel, side, side), equally large, and whence they are."""
    places = compared.places(model, dataset, layer, classes, head=pair.head, count=recipe.positions, seed=recipe.seed)
    usable = np.flatnonzero(free[places.sampled.image])
    if len(usable) < recipe.controls + 1:
        raise ValueError(f"{dataset.name}: {len(usable)} places are not of tested pictures; expected more images")
    best = usable[places.difference[usable].argmax()]
    others = np.random.default_rng(recipe.seed).choice(usable[usable != best], recipe.controls, replace=False)
    rows = np.array([*([] if patch else [best]), *others])
    image, y, x = (array[rows] for array in (places.sampled.image, places.sampled.y, places.sampled.x))
    side = crops.side_px(model, places.layer, compared.CROP_SHARE)
    cut = crops.around(model, dataset, places.layer, image, y, x, side, model.channels)
    whole, labels = dataset.names(image), dataset.labels(image)
    names = tuple(f"{name} @{row},{column}" for name, row, column in zip(whole, y.tolist(), x.tolist(), strict=True))
    origins = tuple(label or f"image {name}" for label, name in zip(labels, whole, strict=True))
    if not patch:
        return cut.numpy(), names, origins
    asked = asked_images.shown(model, dataset, (patch,))
    given = pasting.resized(torch.from_numpy(asked.images[0]), side)
    own = asked.words[0]
    return torch.cat([given[None], cut]).numpy(), (own, *names), (own, *origins)


def pictures_with_patch(seen: PatchTest, most: int) -> np.ndarray:
    """Return the first pictures with the tested patch at each corner, (corners, pictures, channel, side, side)."""
    whole, patch = torch.from_numpy(seen.shown.images[:most]), torch.from_numpy(seen.patches[0])
    return torch.stack([pasting.pasted(whole, patch, corner, seen.share) for corner in seen.corners]).numpy()
