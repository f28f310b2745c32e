"""Silhouettes are found where pictures have one, and asked for in vain where not."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from figures.glyphs import dataset as glyphs
from figures.methods import datasets
from figures.methods.cues import silhouettes

SIDE = 32


def disc(colour, ground, mode: str) -> Image.Image:
    picture = Image.new(mode, (SIDE, SIDE), ground)
    ImageDraw.Draw(picture).ellipse((8, 8, 23, 23), fill=colour)
    return picture


def read(picture: Image.Image, tmp_path) -> np.ndarray:
    picture.save(tmp_path / "one.png")
    return silhouettes.masks(datasets.load("glyphs:2"), [tmp_path / "one.png"], SIDE)[0]


@pytest.mark.parametrize(
    "picture",
    [
        disc((200, 30, 90, 255), (0, 0, 0, 0), "RGBA"),
        disc((0, 0, 0), (255, 255, 255), "RGB"),
        disc(255, 0, "L"),
        disc((0, 0, 0, 200), (255, 255, 255, 255), "RGBA"),
    ],
    ids=["cut-out", "dark on light", "light on dark", "two tones hardly transparent"],
)
def test_a_disc_is_found(tmp_path, picture):
    mask = read(picture, tmp_path)
    assert mask[16, 16] > 0.75
    assert mask[0, 0] == 0
    assert (mask > 0.5).mean() == pytest.approx(np.pi * 64 / SIDE**2, rel=0.1)


@pytest.mark.parametrize("colours", [("navy", "teal"), ("grey", "white"), ("white", "white")])
def test_a_picture_of_other_tones_has_none(tmp_path, colours):
    with pytest.raises(ValueError, match=r"one.png has no silhouette; expected a cut-out"):
        read(disc(*colours, "RGB"), tmp_path)


def test_a_square_that_is_cut_out_is_no_frame(tmp_path):
    picture = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((8, 8, 15, 23), fill="red")
    assert read(picture, tmp_path).mean() == pytest.approx(8 * 16 / SIDE**2)


def test_bars_that_make_a_picture_square_are_none_of_it(tmp_path):
    drawn = disc((0, 0, 0, 255), (255, 255, 255, 255), "RGBA").crop((0, 4, SIDE, 28))
    drawn.putpixel((0, 0), (255, 255, 255, 200))
    mask = read(drawn, tmp_path)
    assert mask[16, 16] == 1
    assert mask[0].max() == mask[-1].max() == mask[6, 2] == 0


def test_a_photograph_has_none():
    with pytest.raises(ValueError, match="chelsea of photographs has no silhouette"):
        silhouettes.masks(datasets.load("photographs"), ["chelsea"], SIDE)


def test_glyphs_are_where_their_ink_is():
    data = datasets.load("glyphs:4")
    [mask] = silhouettes.masks(data, ["1"], 64)
    truth = data.parameters([1])
    distance = glyphs.masks(truth)[0].numpy()
    assert (mask[distance < -1] == 1).all()
    assert (mask[distance > 1] == 0).all()
    assert silhouettes.masks(data, ["1"], 32)[0].mean() == pytest.approx(mask.mean(), abs=0.01)


def test_cut_outs_of_a_folder_have_theirs(tmp_path):
    disc((200, 30, 90, 255), (0, 0, 0, 0), "RGBA").save(tmp_path / "round.png")
    [mask] = silhouettes.masks(datasets.load(str(tmp_path)), ["round.png"], SIDE)
    assert mask[16, 16] == 1
    assert mask[0, 0] == 0
