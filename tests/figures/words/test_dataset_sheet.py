"""What is said of a data set."""

import numpy as np

from figures.methods.dataset_sheet import DatasetSheet
from figures.words import dataset_sheet as words

SHEET = DatasetSheet(
    "few", 30, 2, ("a", "b"), ("cat", "cup"), (20, 10), np.zeros((2, 8, 8, 3), np.uint8), ("Ada", "Bea"), ("CC0", "MIT")
)


def test_a_small_data_set_is_said_to_be_small_and_credited() -> None:
    said = words.dataset_sheet(SHEET)
    assert said.values == {"images": 30, "labels": 2, "shown": 2}
    assert said.alt == "2 of the 30 images of few with 2 labels: cat, cup."
    assert any("It is small" in note for note in said.notes)
    assert "Pictures by cat: Ada (CC0); cup: Bea (MIT)." in said.notes
