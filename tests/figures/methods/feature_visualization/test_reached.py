"""What pictures reach is set beside what the data set's images do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from figures.methods import datasets, models, scan
from figures.methods.feature_visualization import Recipe
from figures.methods.feature_visualization import reached as methods
from tests.figures.reached import SIDE, reached


def test_ratios_are_known_where_signs_agree() -> None:
    seen = reached(activation=(6.0, -2.0, 1.0, 3.0), best=(4.0, -4.0, -1.0, np.nan),
                   classes=("",) * 4, lowered=(False,) * 4, dead=(False,) * 4)  # fmt: skip
    assert np.array_equal(seen.ratio, [1.5, 0.5, np.nan, np.nan], equal_nan=True)
    assert list(seen.columns()["dead"]) == ["no"] * 4


def test_pictures_of_one_unit_are_neighbours() -> None:
    seen = reached(recipe=Recipe(diversity=2))
    assert seen.pictures.shape == (6, SIDE, SIDE, 3)
    assert seen.pictures[:, 0, 0, 0].tolist() == [1, 2, 3, 4, 5, 6]
    assert reached().pictures.shape == (3, SIDE, SIDE, 3)


@pytest.mark.slow
def test_the_best_images_are_the_first_of_the_unit_s_end() -> None:
    network, data = models.load("glyphs-untrained"), datasets.load("glyphs:12")
    seen = methods.of(network, data, ("conv1:5", "conv1:5-"), recipe=Recipe(steps=1))
    scanned = scan.of(network, data, "conv1")
    assert seen.best == pytest.approx([scanned.top.value[5, :9].mean(), scanned.bottom.value[5, :9].mean()], rel=1e-5)
    assert seen.lowered == (False, True)
    assert (seen.network, seen.channels, seen.classes) == ("glyphs-untrained", 3, ("", ""))
    other = methods.of(network, data, ("conv1:5",), recipe=replace(Recipe(), steps=1, negative=True))
    assert other.best[0] == pytest.approx(scanned.bottom.value[5, :9].mean(), rel=1e-5)


def test_a_unit_that_the_recipe_does_not_suit_is_refused_before_anything_is_scanned(monkeypatch) -> None:
    monkeypatch.setattr(scan, "by_layer", None)
    with pytest.raises(ValueError, match="conv1:5 has no logit"):
        methods.of(
            models.load("glyphs-untrained"), datasets.load("glyphs:2"), ("conv1:5",), recipe=Recipe(objective="logit")
        )
