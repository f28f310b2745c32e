"""Cells name the channels that answer most in them; pictures go to those that readers meet."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, models
from figures.methods.blocks import dictionary
from tests.figures import blocks


def test_each_cell_names_its_strongest_channels_and_none_that_is_silent():
    maps = np.array([[[1.0, -1.0]], [[3.0, -2.0]], [[2.0, 0.5]]])
    index, value = dictionary.strongest(maps, 2)
    assert index.tolist() == [[1, 2], [2, -1]]
    assert value.tolist() == [[3.0, 2.0], [0.5, 0.0]]


def test_blocks_are_means_and_keep_what_is_left_over():
    maps = np.arange(2 * 3 * 5, dtype=float).reshape(2, 3, 5)
    grid = dictionary.blocks(maps, 2)
    assert grid.shape == (2, 2, 3)
    assert grid[1, 0, 1] == maps[1, :2, 2:4].mean()
    assert grid[0, 1, 2] == maps[0, 2, 4]
    assert (dictionary.blocks(maps, 1) == maps).all()


def test_listed_cells_are_strong_and_no_neighbours():
    value = np.zeros((16, 1))
    value[[0, 1, 3, 14], 0] = [4, 3, 2, 1]
    assert dictionary.apart(value, 4) == (0, 3, 14)
    assert dictionary.apart(value, 4, count=1) == (0,)


def test_pictures_go_first_to_cells_that_are_listed_then_to_what_is_named_often():
    index = np.array([[7, 2], [5, 2], [5, 2], [9, -1]])
    assert dictionary.worth(index, [3], 9).tolist() == [9, 2, 5, 7]
    assert dictionary.worth(index, [0], 2).tolist() == [7, 2]


def test_what_is_drawn_is_named_first_and_its_share_known():
    layer = blocks.layer()
    assert layer.named.tolist() == [3, 1, 2, 0]
    assert layer.covered == pytest.approx(6 / 7)
    rows = blocks.dictionary().columns()
    assert rows["unit"] == ("a:3", "a:1", "a:1", "a:0", "a:1", "a:2", "a:3")
    assert rows["icon"][3] == "no"
    assert (rows["row"][-1], rows["column"][-1], rows["rank"][-1]) == (1, 1, 1)


@pytest.mark.slow
def test_a_picture_is_looked_up_in_a_layer():
    model, data = models.load("glyphs"), datasets.load("glyphs:8")
    how = {"channels": 3, "cells": 5, "most": 4, "steps": 1, "seed": 0}
    seen = dictionary.of(model, data, "3", ("mixed4a", "mixed4a"), **how)
    (layer,) = seen.layers
    assert (layer.rows, layer.columns, layer.block, layer.index.shape) == (4, 4, 2, (16, 3))
    assert (np.diff(layer.value, axis=1) <= 0).all()
    assert len(layer.pictures) == len(layer.drawn) == 4
