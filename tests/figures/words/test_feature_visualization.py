"""What is said of feature visualizations is what the record holds."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from figures.methods.feature_visualization import Recipe
from figures.words import feature_visualization as words
from tests.figures.reached import reached


def test_ratios_are_of_units_whose_picture_and_images_agree_in_sign() -> None:
    said = words.feature_visualization(reached())
    assert said.values["mean_reached"] == pytest.approx((6 + 0.05 - 2) / 3)
    assert said.values["mean_ratio"] == pytest.approx((1.5 + 0.5) / 2)
    assert (said.values["least_ratio"], said.values["greatest_ratio"]) == pytest.approx((0.5, 1.5))
    assert (said.values["units"], said.values["dead"]) == (3, 1)


def test_dead_units_are_named_below_what_stands_below_the_pictures() -> None:
    assert words.feature_visualization(reached()).notes == (
        "Below each: activation reached vs mean of the 9 best images.",
        "Never answered: layer:2.",
    )


@pytest.mark.parametrize(
    ("lowered", "what"),
    [((False,) * 3, "raise"), ((True,) * 3, "lower"), ((True, False, False), "raise or, with a minus, lower")],
)
def test_pictures_raise_units_or_lower_them(lowered: tuple[bool, ...], what: str) -> None:
    alt = words.alt(reached(lowered=lowered))
    assert alt == f"Pictures that {what} the activation of 3 units of net: layer:0, layer:1, layer:2."


def test_where_no_image_is_of_use_there_are_no_ratios() -> None:
    bare = replace(reached(best=(np.nan,) * 3, dead=(False,) * 3), channels=2)
    said = words.feature_visualization(bare)
    assert "mean_ratio" not in said.values
    assert said.notes == ("Images have 2 channels; shown is their mean.",)


def test_what_is_not_as_usual_is_told() -> None:
    odd = replace(
        reached(recipe=Recipe(parameterization="phase")),
        scanned=SimpleNamespace(dataset="photos", images=9, broken=("a.png",)),
    )
    *_, unreadable, phases = words.feature_visualization(odd).notes
    assert unreadable.startswith("1 of 10 images of photos")
    assert phases == "Only phases were free; amplitudes are those of photos on average (Fel et al., 2023)."


def test_the_class_that_a_unit_stands_for_is_named() -> None:
    assert words.portrait(reached()) == "Feature visualization of layer:0"
    assert words.portrait(reached(classes=("star", "", ""))) == "Feature visualization of layer:0 (star)"
