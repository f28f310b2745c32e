"""What a network answers to pictures, to textures or styles, and to the ones in the manner of the others."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from figures.methods import activations, asked_images, top_answers
from figures.methods.asked_images import Shown
from figures.methods.cues import conditions, rendered, silhouettes, transfer
from figures.methods.cues.transfer import Pair, Recipe, Stylised
from figures.methods.datasets import Dataset
from figures.methods.datasets.resizing import resized
from figures.methods.models import Model
from figures.methods.top_answers import TopAnswers

SILHOUETTE, RENDER = "silhouette", "render"
OF_CONTENT, OF_STYLE, OF_NEITHER = "content", "style", ""


@dataclass(frozen=True)
class Conflicts:
    """Answers to contents, to styles, and to each content in each style, style after style for every content.

    `right` are the classes, by number, of each content, `wrong` those of each style; `told` says whether an author
    named the first. `before` (contents,) and `after` (pairs,) are the probabilities of the contents' classes together.
    `stylised` tells how the pictures came about where style was transferred, in layers of `encoder`
    as `recipe` says.
    """

    method: str
    encoder: str
    recipe: Recipe
    contents: TopAnswers
    styles: TopAnswers
    both: TopAnswers
    right: tuple[tuple[int, ...], ...]
    wrong: tuple[tuple[int, ...], ...]
    before: np.ndarray
    after: np.ndarray
    told: bool
    stylised: Stylised | None = None

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The numbers of content and style of each picture in conflict."""
        return list(itertools.product(range(len(self.right)), range(len(self.wrong))))

    @functools.cached_property
    def named(self) -> list[list[str]]:
        """Whether each answer (pairs, count) names the class of the content, that of the style, or neither."""
        return [
            [self._cue(number, self.right[content], self.wrong[style]) for number in row]
            for (content, style), row in zip(self.pairs, self.both.index.tolist(), strict=True)
        ]

    @staticmethod
    def _cue(number: int, right: tuple[int, ...], wrong: tuple[int, ...]) -> str:
        return OF_CONTENT if number in right else OF_STYLE if number in wrong else OF_NEITHER

    def following(self, cue: str) -> int:
        """Count the pictures in conflict whose first answer names a cue."""
        return sum(row[0] == cue for row in self.named)

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists: every answer to every picture."""
        rows = [*self._of("content", self.contents), *self._of("style", self.styles), *self._of("conflict", self.both)]
        names = ("kind", "picture", "rank", "class", "probability", "names the class of")
        return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))

    def _of(self, kind: str, seen: TopAnswers) -> Iterator[tuple[object, ...]]:
        cues = self.named if kind == "conflict" else [[""] * len(row) for row in seen.names]
        for picture, (names, shares, named) in enumerate(zip(seen.names, seen.probability.tolist(), cues, strict=True)):
            for rank, (name, share, cue) in enumerate(zip(names, shares, named, strict=True), start=1):
                yield kind, seen.shown.names[picture], rank, name, share, cue


@dataclass(frozen=True)
class Question:
    """Who judges and what is known: the head, how many answers, the right classes and those of the styles."""

    head: str = ""
    count: int = 3
    truth: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def of(
    model: Model, encoder: Model, dataset: Dataset, content: Sequence[str | Path], style: Sequence[str | Path], *,
    recipe: Recipe, question: Question,
) -> Conflicts:  # fmt: skip
    """Bring every content into every style by `recipe.method`, and ask what is seen.

    Raises ValueError for pictures, layers and classes that there are not, and where a method needs what a picture
    does not have.
    """
    if recipe.method == RENDER:
        contents, styles, both = drawings(model, dataset, content, style, recipe.seed)
        return _asked(model, contents, styles, both, recipe, question)
    contents, styles = (asked_images.shown(model, dataset, pictures) for pictures in (content, style))
    if recipe.method == SILHOUETTE:
        masks = silhouettes.masks(dataset, content, model.input_size)
        images = np.stack([conditions.filled(mask, image) for mask in masks for image in styles.images])
        return _asked(model, contents, styles, _in(contents, styles, images), recipe, question)
    named = recipe.of(encoder)
    pairs = [Pair(picture, manner) for picture in _seen(encoder, dataset, content) for manner in
             _seen(encoder, dataset, style)]  # fmt: skip
    stylised = transfer.stylised(encoder, tuple(pairs), named)
    both = _in(contents, styles, fitted(stylised.pictures, model))
    found = _asked(model, contents, styles, both, named, question)
    return replace(found, encoder=encoder.name, stylised=stylised)


def _seen(encoder: Model, dataset: Dataset, pictures: Sequence[str | Path]) -> np.ndarray:
    return asked_images.shown(encoder, dataset, pictures).images


def fitted(images: np.ndarray, model: Model) -> np.ndarray:
    """Return images as large, and with as many channels, as a network takes them."""
    return activations.fitted(resized(torch.from_numpy(images), model.input_size), model.channels).numpy()


def drawings(
    model: Model, dataset: Dataset, content: Sequence[str | Path], style: Sequence[str | Path], seed: int
) -> tuple[Shown, Shown, Shown]:
    """Draw glyphs' shapes, textures, and each shape in each texture; raises ValueError for what glyphs do not have."""
    shapes, textures = rendered.shapes(dataset, content), rendered.textures(dataset, style)
    drawn = (
        (shapes, rendered.shape_alone(shapes, seed)),
        (textures, rendered.texture_alone(textures, seed)),
    )
    contents, styles = (Shown(one.words, one.words, one.labels, fitted(images, model)) for one, images in drawn)
    return contents, styles, _in(contents, styles, fitted(rendered.both(shapes, textures, seed), model))


def _in(contents: Shown, styles: Shown, images: np.ndarray) -> Shown:
    """Name pictures in conflict."""
    names, words = (
        tuple(f"{one} in {other}" for one, other in itertools.product(getattr(contents, field), getattr(styles, field)))
        for field in ("names", "words")
    )
    return Shown(names, words, ("",) * len(names), images)


def _asked(model: Model, contents: Shown, styles: Shown, both: Shown, recipe: Recipe, question: Question) -> Conflicts:
    ask = functools.partial(top_answers.of, model, head=question.head, count=question.count)
    content = ask(contents, truths=own_class(model, question.head, contents, question.truth))
    style = ask(styles, truths=own_class(model, question.head, styles, question.wrong))
    seen = replace(ask(both, truths=()), truths=tuple(one for one in content.truths for _ in style.truths))
    before, after = shares(model, content, content.truths), shares(model, seen, seen.truths)
    told = bool(question.truth)
    return Conflicts(recipe.method, "", recipe, content, style, seen, content.truths, style.truths, before, after, told)


def shares(model: Model, seen: TopAnswers, classes: Sequence[tuple[int, ...]]) -> np.ndarray:
    """Return the probability (n,) that some classes of each picture have together."""
    logits = torch.from_numpy(top_answers.answers(model, seen.shown.images, head=seen.head).logits).double()
    rows = zip(logits.softmax(dim=1), classes, strict=True)
    return np.array([float(row[list(several)].sum()) for row, several in rows])


def own_class(model: Model, head: str, shown: Shown, given: Sequence[str]) -> tuple[str, ...]:
    """Return the right classes of pictures: those given, else a label that is a class, else the first answer."""
    if given:
        return tuple(given)
    first = top_answers.of(model, shown, head, 1, ())
    pairs = zip(shown.labels, first.index[:, 0].tolist(), strict=True)
    return tuple(str(first.classes.index(label) if label in first.classes else number) for label, number in pairs)
