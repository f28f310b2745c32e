"""What is said of cells is what they name."""

from figures.words import semantic_dictionary as words
from tests.figures import blocks


def test_the_strongest_cell_is_told() -> None:
    said = words.semantic_dictionary(blocks.dictionary())
    assert "row 1, column 1: a:3, a:1." in said.alt
    assert (said.values["strongest"], said.values["activation"]) == ("a:3", 4.0)
    assert (said.values["channels"], said.values["icons"]) == (4, 3)


def test_what_has_no_picture_is_counted() -> None:
    notes = " ".join(words.semantic_dictionary(blocks.dictionary()).notes)
    assert "name 4 channels; 3 have a picture" in notes
    assert "86% of what cells name" in notes
    assert "mean over" not in notes


def test_averages_are_told_of_each_layer() -> None:
    said = words.semantic_dictionary(blocks.dictionary(blocks.layer(), blocks.layer("b", block=4)))
    assert "A cell of b is the mean over 4 × 4 positions." in said.notes
    assert "channels of a, b of net" in said.alt
