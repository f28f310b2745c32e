"""Sheets lay every picture in its own cell, larger where more lies there."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from figures.artifact import Artifact, Patch, Table, pack
from figures.charts import mosaics
from figures.kept import record
from tests.figures.atlases import CLASSES, atlas


def test_pictures_stand_in_their_cells_and_nothing_elsewhere():
    images = np.array([50, 200], np.uint8)[:, None, None, None] * np.ones((2, 8, 8, 1), np.uint8)
    laid = mosaics.sheet(images, np.array([0, 1]), np.array([1, 0]), np.ones(2), 2)
    half = len(laid) // 2
    assert laid[:half, :half, 3].max() == laid[half:, half:, 3].max() == 0
    assert laid[half // 2, half + half // 2].tolist() == [50, 50, 50, 255]
    assert laid[half + half // 2, half // 2].tolist() == [200, 200, 200, 255]


def test_areas_go_by_counts_up_to_a_whole_cell():
    share = mosaics.shares(np.array([1, 50, 100, 100, 100, 100]))
    assert share[0] == pytest.approx(0.5)
    assert (share[2] / share[1]) ** 2 == pytest.approx(2)
    assert share[-1] == 1
    assert np.all(np.diff(share) >= 0)


def test_every_cell_of_every_grid_is_a_patch_with_its_labels():
    seen = atlas()
    drawn = mosaics.draw(seen, runners_up=2, alt_text="words")
    assert [level.grid for level in drawn.levels] == [3, 6]
    for level, grid in zip(drawn.levels, seen.grids, strict=True):
        assert sum(patch.count for patch in level.patches) == grid.cells.count.sum()
        first = [drawn.labels[patch.labels[0]] for patch in level.patches]
        assert first == seen.names(grid.cells.label)
        assert Image.open(io.BytesIO(level.image.data)).size == (level.image.width, level.image.width)


def test_what_is_kept_of_a_mosaic_is_read_again():
    drawn = mosaics.draw(atlas(), runners_up=2, alt_text="words")
    plain, objects = pack(Artifact("words", (drawn,), Table(("a",), ((1,),))))
    (part,) = record.read(plain).parts
    assert part.middle.grid == 6
    assert set(part.firsts) <= set(CLASSES)
    assert {digest for _, digest in part.pictures} <= objects.keys()
    assert part.middle.numbers[0][:2] == [part.middle.patches[0].row, part.middle.patches[0].column]


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        (Patch(7, 0, 1, (0,)), "lies in row 7"),
        (Patch(0, 0, 1, (9,)), "expected numbers below 3"),
        ("x", "expected a Patch"),
    ],
)
def test_a_patch_that_lies_nowhere_is_told(patch, message):
    drawn = mosaics.draw(atlas(), runners_up=2, alt_text="words")
    wrong = replace(drawn, levels=(replace(drawn.levels[0], patches=(patch,)),))
    with pytest.raises(ValueError, match=message):
        pack(Artifact("words", (wrong,), Table(("a",), ((1,),))))
