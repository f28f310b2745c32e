"""The greenest crop makes red pictures green once it is large enough, and comes from no tested picture."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods.comparison import patch_test
from figures.methods.comparison.patch_test import ALL, PatchTest, Rate, Recipe
from tests.figures.coloured import network, pictures

NET, DATA = network(), pictures()


def tried(classes: tuple[str, str] = ("red", "green"), **changed: object) -> PatchTest:
    asked = {"images": (), "patch": "", **{k: changed.pop(k) for k in ("images", "patch") if k in changed}}
    return patch_test.of(NET, DATA, "1", classes, head="", recipe=Recipe(positions=60, **changed), **asked)


def test_the_greenest_crop_is_found_and_red_pictures_are_tested() -> None:
    seen = tried()
    assert seen.shown.labels == ("red",) * 3
    assert seen.sources[0].startswith("other8")
    assert np.allclose(seen.patches[0][:, 0, 0], [0, 1, 0.5])
    assert seen.chosen == "by their label"


@pytest.mark.parametrize(("share", "rate"), [(0.25, 0.0), (0.9, 1.0)])
def test_a_patch_succeeds_where_it_covers_most(share, rate) -> None:
    seen = tried(share=share)
    assert seen.rates()["flip", "patch", ALL].share == rate
    assert seen.rates()["flip", "patch", ALL].trials == 3 * 5
    assert seen.rates()["over", "control", ALL].trials == 3 * 5 * 4
    assert not seen.flips(seen.before).any()


def test_logits_after_a_patch_are_the_mixture_of_colours() -> None:
    seen = tried(share=0.5, controls=0)
    red, green = 10 * 0.75, 10 * 0.25
    assert np.allclose(seen.after[0, 0, 0, 1], 1 / (1 + np.exp(red - green)), atol=1e-6)
    assert {whose for _, whose, _ in seen.rates()} == {"patch"}


def test_without_labels_the_answer_tells_what_is_tested() -> None:
    seen = tried(("green", "red"), count=2)
    assert seen.chosen == "by what the network answers"
    assert set(seen.shown.labels) == {"other"}
    assert seen.sources[0].startswith("red")


def test_pictures_patch_and_corners_may_be_asked_for() -> None:
    seen = tried(images=("1",), patch="8", corners=("centre", "centre"))
    assert seen.shown.names == ("1",)
    assert seen.corners == ("centre",)
    assert not seen.found
    assert np.allclose(seen.patches[0][:, 0, 0], [0, 1, 0.5])
    assert len(seen.columns()["picture"]) == 1 + 5


def test_no_patch_comes_from_a_picture_with_a_tested_label() -> None:
    assert patch_test.untested(DATA, [1]).tolist() == [False] * 3 + [True] * 6


def test_a_rate_lies_in_its_interval() -> None:
    low, high = Rate(3, 10).ends
    assert low < 0.3 < high
    assert Rate(0, 10).ends[0] == pytest.approx(0)


def test_an_unknown_corner_is_an_error_before_anything_is_measured() -> None:
    with pytest.raises(ValueError, match="did you mean 'centre'"):
        tried(corners=("center",))
