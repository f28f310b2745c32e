"""The ends of a comparison are named by what stands there."""

from __future__ import annotations

import numpy as np

from figures.methods.atlas.icons import Icons
from figures.words import class_comparison as words
from tests.figures.embedded_records import compared


def test_both_ends_are_told() -> None:
    said = words.class_comparison(compared())
    assert "for cat, are crops of tabby" in said.alt
    assert "for dog, of beagle" in said.alt
    assert (said.values["towards_first"], said.values["towards_second"]) == (2, 1)
    assert (said.values["most_for_first"], said.values["most_for_second"]) == (2, 3)


def test_how_places_were_chosen_is_told_and_what_was_dropped() -> None:
    notes = words.class_comparison(compared()).notes
    assert "none of them on an edge of the map" in notes[0]
    assert "2.5" in notes[1]
    assert not any("left out" in note for note in notes)
    assert "7 places lie in cells of fewer than 2" in words.class_comparison(compared(dropped=7)).notes[-1]


def test_attributions_that_do_not_go_with_the_logits_are_not_to_be_trusted() -> None:
    told = [" ".join(words.class_comparison(compared(agreement=r)).notes) for r in (0.9, -0.3)]
    assert ["the wrong way round" in notes for notes in told] == [False, True]
    assert "correlation of -0.30" in told[1]


def test_icons_are_told_by_how_they_climbed() -> None:
    said = words.class_comparison(compared(icons=Icons(np.zeros((3, 2, 2, 3), np.uint8), np.full(3, 0.5)), steps=9))
    assert said.alt.startswith("Feature visualizations of mean activations on some in 3 cells")
    assert "for 9 steps" in said.notes[-1]
