"""Which class is right: what glyphs were drawn with, or what a label says."""

from __future__ import annotations

import numpy as np

from figures.methods import datasets, models
from figures.methods.truth import truth
from tests.figures.methods.evidence.test_tiles import coloured, counting


def test_labels_are_compared_without_their_spelling():
    data = coloured(("Red", " green", "purple", ""))
    assert truth(data, range(4), "logits", counting().heads["logits"]).tolist() == [0, 1, -1, -1]


def test_glyphs_know_their_shape_and_their_texture():
    data, model = datasets.Glyphs(12), models.load("glyphs")
    drawn = data.parameters(range(12)).numpy()
    for head in ("shape", "texture"):
        assert np.array_equal(truth(data, range(12), head, model.heads[head]), drawn[head])
    assert [model.heads["shape"][number] for number in drawn["shape"]] == data.labels(range(12))
