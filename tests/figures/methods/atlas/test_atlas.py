"""An atlas keeps account of all its places; one of a class takes those that speak for it."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, models
from figures.methods.atlas import atlas
from figures.methods.atlas.attribution import attributions

QUICK = atlas.Wish(grids=(2, 4), positions=100, layout="pca", least=1, look="crops")


def glyphs():
    return models.load("glyphs"), datasets.load("glyphs:20")


@pytest.mark.slow
def test_every_place_is_in_a_cell_or_dropped_at_every_zoom():
    seen = atlas.of(*glyphs(), "mixed4b", QUICK)
    for grid in seen.grids:
        assert grid.cells.count.sum() + grid.cells.dropped == len(seen.sampled) == 100
        assert len(grid.pictures) == len(grid.cells)
    assert seen.rectified
    assert len({len(column) for column in seen.columns().values()}) == 1


@pytest.mark.slow
def test_a_class_takes_the_places_that_speak_for_it_and_the_largest_others():
    model, data = glyphs()
    seen = atlas.of_class(model, data, "mixed4b", "wave", 12, QUICK)
    where = {"image": seen.sampled.image, "y": seen.sampled.y, "x": seen.sampled.x}
    values = attributions(model, data, "mixed4b", head="shape", **where).values
    own = values[:, model.unit("shape:wave").index]
    assert own[seen.chosen].min() > 0
    assert set(np.argsort(-own)[:12]) & set(np.flatnonzero(own > 0)) <= set(seen.chosen.tolist())
    assert len(seen.chosen) <= 12 + seen.answered


def test_a_class_that_there_is_not_gives_the_nearest_before_anything_is_measured():
    with pytest.raises(ValueError, match="star"):
        atlas.of_class(*glyphs(), "mixed4b", "stra", 12, QUICK)


def test_grids_that_do_not_grow_are_refused():
    with pytest.raises(ValueError, match="grids 20, 10; expected each once, the coarsest first"):
        atlas.Wish(grids=(20, 10))
