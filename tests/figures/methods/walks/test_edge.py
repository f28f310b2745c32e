"""An edge has an upper and a lower end, and what the lower one adds where."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods.walks import edge
from tests.figures import small_networks as small
from tests.figures.methods.walks.test_pairs import data


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
