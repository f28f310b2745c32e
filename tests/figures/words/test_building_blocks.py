"""What is said of groups is what they explain and add."""

import numpy as np

from figures.words import building_blocks as words
from tests.figures import blocks


def test_values_go_by_group_and_class() -> None:
    said = words.building_blocks(blocks.blocks())
    assert (said.values["groups"], said.values["error"]) == (2, 0.5)
    assert (said.values["adds-2-1"], said.values["adds-1-2"]) == (-0.5, 0.25)
    assert (said.values["class-1"], said.values["total-1"], said.values["rest-1"]) == ("cat", 1.0, -0.5)
    assert said.values["explained-2"] == 0.25


def test_the_group_that_adds_most_is_named() -> None:
    assert "cat by group 1 (+2.00)" in words.building_blocks(blocks.blocks()).alt


def test_what_is_left_out_is_told() -> None:
    notes = " ".join(words.building_blocks(blocks.blocks()).notes)
    assert "an error of 50%" in notes
    assert "1.0 of 3.0 for cat, 1.0 of −1.0 for dog" in notes
    assert "below zero" not in notes
    assert "40% of the squares of a lie below zero" in " ".join(
        words.building_blocks(blocks.blocks(below=np.array(0.4))).notes
    )
