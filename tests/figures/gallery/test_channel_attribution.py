"""Links between two layers, by default with the main layer before."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.channel_attribution import draw

QUICK = {"model": "glyphs", "dataset": "glyphs:8", "steps": 1, "image": "3"}


@pytest.mark.slow
def test_channels_are_linked_with_those_of_the_layer_before():
    made = draw(layer="mixed4a", channels=2, sources=3, **QUICK)
    assert pack(made)
    assert len(made.table.rows) == 2 * (3 + 2)
    assert made.values["from"].startswith("mixed3b:")
    assert 0 < made.values["carried"] < 1


def test_a_layer_that_comes_later_is_refused():
    with pytest.raises(ValueError, match="mixed4b does not come before mixed4a"):
        draw(layer="mixed4a", before="mixed4b", **QUICK)
