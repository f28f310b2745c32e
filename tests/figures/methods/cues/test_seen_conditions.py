"""One picture is seen under all conditions, drawn where glyphs are, cut where it is a cut-out."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from figures.methods import datasets, models
from figures.methods.cues import seen_conditions
from figures.methods.cues.conflicts import Question
from figures.methods.cues.transfer import Recipe
from tests.figures.conflicting import seen_conditions as made_up


def asked(image, style="", **recipe):
    return seen_conditions.of(
        models.load("glyphs"), datasets.load("glyphs:9"), image, style, recipe=Recipe(**recipe), turn_deg=90,
        question=Question(),
    )  # fmt: skip


def test_a_glyph_has_its_own_texture_and_in_conflict_the_next(tmp_path):
    seen = asked("disc")
    assert (seen.word, seen.style, seen.method) == ("disc", "checker", "render")
    assert [seen.answers.classes[number] for number in (*seen.right, *seen.wrong)] == ["disc", "ellipse"]
    assert asked("disc", "wood").style == "wood"


@pytest.mark.parametrize("method", ["silhouette", "gram"])
def test_a_cut_out_of_ones_own(tmp_path, method):
    picture = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((16, 8, 47, 39), fill="red")
    picture.save(tmp_path / "square.png")
    layers = {"style_layers": ("conv1",), "content_layers": ("conv2",), "steps": 1}
    seen = asked(tmp_path / "square.png", method=method, **layers)
    images = dict(zip(seen.conditions, seen.answers.shown.images, strict=True))
    assert seen.style == "brick of photographs"
    assert images["silhouette"][0, 10, 20] == 0
    assert images["turned silhouette"][0, 20, 50] == 0
    np.testing.assert_allclose(images["texture"][:, 0, 0], images["original"][:, 20, 20], atol=0.02)


def test_a_photograph_cannot_lose_what_it_does_not_have():
    with pytest.raises(ValueError, match="chelsea of photographs has no silhouette"):
        seen_conditions.of(
            models.load("glyphs"), datasets.load("photographs"), "chelsea", "", recipe=Recipe("silhouette"),
            turn_deg=90, question=Question(),
        )  # fmt: skip


def test_cues_are_told_apart_in_conflict_alone():
    seen = made_up()
    conflict = seen.conditions.index("conflict")
    assert (seen.cue(conflict, 2), seen.cue(0, 2), seen.cue(conflict, 0)) == ("style", "", "content")
    assert seen.first_right == [True, True, False, False, False, False, False]
    columns = seen.columns()
    assert columns["right"][:4] == ["yes", "no", "yes", "no"]
    assert len(set(map(len, columns.values()))) == 1
