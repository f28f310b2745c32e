"""The figure of answers shows pictures of one's own and those of a data set."""

from __future__ import annotations

import pytest
from PIL import Image

from figures import run
from figures.gallery.top_answers import draw
from tests.figures.checked_artifacts import check_chart


def test_a_file_and_an_image_of_the_data_set_stand_side_by_side(tmp_path):
    Image.new("RGB", (90, 60), "teal").save(tmp_path / "mine.png")
    made = draw(images=(tmp_path / "mine.png", "3"), model="glyphs", dataset="glyphs:8", count=3, head="texture")
    check_chart(made)
    assert made.values["pictures"] == 2
    assert [row[0] for row in made.table.rows] == ["mine.png"] * 3 + ["3"] * 3


@pytest.mark.slow
def test_the_cat_is_a_cat_and_the_cup_holds_coffee():
    made = run.figure("top-answers", images="chelsea, coffee", truth="Egyptian cat | tabby | tiger cat, espresso")
    assert made.values["answer-1-1"] == "Egyptian cat"
    assert made.values["answer-2-1"] == "espresso"
    assert made.values["probability-1-1"] == pytest.approx(0.39, abs=0.02)
    assert made.values["probability-2-1"] == pytest.approx(0.94, abs=0.02)
    assert made.values["right"] == 2
    assert made.provenance["licences"] == {"efficientnet-lite0": "Apache-2.0"}


def test_the_network_before_training_stands_beside_it():
    made = draw(images=("3",), model="glyphs", dataset="glyphs:8", count=3, control=True)
    assert len(made.parts) == 2
