"""A live figure is one part with its first state, and a table of the answers."""

import pytest

from figures.gallery.live_unit import live_unit
from figures.live import Live

pytestmark = pytest.mark.slow


def test_a_network_stands_in_the_figure():
    made = live_unit(units=("conv1:3",), dataset="glyphs:8", images=("3",))
    (part,) = made.parts
    assert isinstance(part, Live)
    assert part.answers[0].value == pytest.approx(made.values["first"])
    assert made.table.columns == ("unit", "answer", "row", "column")
