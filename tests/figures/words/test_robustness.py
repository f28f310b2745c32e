"""What is said of robustness: where networks begin, where they end, and where half is lost."""

from __future__ import annotations

import pytest

from figures.words import robustness as words
from tests.figures.seen_fields import curves


def test_values_name_the_corruption_and_the_network() -> None:
    values = words.robustness(curves()).values
    assert values["clean_a"] == 0.9
    assert values["strongest_noise_a"] == 0.1
    assert values["half_noise_a"] == pytest.approx(0.1)
    assert values["half_noise_lib-b-none"] == "never"


def test_notes_say_what_counts_and_what_was_done() -> None:
    notes = " ".join(words.robustness(curves(kinds=("blur",)), "agree").notes)
    assert "the picture's label" in notes
    assert "Blur is Gaussian" in notes
    assert "Noise" not in notes
    assert "either tells the class" in notes
    assert "own to the picture as it is" in words.robustness(curves("consistency")).notes[0]


def test_strengths_have_their_unit() -> None:
    kinds = {"noise": 0.1, "blur": 2.0, "contrast": 0.25, "rotation": -90.0}
    assert [words.strength(*pair) for pair in kinds.items()] == ["0.1", "2 px", "25%", "−90°"]
