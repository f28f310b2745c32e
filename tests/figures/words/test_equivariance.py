"""What is said of a family turned to one direction is what the record holds."""

import sys
from pathlib import Path

import pytest

from figures.words import equivariance as words

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records


def test_copies_are_explained_by_their_mean() -> None:
    said = words.equivariance(records.family_alike())
    assert said.values["units"] == 3
    assert said.values["explained"] == pytest.approx(1)
    assert said.values["least_explained"] == pytest.approx(1)
    assert said.values["mean_agreement"] == pytest.approx(1)
    assert not {"mean_turned", "mean_turned_filters"} & set(said.values)
    assert said.alt.endswith("Their mean explains 100% of how they vary.")
    assert said.notes[-1] == "Each curve is turned by the direction where it peaks and divided by its peak."


def test_pictures_and_filters_are_told_turned_and_as_they_are() -> None:
    family = records.family_alike(pictures=records.compared(0.8, 0.3), filters=records.compared(0.9, -0.1))
    said = words.equivariance(family)
    numbers = {"mean_turned": 0.8, "mean_still": 0.3, "mean_turned_filters": 0.9, "mean_still_filters": -0.1}
    assert {name: said.values[name] for name in numbers} == pytest.approx(numbers)
    assert "a unit answers 0.80 of what it answers its own; unturned, 0.30." in said.alt
    assert "Unturned, pictures of other units give 0.30 of a unit's own." in said.notes
    assert "Unturned, the filters' mean cosine is -0.10." in said.notes


def test_what_is_not_known_is_not_quoted() -> None:
    family = records.family_alike(pictures=records.compared(float("nan"), 0.3))
    assert "mean_turned" not in words.equivariance(family).values
