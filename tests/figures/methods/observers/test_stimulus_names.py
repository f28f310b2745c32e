"""The names of conflict images say their shape and their texture, in all forms that are about."""

from __future__ import annotations

import pytest

from figures.methods.observers.stimulus_names import read, stimulus_of


@pytest.mark.parametrize(("name", "stimulus", "shape", "texture"), [
    ("cat1-truck3.png", "cat1-truck3", "cat", "truck"),
    ("cat/cat1-truck3.png", "cat1-truck3", "cat", "truck"),
    ("0001_cue_dnn_0_cat_00_cat1-truck3.png", "cat1-truck3", "cat", "truck"),
    ("session_1/0007_cue_s07_0_cat_00_cat1-truck3.png", "cat1-truck3", "cat", "truck"),
    ("airplane1-bicycle2-108.png", "airplane1-bicycle2-108", "airplane", "bicycle"),
    ("0001_sil_s01_0_airplane_00_airplane1-bicycle2-108.png", "airplane1-bicycle2-108", "airplane", "bicycle"),
    ("0001_sil_s01_0_airplane_00_airplane1_bicycle2_108.png", "airplane1-bicycle2-108", "airplane", "bicycle"),
    ("cat10_truck3.png", "cat10-truck3", "cat", "truck"),
    ("0001_cue_s01_0_cat_00_cat1_truck3.png", "cat1-truck3", "cat", "truck"),
])  # fmt: skip
def test_every_form_is_read(name: str, stimulus: str, shape: str, texture: str) -> None:
    seen = read(name)
    assert (seen.stimulus, seen.shape, seen.texture) == (stimulus, shape, texture)
    assert stimulus_of(name) == stimulus


def test_exemplars_keep_their_numbers() -> None:
    seen = read("cat10-truck3.png")
    assert (seen.shape_exemplar, seen.texture_exemplar) == ("cat10", "truck3")


@pytest.mark.parametrize(("name", "what"), [
    ("dog1.png", "has no texture"), ("0002_cue_dnn_0_dog_00_dog1.png", "has no texture"),
    ("dog1-2.png", "has no texture"), ("7-cat2.png", "has no shape; expected SHAPE1-TEXTURE2.png, as cat1-truck3"),
])  # fmt: skip
def test_a_name_that_does_not_say_it_is_refused(name: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        read(name)
