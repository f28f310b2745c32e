"""Pictures that stand for channels are made in few steps, and in a small view where much is seen."""

from __future__ import annotations

import pytest

from figures.methods import datasets, models
from figures.methods.blocks import icons


@pytest.fixture(scope="module")
def glyphs() -> models.Model:
    return models.load("glyphs")


def test_the_view_of_a_small_network_is_its_own(glyphs):
    assert icons.recipe(glyphs, "mixed4a", 7) == icons.Recipe(**{**vars(icons.ICON), "steps": 7})


def test_what_sees_more_than_the_view_is_made_smaller(glyphs, monkeypatch):
    monkeypatch.setattr(icons, "VIEW_PX", 48)
    assert icons.recipe(glyphs, "mixed4b").size_px == 48
    assert icons.recipe(glyphs, "conv1").size_px == 0


def test_there_is_a_picture_for_each_channel(glyphs):
    several = icons.of(glyphs, datasets.load("glyphs:8"), "conv1", [3, 0], steps=2, seed=0)
    assert several.shape == (2, icons.ICON.picture_px, icons.ICON.picture_px, 3)
    assert (several[0] != several[1]).any()
