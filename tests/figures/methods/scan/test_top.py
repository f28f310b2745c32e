"""The positions that go furthest, of a full sort."""

from __future__ import annotations

import numpy as np
import pytest

from tests.figures.methods.tallied_maps import CHANNELS, COUNT, DEPTH, WIDTH, tallied


@pytest.mark.parametrize(("name", "sign"), [("top", 1), ("bottom", -1)])
def test_the_furthest_positions_are_those_of_a_full_sort(maps, name, sign):
    found = tallied(maps, np.arange(COUNT), 6).result()
    flat = sign * maps.reshape(COUNT, CHANNELS, -1)
    for channel in range(CHANNELS):
        peak = flat[:, channel].max(axis=1)
        best = np.lexsort((np.arange(COUNT), -peak))[: DEPTH.top]
        place = flat[best, channel].argmax(axis=1)
        assert found[f"{name}_image"][channel].tolist() == best.tolist()
        assert (found[f"{name}_y"][channel] * WIDTH + found[f"{name}_x"][channel]).tolist() == place.tolist()
        assert found[f"{name}_value"][channel].tolist() == (sign * peak[best]).tolist()
