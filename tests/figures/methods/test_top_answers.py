"""A network's answers to pictures are its softmax, the likeliest first."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods import asked_images, datasets, models, top_answers
from tests.figures.answered import answered


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


@pytest.fixture(scope="module")
def shown(model) -> asked_images.Shown:
    return asked_images.shown(model, datasets.load("glyphs:8"), ["0", "1", "2"])


def test_probabilities_are_the_softmax_of_a_head(model, shown):
    seen = top_answers.of(model, shown, "texture", 16, ())
    with torch.no_grad():
        expected = model.network(torch.from_numpy(shown.images))["texture"].softmax(1).numpy()
    for row, index, share in zip(expected, seen.index, seen.probability, strict=True):
        np.testing.assert_allclose(share, row[index], atol=1e-6)
    assert (np.diff(seen.probability) <= 0).all()
    np.testing.assert_allclose(seen.probability.sum(axis=1), 1)
    assert seen.names[0][0] == model.heads["texture"][int(expected[0].argmax())]
    assert not seen.right.any()


def test_truth_is_one_class_of_each_or_of_all_or_several_that_would_be_right(model, shown):
    classes = model.heads["shape"]
    best = top_answers.of(model, shown, "", 1, ()).names
    seen = top_answers.of(model, shown, "", 2, [names[0] for names in best])
    assert seen.head == "shape"
    assert seen.right[:, 0].all()
    assert not seen.right[:, 1].any()
    either = top_answers.of(model, shown, "shape", 16, [" | ".join(classes[:2])])
    assert either.truths == ((0, 1),) * 3
    assert either.right.sum() == 6
    with pytest.raises(ValueError, match="truth: 2 given for 3 pictures; expected one each, or one for all"):
        top_answers.of(model, shown, "shape", 1, classes[:2])
    with pytest.raises(ValueError, match="shape of glyphs has no class 'dragon'"):
        top_answers.of(model, shown, "shape", 1, ["dragon"])
    with pytest.raises(ValueError, match=r"glyphs has no head 'logits' \(it has shape, texture\)"):
        top_answers.of(model, shown, "logits", 1, ())


def test_a_table_has_a_row_for_each_answer():
    columns = answered(((0,), ())).columns()
    assert columns["picture"] == ["me.jpg", "me.jpg", "7", "7"]
    assert columns["rank"] == [1, 2, 1, 2]
    assert columns["class"] == ["cat", "dog", "rocket", "cup"]
    assert columns["right"] == ["yes", "no", None, None]
