"""Tracing the factors of several images: what is shown is what was found."""

import json

import pytest

from figures import run
from figures.artifact import Sprite, pack
from figures.gallery.factor_tracing import draw as factor_tracing


@pytest.mark.slow
def test_factors_in_rows() -> None:
    made = factor_tracing(images=(1, 4), reused=(9,), factors=2, knots=4, steps=3)
    (sprite,) = made.parts
    assert isinstance(sprite, Sprite)
    assert sprite.per_row == len(sprite.columns_titles) == 4
    assert len(sprite.tiles) == 3 * 4
    assert len(made.table.rows) == 3 * 2
    assert [row[-1] for row in made.table.rows] == ["together"] * 4 + ["reused"] * 2
    assert made.values["explained"] == pytest.approx(made.values["explained_1"] + made.values["explained_2"])
    assert made.values["explained_1"] >= made.values["explained_2"]
    assert (made.values["images"], made.values["reused"]) == (2, 1)
    assert json.dumps(pack(made)[0])


def test_factors_say_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="factors: 9; expected 1 to 8"):
        run.figure("factor-tracing", factors=9)
    with pytest.raises(ValueError, match="no images"):
        factor_tracing(images=())
