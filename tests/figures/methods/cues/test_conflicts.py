"""Pictures in conflict are made by every method, shown, and what is answered is told by cue."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from figures.methods import datasets, models
from figures.methods.cues import conflicts
from figures.methods.cues.conflicts import Question
from figures.methods.cues.transfer import Recipe
from tests.figures.conflicting import conflicting


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


def asked(model, content, style, *, question=None, **recipe):
    return conflicts.of(
        model, model, datasets.load("glyphs:9"), content, style, recipe=Recipe(**recipe),
        question=question or Question(),
    )  # fmt: skip


def test_rendered_glyphs_know_the_classes_of_both_cues(model):
    seen = asked(model, ["arrow", "disc"], ["checker", "wood"], method="render")
    classes = model.heads["shape"]
    assert seen.right == ((classes.index("arrow"),), (classes.index("disc"),))
    assert seen.pairs == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert seen.both.shown.names == ("arrow in checker", "arrow in wood", "disc in checker", "disc in wood")
    assert seen.stylised is None
    assert seen.following("content") + seen.following("style") + seen.following("") == 4


def test_style_is_transferred_over_another_encoder(model):
    encoder = models.untrained(model)
    seen = conflicts.of(
        model, encoder, datasets.load("glyphs:9"), ["1"], ["4", "5"], question=Question(),
        recipe=Recipe("moments", 2, style_layers=("conv1",), content_layers=("conv2",)),
    )  # fmt: skip
    assert seen.encoder == encoder.name
    assert seen.stylised is not None
    np.testing.assert_array_equal(seen.both.shown.images, seen.stylised.pictures)
    assert seen.recipe.style_layers == ("conv1",)


def test_a_cut_out_is_filled(model, tmp_path):
    picture = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((16, 16, 47, 47), fill="red")
    picture.save(tmp_path / "square.png")
    seen = asked(model, [tmp_path / "square.png"], ["3"], method="silhouette")
    made, style = seen.both.shown.images[0], seen.styles.shown.images[0]
    np.testing.assert_array_equal(made[:, 20:40, 20:40], style[:, 20:40, 20:40])
    assert (made[:, :10] == 1).all()


def test_right_and_wrong_are_as_the_author_says_or_by_label_or_by_the_first_answer(model):
    classes = model.heads["shape"]
    seen = asked(model, ["1"], ["4"], method="silhouette", question=Question(truth=("star | disc",), wrong=("wave",)))
    assert seen.right == ((classes.index("star"), classes.index("disc")),)
    assert seen.wrong == ((classes.index("wave"),),)
    assert seen.told
    by_label = asked(model, ["1"], ["4"], method="silhouette")
    assert [classes[number] for (number,) in by_label.right] == datasets.load("glyphs:9").labels([1])
    by_answer = asked(model, ["1"], ["4"], method="silhouette", question=Question(head="texture"))
    assert by_answer.right[0][0] == by_answer.contents.index[0, 0]
    with pytest.raises(ValueError, match="shape of glyphs has no class 'waves'.*did you mean 'wave'"):
        asked(model, ["1"], ["4"], method="silhouette", question=Question(wrong=("waves",)))


def test_answers_are_told_by_the_cue_that_they_name():
    seen = conflicting()
    assert seen.named == [["content", "style"], ["style", "content"], ["", ""], ["content", ""]]
    assert [seen.following(cue) for cue in ("content", "style", "")] == [2, 1, 1]


def test_a_table_lists_every_answer_with_its_cue():
    columns = conflicting().columns()
    assert len(set(map(len, columns.values()))) == 1
    rows = list(zip(*columns.values(), strict=True))
    assert ("conflict", "tom in launch", 1, "rocket", pytest.approx(0.7), "style") in rows
    assert [row[0] for row in rows].count("conflict") == 8
