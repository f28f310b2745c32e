"""The figure of conflicts makes rows and grids, and says what it was not given."""

from __future__ import annotations

import pytest

from figures import run
from figures.artifact import pack
from figures.gallery.cue_conflict import cue_conflict

GLYPHS = {"model": "glyphs", "dataset": "glyphs:9"}


def test_rows_and_grids():
    rows = cue_conflict(content=("arrow",), style=("wood", "grid"), method="render", **GLYPHS)
    assert pack(rows)
    assert rows.parts[0].kept(lambda data: "x").kind == "chart"
    grid = cue_conflict(content=("arrow",), style=("wood", "grid"), method="render", form="grid", **GLYPHS)
    assert pack(grid)
    assert len(grid.parts[0].tiles) == 6
    assert rows.table.rows == grid.table.rows


def test_style_is_transferred():
    made = cue_conflict(content=("1",), style=("4",), steps=2, **GLYPHS)
    assert pack(made)
    assert "over glyphs: style from conv1" in " ".join(made.notes)


def test_what_there_is_not_is_an_error_with_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'conv2'"):
        cue_conflict(content=("1",), style=("4",), style_layers=("conv",), **GLYPHS)
    with pytest.raises(ValueError, match="chelsea of photographs has no silhouette"):
        cue_conflict(content=("chelsea",), style=("brick",), method="silhouette", model="glyphs")
    with pytest.raises(ValueError, match="no image 'bricks'; did you mean 'brick'"):
        cue_conflict(content=("chelsea",), style=("bricks",), model="glyphs")


@pytest.mark.slow
def test_the_cat_is_lost_and_still_to_be_seen():
    made = run.figure("cue-conflict", content="chelsea", style="brick", steps=60)
    assert made.values["content-1"] == "Egyptian cat"
    assert made.values["conflict-1"] not in ("Egyptian cat", "tiger cat", "tabby")
    assert made.values["after-1"] < 0.2 * made.values["before-1"]
