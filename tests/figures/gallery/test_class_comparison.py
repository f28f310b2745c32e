"""Two classes of glyphs are compared, and a class that there is not is told by the nearest name."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.class_comparison import class_comparison

QUICK = {"model": "glyphs", "dataset": "glyphs:200", "layer": "mixed4b", "positions": 400, "most": 60}


@pytest.mark.slow
def test_two_shapes_are_compared():
    made = class_comparison(classes=("disc", "star"), least=1, **QUICK)
    assert pack(made)
    assert made.values["dropped"] == 0
    assert sum(row[2] for row in made.table.rows) == made.values["kept"]


def test_a_class_that_there_is_not_gives_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'star'"):
        class_comparison(classes=("disc", "stra"), **QUICK)
