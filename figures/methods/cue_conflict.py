"""Shape bias: does an observer go by shape or by texture where the two disagree?

The filter that reproduces Geirhos et al. (2019, "ImageNet-trained CNNs are biased towards
texture", section 2 and figure 4): trials whose shape and texture category agree are
dropped; a response is a shape decision, a texture decision, or neither. The bias is
shape / (shape + texture) over counts *pooled over trials*, and the coverage is
(shape + texture) / n. Two near misses give other numbers: the mean of the categories'
biases, and keeping the trials where both cues agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import torch

from figures.glyphs import dataset as glyphs
from figures.measurement import measurement
from figures.methods.activations import logits
from figures.methods.models import Model
from figures.methods.rates import wilson

ALL = "*"
NO_ANSWER = "na"


@dataclass(frozen=True)
class Bias:
    """How the conflict trials of one category, or of all (`*`), were answered.

    `other` are answers that name neither cue, `na` those that name nothing. `bias` and
    `ci95` are None where no answer named a cue.
    """

    observer: str
    kind: str
    condition: str
    category_axis: str
    category: str
    n: int
    shape: int
    texture: int
    other: int
    na: int
    bias: float | None
    ci95: tuple[float, float] | None

    @property
    def coverage(self) -> float:
        """The share of trials in which the answer named one of the two cues."""
        return (self.shape + self.texture) / self.n if self.n else 0.0


@dataclass(frozen=True)
class Trials:
    """Answers of one observer: category names per trial, and who answered what image."""

    observer: str
    kind: str
    condition: str
    shape: np.ndarray
    texture: np.ndarray
    response: np.ndarray
    subject: np.ndarray
    stimulus: np.ndarray

    def conflicting(self) -> Trials:
        """Drop the trials whose shape and texture category agree."""
        return self.chosen(self.shape != self.texture)

    def chosen(self, which: np.ndarray) -> Trials:
        """Keep some trials, by mask or by index."""
        arrays = (self.shape, self.texture, self.response, self.subject, self.stimulus)
        return Trials(self.observer, self.kind, self.condition, *(array[which] for array in arrays))


def table(trials: Trials, *, axis: str = "shape", seed: int = 0) -> tuple[Bias, ...]:
    """Count one observer's answers: the row of all categories first, then one a category.

    `axis` says whether the categories of the rows are those of the `shape` or `texture`.
    """
    kept = trials.conflicting()
    categories = getattr(kept, axis)
    rows = [_count(kept, axis, ALL, seed)]
    rows += [_count(kept.chosen(categories == name), axis, str(name), seed) for name in np.unique(categories)]
    return tuple(rows)


def columns(rows: Sequence[Bias]) -> dict[str, list[object]]:
    """Return what a table lists of every row: counts, the bias and its interval."""
    names = [field.name for field in fields(Bias) if field.name != "ci95"]
    intervals = [row.ci95 or (None, None) for row in rows]
    ends = {"ci95_low": [low for low, _ in intervals], "ci95_high": [high for _, high in intervals]}
    return {**{name: [getattr(row, name) for row in rows] for name in names}, **ends}


def _count(trials: Trials, axis: str, category: str, seed: int) -> Bias:
    answer, n = trials.response, len(trials.response)
    shape, texture = int(np.sum(answer == trials.shape)), int(np.sum(answer == trials.texture))
    na = int(np.sum(answer == NO_ANSWER))
    several = trials.kind == "human" and len(np.unique(trials.subject)) > 1
    interval = resampled(trials, seed=seed) if several and shape + texture else wilson(shape, shape + texture)
    return Bias(
        trials.observer, trials.kind, trials.condition, axis, category,
        n, shape, texture, n - shape - texture - na, na, bias(shape, texture), interval,
    )  # fmt: skip


def bias(shape: int, texture: int) -> float | None:
    """Return shape / (shape + texture), None where there is neither."""
    return shape / (shape + texture) if shape + texture else None


def resampled(trials: Trials, *, draws: int = 2000, seed: int = 0) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentile of the bias over resampled people and images.

    Both are drawn with replacement in every draw, since answers to one image, and of one
    person, are not independent.
    """
    random = np.random.Generator(np.random.Philox(seed))
    subjects, who = np.unique(trials.subject, return_inverse=True)
    stimuli, what = np.unique(trials.stimulus, return_inverse=True)
    hits = np.zeros((2, len(subjects), len(stimuli)))
    for k, cue in enumerate((trials.shape, trials.texture)):
        np.add.at(hits[k], (who, what), trials.response == cue)
    people = random.multinomial(len(subjects), np.full(len(subjects), 1 / len(subjects)), size=draws)
    images = random.multinomial(len(stimuli), np.full(len(stimuli), 1 / len(stimuli)), size=draws)
    shape, texture = (np.einsum("dp,ps,ds->d", people, hit, images, optimize=True) for hit in hits)
    decided = shape + texture > 0
    low, high = np.percentile(shape[decided] / (shape + texture)[decided], [2.5, 97.5])
    return float(low), float(high)


def grouped(scores: np.ndarray, groups: Mapping[str, Sequence[int]]) -> tuple[tuple[str, ...], np.ndarray]:
    """Turn logits over fine classes, (n, classes), into probabilities of categories, (n, groups).

    Softmax over all classes, then the *mean* over each category's classes, so that a
    category of many classes is not favoured (Geirhos et al., 2019, appendix).
    Raises ValueError where a category has no class.
    """
    empty = [name for name, members in groups.items() if not len(members)]
    if empty:
        raise ValueError(f"category {empty[0]!r} has no class; expected at least one")
    shares = softmax(np.asarray(scores, dtype=np.float64))
    return tuple(groups), np.stack([shares[:, list(members)].mean(axis=1) for members in groups.values()], axis=1)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Return exp(scores) normalised over the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


@dataclass(frozen=True)
class Answers:
    """A network's answers to conflict images: class numbers (n,), and probability (n, classes) of the head `shape`."""

    shape: np.ndarray
    texture: np.ndarray
    response: np.ndarray
    probability: np.ndarray


@measurement
def cue_conflict(model: Model, n_per_pair: int = 2, seed: int = 0, filled: bool = True) -> Answers:
    """Show a network every pair of a shape and the texture of another class.

    Raises ValueError where the model has no head `shape`.
    """
    check(model)
    images, shape, texture = glyphs.cue_conflict(n_per_pair, seed=seed, filled=filled)
    share = logits(model, images, "shape").softmax(dim=1).cpu().numpy()
    return Answers(shape.numpy(), texture.numpy(), share.argmax(axis=1), share)


def check(model: Model) -> None:
    """Raise ValueError unless a network names the shapes that the conflict images show."""
    expected = "expected one with a head 'shape' of the classes of glyphs, such as 'glyphs'"
    if "shape" not in model.heads:
        raise ValueError(f"{model.name} has no head 'shape' (it has {', '.join(model.heads) or 'none'}); {expected}")
    other = sorted(set(model.heads["shape"]) ^ set(glyphs.SHAPES))
    if other:
        raise ValueError(f"the head 'shape' of {model.name} differs in the class {other[0]!r}; {expected}")


def observe(model: Model, *, n_per_pair: int = 2, seed: int = 0, filled: bool = True) -> Trials:
    """Return a network's answers to the conflict images as trials, by category name."""
    answers = cue_conflict(model, n_per_pair=n_per_pair, seed=seed, filled=filled)
    names, n = np.array(model.heads["shape"]), len(answers.response)
    shape, texture, response = (names[numbers] for numbers in (answers.shape, answers.texture, answers.response))
    condition = "filled" if filled else "filled and outlined"
    return Trials(model.name, "network", condition, shape, texture, response, np.full(n, model.name), np.arange(n))


KINDS = ("texture", "shape", "both")
"""The pictures of one example, in their order."""


@dataclass(frozen=True)
class Examples:
    """Conflict images drawn at random, each with its parts, in the order of `KINDS`.

    images (count, 3, 64, 64, 3) uint8; probability (count, 3, classes) of the head `shape`; shape and texture,
    class numbers (count,).
    """

    images: np.ndarray
    probability: np.ndarray
    shape: np.ndarray
    texture: np.ndarray

    def answers(self, most: int) -> np.ndarray:
        """Return the class numbers of the `most` likely answers to every picture, (count, 3, most)."""
        return np.argsort(-self.probability, axis=-1, kind="stable")[..., :most]

    def following(self, cue: str) -> int:
        """Count the conflict images whose first answer names the `shape` or the `texture`."""
        return int((self.answers(1)[:, KINDS.index("both"), 0] == getattr(self, cue)).sum())

    def columns(self, classes: Sequence[str], most: int) -> dict[str, list[object]]:
        """Return what a table lists: the `most` likely answers to every picture, and the cue that each names."""
        answers = self.answers(most)
        rows = [(i, kind, rank) for i in range(len(answers)) for kind in range(len(KINDS)) for rank in range(most)]
        numbers = [int(answers[row]) for row in rows]
        return {
            "example": [i + 1 for i, _, _ in rows],
            "image": [KINDS[kind] for _, kind, _ in rows],
            "shape": [classes[self.shape[i]] for i, _, _ in rows],
            "texture": [glyphs.TEXTURES[self.texture[i]] for i, _, _ in rows],
            "texture_class": [classes[self.texture[i]] for i, _, _ in rows],
            "rank": [rank + 1 for _, _, rank in rows],
            "answer": [classes[number] for number in numbers],
            "probability": [float(self.probability[i, k, n]) for (i, k, _), n in zip(rows, numbers, strict=True)],
            "cue": [self._cue(i, number) for (i, _, _), number in zip(rows, numbers, strict=True)],
        }

    def _cue(self, example: int, number: int) -> str:
        return "shape" if number == self.shape[example] else "texture" if number == self.texture[example] else ""


@measurement
def examples(model: Model, count: int = 6, *, n_per_pair: int = 2, seed: int = 0, filled: bool = True) -> Examples:
    """Draw `count` of the conflict images at random, and each one's texture and shape alone.

    The shape alone has the colours of the conflict image and no texture; the texture
    alone fills the image. Raises ValueError where so many images do not exist, or the model
    has no head `shape`.
    """
    check(model)
    _, shape, texture = glyphs.cue_conflict(n_per_pair, seed=seed, filled=filled)
    if not 1 <= count <= len(shape):
        raise ValueError(f"count {count}; expected 1 to {len(shape)}")
    chosen = np.random.Generator(np.random.Philox(seed)).choice(len(shape), count, replace=False)
    shape, texture = shape[chosen], texture[chosen]
    images = torch.stack(_apart(chosen, shape, texture, seed, filled), dim=1)
    share = logits(model, images.flatten(0, 1), "shape").softmax(dim=1).reshape(count, len(KINDS), -1)
    pixels = images.mul(255).round().to(torch.uint8).movedim(2, -1)
    return Examples(pixels.numpy(), share.cpu().numpy(), shape.numpy(), texture.numpy())


def _apart(
    chosen: np.ndarray, shape: torch.Tensor, texture: torch.Tensor, seed: int, filled: bool
) -> list[torch.Tensor]:
    """Draw the texture alone, the shape alone, and both; all else is the same."""
    both = replace(glyphs.CONFLICT, filled_share=1.0 if filled else glyphs.STANDARD.filled_share)
    everywhere = replace(glyphs.CONFLICT, scale=(6.0, 6.0))
    plain = replace(both, texture_contrast=(0.0, 0.0))
    disc = torch.full_like(shape, glyphs.SHAPES.index("disc"))
    kinds = ((everywhere, disc), (plain, shape), (both, shape))
    indices = glyphs.HELD_OUT + torch.as_tensor(chosen)
    return [glyphs.render(indices, seed=seed, variant=v, shape=s, texture=texture)[0] for v, s in kinds]
