"""What is said of accuracies is what was counted."""

from __future__ import annotations

from figures.methods.cues.accuracy import Shown
from figures.words import accuracy_by_cue as words
from tests.figures.conflicting import accuracies


def test_accuracies_go_by_condition_and_observer():
    said = words.accuracy(Shown(16, tuple("abcd"), drawn=True), accuracies(), 90, "")
    assert said.values["original_glyphs"] == 0.5
    assert said.values["low-pass_humans"] == 0.5
    assert said.values["chance"] == 0.25
    assert "humans: edges 90%, low pass 50%" in said.alt
    assert not any("read from" in note for note in said.notes)


def test_what_is_left_out_and_read_is_said():
    shown = Shown(16, tuple("abcd"), drawn=False, left_out=tuple("efghijkl"))
    notes = words.accuracy(shown, accuracies(), 45, "people.csv").notes
    assert any("e, f, g, h, i and j and 2 more" in note for note in notes)
    assert any("Only the 4 classes" in note for note in notes)
    assert "people.csv" in notes[-1]
