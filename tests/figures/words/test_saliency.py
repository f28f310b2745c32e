"""What is said of maps is what the record holds, the control among it."""

from __future__ import annotations

import pytest

from figures.words import saliency as words
from tests.figures.salient import maps, salient


def test_areas_are_quoted_by_method() -> None:
    values = words.saliency(salient()).values
    assert values["value"] == 2.0
    assert values["deletion-guided"] == pytest.approx(0.5)
    assert values["insertion-occlusion"] == pytest.approx(1 - values["deletion-occlusion"])
    assert -1 <= values["correlation-integrated-gradients"] <= 1
    assert "completeness_gap" in values


def test_the_control_is_said_and_what_methods_draw_again() -> None:
    said = words.saliency(salient())
    assert "Beneath, the same of the network before training." in said.alt
    assert said.notes[-1].startswith("Control: the same methods")
    assert any(note.startswith("Guided backpropagation partly draws the picture again") for note in said.notes)
    alone = words.saliency(salient(control=None))
    assert "before training" not in alone.alt + " ".join(alone.notes)
    assert "correlation-guided" not in alone.values


@pytest.mark.parametrize(
    ("changed", "score"),
    [
        ({}, "probability"),
        ({"unit": "logits:1-"}, "probability of all others"),
        ({"place": (3, 4), "rectified": True}, "activation before the rectifier"),
        ({"place": (3, 4)}, "activation"),
    ],
)
def test_the_score_of_a_class_is_a_probability_and_of_a_unit_its_activation(changed, score) -> None:
    assert words.score(salient(**changed)) == score


def test_empty_maps_are_told() -> None:
    silent = maps(1)
    silent.pixels[0] = 0
    notes = words.saliency(salient(control=silent)).notes
    assert "Empty of the control: guided. Nothing comes back from the unit there." in notes


def test_of_a_unit_it_is_told_that_grad_cam_sees_more() -> None:
    methods = ("gradient", "grad-cam", "occlusion")
    told = [
        any("does not see" in n for n in words.saliency(salient(methods=methods, place=p)).notes)
        for p in ((1, 2), None)
    ]
    assert told == [True, False]


def test_patches_and_steps_are_stated() -> None:
    notes = " ".join(words.saliency(salient()).notes)
    assert "grey patches of 2 px, every 1 px" in notes
    assert "from grey (0.5) to the picture in 64 steps" in notes
