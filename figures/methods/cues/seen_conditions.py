"""One picture under all conditions of a cue-conflict experiment, and what a network answers to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from figures import specs
from figures.glyphs import dataset as glyphs
from figures.methods import asked_images, datasets, top_answers
from figures.methods.asked_images import Shown
from figures.methods.cues import conditions, conflicts, glyph_conditions, rendered, silhouettes, transfer
from figures.methods.cues.conflicts import SILHOUETTE, Question
from figures.methods.cues.transfer import Pair, Recipe
from figures.methods.datasets import Dataset, Glyphs
from figures.methods.models import Model
from figures.methods.top_answers import TopAnswers

USUAL = "brick"


@dataclass(frozen=True)
class SeenConditions:
    """Answers to one picture under every condition; `right` are its classes, `wrong` those of the other texture.

    `style` says in words whose texture the conflict has; `told` whether an author named the right class.
    """

    answers: TopAnswers
    conditions: tuple[str, ...]
    word: str
    style: str
    method: str
    turn_deg: float
    right: tuple[int, ...]
    wrong: tuple[int, ...]
    told: bool

    def cue(self, place: int, number: int) -> str:
        """Say whether a class is that of the picture, or, in conflict, that of the other texture."""
        conflict = self.conditions[place] == conditions.CONFLICT
        return "content" if number in self.right else "style" if conflict and number in self.wrong else ""

    @property
    def first_right(self) -> list[bool]:
        """Whether the first answer under each condition is right."""
        return [row[0] in self.right for row in self.answers.index.tolist()]

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of every answer."""
        places = [(place, rank) for place in range(len(self.conditions)) for rank in range(self.answers.index.shape[1])]
        return {
            "condition": [self.conditions[place] for place, _ in places],
            "rank": [rank + 1 for _, rank in places],
            "class": [self.answers.names[place][rank] for place, rank in places],
            "probability": [float(self.answers.probability[place, rank]) for place, rank in places],
            "right": ["yes" if self.answers.index[place, rank] in self.right else "no" for place, rank in places],
        }


def of(
    model: Model, dataset: Dataset, image: str | Path, style: str | Path, *, recipe: Recipe, turn_deg: float,
    question: Question,
) -> SeenConditions:  # fmt: skip
    """Show a picture under all conditions; the conflict is made by `recipe.method`, or drawn where pictures are.

    Raises ValueError for pictures that there are not, and for one without a silhouette.
    """
    if isinstance(dataset, Glyphs) and not isinstance(image, Path):
        shape = rendered.shapes(dataset, (image,))
        other = style or glyphs.TEXTURES[(shape.classes[0] + 1) % len(glyphs.TEXTURES)]
        texture = rendered.textures(dataset, (other,))
        images = glyph_conditions.of(shape.images, shape.classes, texture.classes, recipe.seed, turn_deg)[:, 0]
        content = Shown(shape.words, shape.words, shape.labels, conflicts.fitted(images[:1], model))
        manner = Shown(texture.words, texture.words, texture.labels, content.images)
        return _asked(model, content, manner, conflicts.fitted(images, model), "render", turn_deg, question)
    content, manner = asked_images.shown(model, dataset, (image,)), _manner(model, dataset, style)
    [mask] = silhouettes.masks(dataset, (image,), model.input_size)
    images = _of_cut_out(model, content.images[0], mask, manner.images[0], recipe, turn_deg)
    return _asked(model, content, manner, images, recipe.method, turn_deg, question)


def _manner(model: Model, dataset: Dataset, style: str | Path) -> Shown:
    """Open the picture of a style, by default a photograph of bricks, which is always there."""
    chosen = dataset if style else datasets.load(specs.PHOTOGRAPHS)
    return asked_images.shown(model, chosen, (style or USUAL,))


def _of_cut_out(
    model: Model, image: np.ndarray, mask: np.ndarray, style: np.ndarray, recipe: Recipe, turn_deg: float
) -> np.ndarray:
    """Return a cut-out under all conditions, in their order."""
    texture = style
    if recipe.method != SILHOUETTE:
        texture = transfer.stylised(model, (Pair(image, style),), recipe.of(model)).pictures[0]
    return conditions.every(image, mask, conditions.filled(mask, texture), turn_deg)


def _asked(
    model: Model, content: Shown, style: Shown, images: np.ndarray, method: str, turn_deg: float, question: Question
) -> SeenConditions:
    right = conflicts.own_class(model, question.head, content, question.truth)
    wrong = conflicts.own_class(model, question.head, style, question.wrong)
    names = conditions.CONDITIONS
    shown = Shown(names, names, ("",) * len(names), images)
    seen = top_answers.of(model, shown, question.head, question.count, right)
    return SeenConditions(
        answers=seen,
        conditions=names,
        word=content.words[0],
        style=style.words[0],
        method=method,
        turn_deg=turn_deg,
        right=seen.truths[0],
        wrong=top_answers.of(model, style, question.head, 1, wrong).truths[0],
        told=bool(question.truth),
    )
