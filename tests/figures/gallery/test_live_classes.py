"""A live head is one part with its first state, and a table of the likeliest classes."""

import pytest

from figures.gallery.live_classes import live_classes
from figures.live import Live

pytestmark = pytest.mark.slow


def test_a_head_stands_in_the_figure():
    made = live_classes(dataset="glyphs:8", images=("3",), count=2)
    (part,) = made.parts
    assert isinstance(part, Live)
    assert [one.name for one in part.answers] == [made.values["answer-1"], made.values["answer-2"]]
    assert part.answers[0].value == pytest.approx(made.values["probability"])
    assert (part.first, made.table.columns) == ("3", ("class", "probability"))
