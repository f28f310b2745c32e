"""The images shown are those that the scan found, in its order."""

from __future__ import annotations

import pytest

from figures import run
from figures.gallery.dataset_examples import dataset_examples
from figures.methods import datasets, models, scan

DATA = "glyphs:40"
UNITS = ("mixed3b:3", "shape:2", "conv1:5")


@pytest.fixture(scope="module")
def best() -> scan.LayerScan:
    return scan.of(models.load("glyphs"), datasets.load(DATA), "mixed3b")


def test_examples_of_a_unit_with_a_minus_are_its_weakest(best):
    sheet = dataset_examples(units=("mixed3b:3-",), dataset=DATA, count=4)
    assert [row[5] for row in sheet.table.rows] == pytest.approx(best.bottom.value[3, :4].tolist(), rel=1e-4)
    assert "lower each of 1 units most" in sheet.alt


def test_examples_of_one_position_are_refused():
    with pytest.raises(ValueError, match="mixed3b:3@4,7 is one position; expected a whole channel, mixed3b:3"):
        dataset_examples(units=("mixed3b:3@4,7",), dataset=DATA)


@pytest.mark.slow
@pytest.mark.parametrize("crop", ["receptive-field", "image"])
def test_examples_are_the_strongest_in_order(best, crop):
    sheet = dataset_examples(units=UNITS, dataset=DATA, count=5, crop=crop)
    assert [part.title for part in sheet.parts] == list(UNITS)
    assert all(len(part.tiles) == 5 for part in sheet.parts)
    values = [row[5] for row in sheet.table.rows if row[0] == "mixed3b:3"]
    assert values == pytest.approx(best.top.value[3, :5].tolist(), rel=1e-4)
    assert sheet.parts[0].tiles[0].lines == (f"{values[0]:.1f}",)


def test_too_many_examples_are_refused():
    with pytest.raises(ValueError, match="count: 17; expected 1 to 16"):
        run.figure("dataset-examples", units=UNITS, dataset=DATA, count=17)


@pytest.mark.slow
def test_the_control_shows_what_the_network_before_training_answers_to():
    made = dataset_examples(units=UNITS[:2], dataset=DATA, count=3, control=True)
    alone = dataset_examples(units=UNITS[:2], dataset=DATA, count=3, control=True, model="glyphs-untrained")
    assert [part.title for part in made.parts] == [
        *(f"As trained. {unit}" for unit in UNITS[:2]),
        *(f"Control: the same network before training. {unit}" for unit in UNITS[:2]),
    ]
    assert [row[1:] for row in made.table.rows if row[0] == "control"] == list(alone.table.rows)


def test_the_table_names_files_and_a_note_those_that_cannot_be_read(photos):
    made = dataset_examples(units=("conv1:5",), model="glyphs-untrained", dataset="photos", count=4)
    assert made.table.columns == ("unit", "rank", "image", "file", "y", "x", "activation")
    names = datasets.load("photos").names(range(6))
    assert [row[3] for row in made.table.rows] == [names[row[2]] for row in made.table.rows]
    assert made.notes == ("2 of 6 images of photos are left out, since they cannot be read: a/2.png, b/5.png.",)


def test_images_that_are_drawn_have_no_files():
    made = dataset_examples(units=("conv1:5",), model="glyphs-untrained", dataset="glyphs:6", count=2)
    assert "file" not in made.table.columns
    assert made.notes == ()
