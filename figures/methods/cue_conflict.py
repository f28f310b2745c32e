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
from dataclasses import dataclass, replace

import numpy as np
import torch

from figures.glyphs import dataset as glyphs
from figures.measurement import measurement
from figures.methods.activations import logits

ALL = "*"
NO_ANSWER = "na"
Z_95 = 1.959963984540054


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


def wilson(hits: int, n: int, z: float = Z_95) -> tuple[float, float] | None:
    """Return Wilson's score interval of a proportion (Wilson, 1927), None where n is 0."""
    if n == 0:
        return None
    share = hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return float(max(middle - half, 0.0)), float(min(middle + half, 1.0))


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


@measurement
def cue_conflict(model, n_per_pair: int = 2, seed: int = 0, filled: bool = True):
    """Show a network every pair of a shape and the texture of another class.

    Returns `shape`, `texture` and `response`, class numbers (n,), and `probability`
    (n, classes) of the head `shape`. Raises ValueError where the model has no such head.
    """
    check(model)
    images, shape, texture = glyphs.cue_conflict(n_per_pair, seed=seed, filled=filled)
    share = logits(model, images, "shape").softmax(dim=1).cpu().numpy()
    cues = {"shape": shape.numpy(), "texture": texture.numpy()}
    return {**cues, "response": share.argmax(axis=1), "probability": share}


def check(model) -> None:
    """Raise ValueError unless a network names the shapes that the conflict images show."""
    expected = "expected one with a head 'shape' of the classes of glyphs, such as 'glyphs'"
    if "shape" not in model.heads:
        raise ValueError(f"{model.name} has no head 'shape' (it has {', '.join(model.heads) or 'none'}); {expected}")
    other = sorted(set(model.heads["shape"]) ^ set(glyphs.SHAPES))
    if other:
        raise ValueError(f"the head 'shape' of {model.name} differs in the class {other[0]!r}; {expected}")


def observe(model, *, n_per_pair: int = 2, seed: int = 0, filled: bool = True) -> Trials:
    """Return a network's answers to the conflict images as trials, by category name."""
    measured = cue_conflict(model, n_per_pair=n_per_pair, seed=seed, filled=filled)
    names = np.array(model.heads["shape"])
    n = len(measured["response"])
    shape, texture, response = (names[measured[key]] for key in ("shape", "texture", "response"))
    condition = "filled" if filled else "filled and outlined"
    return Trials(model.name, "network", condition, shape, texture, response, np.full(n, model.name), np.arange(n))


@measurement
def examples(model, count: int = 6, *, n_per_pair: int = 2, seed: int = 0, filled: bool = True):
    """Draw `count` of the conflict images at random, and each one's texture and shape alone.

    Returns `images` (count, 3, 64, 64, 3) uint8 and the head's `probability` (count, 3,
    classes), in the order texture, shape, both; `shape` and `texture`, class numbers (count,).
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
    share = logits(model, images.flatten(0, 1), "shape").softmax(dim=1).reshape(count, 3, -1)
    pixels = images.mul(255).round().to(torch.uint8).movedim(2, -1)
    named = {"images": pixels, "probability": share.cpu(), "shape": shape, "texture": texture}
    return {name: value.numpy() for name, value in named.items()}


def _apart(chosen: np.ndarray, shape: torch.Tensor, texture: torch.Tensor, seed: int, filled: bool):
    """Draw the texture alone, the shape alone, and both; all else is the same."""
    both = replace(glyphs.CLOSE_UP, filled_share=1.0 if filled else glyphs.STANDARD.filled_share)
    everywhere = replace(glyphs.CLOSE_UP, scale=(6.0, 6.0))
    plain = replace(both, texture_contrast=(0.0, 0.0))
    disc = torch.full_like(shape, glyphs.SHAPES.index("disc"))
    kinds = ((everywhere, disc), (plain, shape), (both, shape))
    indices = glyphs.HELD_OUT + torch.as_tensor(chosen)
    return [glyphs.render(indices, seed=seed, variant=v, shape=s, texture=texture)[0] for v, s in kinds]
