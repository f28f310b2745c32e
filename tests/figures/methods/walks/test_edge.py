"""An edge has an upper and a lower end, and what the lower one adds where."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import models
from figures.methods.walks import edge
from figures.methods.walks.edge import ends
from tests.figures import small_networks as small
from tests.figures.methods.walks.test_pairs import data


@pytest.mark.parametrize("text", ["shape:star -> mixed3b:17", "mixed3b:17->shape:9", "shape:9 → mixed3b:17"])
def test_layers_tell_which_end_is_the_upper(text: str) -> None:
    assert tuple(map(str, ends(models.load("glyphs"), text))) == ("shape:9", "mixed3b:17")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mixed3b:17", "expected two units with an arrow between"),
        ("mixed3b:17 -> ", "expected two units with an arrow between"),
        ("mixed3b:17 -> mixed3b:4", "units of two layers"),
        ("shape:3 -> texture:4", "units of two layers"),
        ("mixed4b:3 -> mixed3b:17@1,2", "expected a whole channel below, mixed3b:17"),
        ("mixed4b:3 -> mixed3x:17", "did you mean 'mixed3"),
        ("mixed4b:3 -> mixed3b:1700", "units 0 to 255"),
    ],
)
def test_what_is_no_edge(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ends(models.load("glyphs"), text)


def test_what_every_position_adds_makes_the_weight() -> None:
    seen = edge.of(small.model(small.biased), data(), "0", "logits:1 -> 1:2")
    assert seen.meeting.sum(dtype=np.float64) == pytest.approx(seen.signed, abs=1e-6)
    assert (seen.upper, seen.lower, seen.place) == ("logits:1", "1:2", None)
    assert 1 <= seen.rank <= 5
    assert 0 <= seen.share <= 1
    assert len(seen.columns()["image"]) == 5
    assert seen.maps.shape == (2, 3, small.SIDE, small.SIDE)


def test_a_position_of_the_upper_unit_is_taken_at_its_word() -> None:
    seen = edge.of(small.model(small.biased), data(), "0", "3:1@2,3 -> 1:2")
    assert seen.place == (2, 3)
    assert seen.upper == "3:1"
