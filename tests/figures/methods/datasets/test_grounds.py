"""Cut-outs lie whole in a square, on the ground that was asked for."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from figures.methods.datasets import grounds
from figures.methods.datasets.decoding import decoded, silhouette
from figures.specs import GROUNDS


def cut_out(width: int = 40, height: int = 20) -> Image.Image:
    """A bar that is red on its left and blue on its right half, with a border of nothing around it."""
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[4:-4, 4:-4] = (200, 0, 0, 255)
    pixels[4:-4, width // 2 : -4] = (0, 0, 100, 255)
    return Image.fromarray(pixels)


@pytest.mark.parametrize(
    ("ground", "corner"), [("grey", [127] * 3), ("white", [255] * 3), ("checked", [102] * 3), ("mean", [100, 0, 50])]
)
def test_what_is_transparent_shows_the_ground(ground: str, corner: list[int]) -> None:
    pixels = np.asarray(grounds.flat(cut_out(), ground))
    assert pixels.shape == (40, 40, 3)
    assert pixels[0, 0].tolist() == corner
    assert pixels[20, 10].tolist() == [200, 0, 0]
    assert pixels[20, 30].tolist() == [0, 0, 100]


def test_a_checked_ground_has_squares_of_two_greys() -> None:
    pixels = np.asarray(grounds.flat(Image.new("RGBA", (64, 64)), "checked"))[..., 0]
    assert set(np.unique(pixels)) == {102, 153}
    assert (pixels[:4, :4] == 102).all()
    assert (pixels[:4, 4:8] == 153).all()
    assert (pixels[4:8, 4:8] == 102).all()


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_picture_that_hides_all_behind_it_is_as_it_was(ground: str) -> None:
    picture = Image.fromarray(np.arange(300, dtype=np.uint8).reshape(10, 10, 3))
    assert np.array_equal(np.asarray(grounds.flat(picture, ground)), np.asarray(picture))
    assert np.asarray(grounds.opacity(picture)).min() == 255


def test_nothing_at_all_has_no_mean() -> None:
    assert np.asarray(grounds.flat(Image.new("RGBA", (4, 4)), "mean")).tolist() == [[[127] * 3] * 4] * 4


def test_a_silhouette_lies_where_the_cut_out_does() -> None:
    """Where it is opaque the picture is the cut-out, elsewhere the ground."""
    mask, pixels = silhouette(cut_out(), 40), decoded(cut_out(), 40, 3, "white")
    assert mask.shape == (40, 40)
    assert np.array_equal(mask > 0, (pixels != 255).any(axis=2))
    assert (mask > 0).sum() == 32 * 12
    assert silhouette(Image.new("RGB", (8, 4)), 4).min() == 255
