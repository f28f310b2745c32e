"""What networks answer to pictures whose tiles were shuffled: who only counts local features does not mind.

After Brendel & Bethge (2019, section 4), who shuffle textures. We differ in cutting pictures into square tiles: the
borders between them are new local features, of which there are more the more tiles there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods import asked_images
from figures.methods.activations import prepared, read
from figures.methods.batches import in_batches
from figures.methods.datasets import Dataset
from figures.methods.evidence.votes import heads_of
from figures.methods.models import Model
from figures.methods.rates import Rate
from figures.methods.truth import UNKNOWN, truth

WHOLE = 1
_BATCH, _PIXELS = 50, 2**20


def check(side_px: int, tiles: int) -> int:
    """Return how many tiles stand in a row; raises ValueError where pictures cannot be cut into so many."""
    if tiles < 1 or side_px % tiles:
        fitting = [count for count in range(1, side_px + 1) if side_px % count == 0]
        near = sorted(sorted(fitting, key=lambda count: abs(count - tiles))[:3])
        raise ValueError(f"tiles: {side_px} px in {tiles} equal parts; expected one of {', '.join(map(str, near))}, …")
    return tiles


def order(tiles: int, *, seed: int, image: int) -> np.ndarray:
    """Draw in which order the tiles of an image by its number come, (tiles ** 2,)."""
    return np.random.default_rng((seed, tiles, image)).permutation(tiles**2)


def shuffled(image: torch.Tensor, chosen: np.ndarray) -> torch.Tensor:
    """Set the tiles of an image (channel, side, side) in another order, row by row."""
    tiles = round(len(chosen) ** 0.5)
    side = check(image.shape[-1], tiles) and image.shape[-1] // tiles
    cut = image.unflatten(2, (tiles, side)).unflatten(1, (tiles, side)).permute(1, 3, 0, 2, 4).flatten(0, 1)
    laid = cut[torch.from_numpy(chosen)].unflatten(0, (tiles, tiles)).permute(2, 0, 3, 1, 4)
    return laid.flatten(3, 4).flatten(1, 2).contiguous()


def _shuffled(images: torch.Tensor, numbers: Sequence[int], tiles: int, seed: int) -> torch.Tensor:
    several = zip(images, numbers, strict=True)
    return torch.stack([shuffled(image, order(tiles, seed=seed, image=number)) for image, number in several])


@dataclass(frozen=True)
class Answered:
    """The likeliest class (heads, n) of each image (n,) of a data set that can be read."""

    image: np.ndarray
    best: np.ndarray


@measurement
def answered(model: Model, dataset: Dataset, *, tiles: int = WHOLE, seed: int = 0) -> Answered:
    """Show a network all images of a data set, their tiles shuffled; raises ValueError for tiles that do not fit."""
    check(model.input_size, tiles)
    data, heads = dataset.sized(model.input_size, model.channels), list(heads_of(model))
    guess = max(1, min(_BATCH, _PIXELS // model.input_size**2))

    def look(some: slice) -> tuple[np.ndarray, np.ndarray]:
        there, pictures = data.usable(np.arange(some.start, some.stop))
        if not len(there):
            return there, np.zeros((len(heads), 0), np.int64)
        return there, _best(model, _shuffled(pictures, there.tolist(), tiles, seed), heads)

    parts = list(lab.track(in_batches(len(data), guess, look), f"{tiles} x {tiles} tiles", -(-len(data) // guess)))
    return Answered(np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts], axis=1))


def _best(model: Model, images: torch.Tensor, heads: Sequence[str]) -> np.ndarray:
    with torch.inference_mode():
        logits = read(model, prepared(images, lab.device(), model.channels), heads)
    return np.stack([logits[head][:, :, 0, 0].argmax(dim=1).cpu().numpy() for head in heads])


@dataclass(frozen=True, kw_only=True)
class Share(Rate):
    """How many of some images a network answered rightly, or as it answered the whole picture where truth is unknown.

    `chance` is how many it would by chance: one of the classes, or its own answers dealt out anew.
    """

    network: str
    field_px: int
    head: str
    tiles: int
    known: bool
    chance: float


def shares(
    model: Model, dataset: Dataset, tiles: Sequence[int], *, field_px: int, heads: Sequence[str], seed: int
) -> Iterator[Share]:
    """Yield how well a network does for each head and number of tiles."""
    order = list(heads_of(model))
    whole = answered(model, dataset)
    for count in tiles:
        found = whole if count == WHOLE else answered(model, dataset, tiles=count, seed=seed)
        for head in heads:
            place = order.index(head)
            right, known = truth(dataset, found.image, head, model.heads[head]), True
            if not (right != UNKNOWN).any():
                right, known = whole.best[place], False
            yield _share(model, head, count, right, found.best[place], known, field_px)


def _share(
    model: Model, head: str, tiles: int, right: np.ndarray, best: np.ndarray, known: bool, field_px: int
) -> Share:
    told = right != UNKNOWN
    hits, classes = int((best[told] == right[told]).sum()), len(model.heads[head])
    apart = np.bincount(right[told], minlength=classes) / max(1, told.sum())
    chance = 1 / classes if known else float((apart**2).sum())
    return Share(
        hits, int(told.sum()),
        network=model.name, field_px=field_px, head=head, tiles=tiles, known=known, chance=chance,
    )  # fmt: skip


@dataclass(frozen=True)
class ShuffledPicture:
    """One picture in one order of its tiles: (channel, side, side) in [0, 1], and what each network answers, likeliest.

    `right` tells of each answer whether it is right; None where that is not known.
    """

    word: str
    tiles: int
    image: np.ndarray
    answers: tuple[str, ...]
    probability: tuple[float, ...]
    right: tuple[bool | None, ...]


@dataclass(frozen=True)
class Shown:
    """Logits (n, classes) of pictures."""

    logits: np.ndarray


@measurement
def shown(model: Model, images: np.ndarray, *, head: str, tiles: int, numbers: tuple[int, ...], seed: int) -> Shown:
    """Show a network pictures (n, channel, side, side) with their tiles shuffled as images of these numbers are."""
    check(model.input_size, tiles)
    laid = _shuffled(torch.from_numpy(images), numbers, tiles, seed)
    with torch.inference_mode():
        logits = read(model, prepared(laid, lab.device(), model.channels), [head])[head]
    return Shown(logits[:, :, 0, 0].float().cpu().numpy())


def pictures(
    models: Sequence[Model], dataset: Dataset, images: Sequence[str | Path], tiles: Sequence[int], *, head: str,
    seed: int,
) -> list[list[ShuffledPicture]]:  # fmt: skip
    """Show networks pictures, each whole and in tiles; return a row for each picture."""
    numbers = tuple(
        asked_images.number_of(dataset, str(one)) if not isinstance(one, Path) else place
        for place, one in enumerate(images)
    )
    seen = {model.name: asked_images.shown(model, dataset, images) for model in models}
    first = seen[models[0].name]
    rows: list[list[ShuffledPicture]] = [[] for _ in images]
    for count in tiles:
        answered = [shown(one, seen[one.name].images, head=head, tiles=count, numbers=numbers, seed=seed).logits
                    for one in models]  # fmt: skip
        laid = _shuffled(torch.from_numpy(first.images), numbers, count, seed).numpy()
        for place, row in enumerate(rows):
            own = [(one, logits[place]) for one, logits in zip(models, answered, strict=True)]
            truths = [_truth(one, dataset, head, images[place]) for one in models]
            row.append(_picture(first.words[place], count, laid[place], own, head, truths))
    return rows


def _truth(model: Model, dataset: Dataset, head: str, image: str | Path) -> int:
    if isinstance(image, Path):
        return UNKNOWN
    return int(truth(dataset, [asked_images.number_of(dataset, str(image))], head, model.heads[head])[0])


def _picture(
    word: str, tiles: int, image: np.ndarray, own: Sequence[tuple[Model, np.ndarray]], head: str, truths: Sequence[int]
) -> ShuffledPicture:
    shares = [torch.from_numpy(logits).double().softmax(dim=0).numpy() for _, logits in own]
    best = [int(share.argmax()) for share in shares]
    return ShuffledPicture(
        word=word,
        tiles=tiles,
        image=image,
        answers=tuple(model.heads[head][number] for (model, _), number in zip(own, best, strict=True)),
        probability=tuple(float(share.max()) for share in shares),
        right=tuple(None if right == UNKNOWN else number == right for number, right in zip(best, truths, strict=True)),
    )
