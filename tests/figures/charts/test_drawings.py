"""Strokes are laid over each other in their colours, and pictures keep their squares."""

import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image as Picture

from figures.charts import drawings

WHITE = np.full((4, 4, 3), 255.0)


def test_a_path_has_its_colour_and_words_are_escaped() -> None:
    made = drawings.path(["M0,0L1,1", "M2,2L3,3"], ["#ff0000", "#0000ff"], side_px=20, width_px=1.5, alt="a < b & c",
                         name="p")  # fmt: skip
    root = ET.fromstring(made.data)
    lines = [(one.get("d"), one.get("stroke")) for one in root.iter("{http://www.w3.org/2000/svg}path")]
    assert lines == [("M0,0L1,1", "#ff0000"), ("M2,2L3,3", "#0000ff")]
    assert root.find("{http://www.w3.org/2000/svg}title").text == "a < b & c"
    assert root.get("viewBox") == "0 0 20 20"
    with pytest.raises(ValueError, match="zip"):
        drawings.path(["M0,0L1,1"], [], side_px=20, width_px=1, alt="", name="p")


def test_squares_stay_squares_where_a_picture_grows() -> None:
    picture = np.array([[0, 255], [128, 64]], np.uint8)[..., None]
    large = drawings.enlarged(picture, 8)
    assert large.shape == (8, 8, 3)
    assert (large[..., 0] == np.kron(picture[..., 0], np.ones((4, 4)))).all()
    assert set(drawings.enlarged(large, 4).shape) == {4, 3}


def test_a_framed_picture_has_twice_as_many_pixels_as_it_is_displayed_at() -> None:
    made = drawings.framed(np.zeros((5, 5, 3), np.uint8), alt="A", name="n", title="T", display_px=30)
    assert Picture.open(io.BytesIO(made.data)).size == (60, 60)
    assert (made.display_px, made.title) == (30, "T")


def test_ink_covers_by_its_share_and_the_last_lies_on_top() -> None:
    cover = np.zeros((2, 4, 4))
    cover[0, 0] = 1
    cover[1, :, 0] = 1
    cover[1, 3, 3] = 0.5
    laid = drawings.inked(WHITE, cover, ["#ff0000", "#0000ff"])
    assert laid[0, 1].tolist() == [255, 0, 0]
    assert laid[0, 0].tolist() == [0, 0, 255]
    assert laid[3, 3].tolist() == [128, 128, 255]
    assert laid[2, 2].tolist() == [255, 255, 255]


def test_what_is_not_known_covers_nothing() -> None:
    assert (drawings.inked(WHITE, np.full((1, 4, 4), np.nan), ["#000000"]) == 255).all()


def test_the_picture_below_strokes_is_paler_than_it_is() -> None:
    picture = np.full((4, 4, 3), 100, np.uint8)
    cover = np.zeros((1, 8, 8))
    cover[0, 0, 0] = 1
    laid = drawings.laid_over(picture, cover, ["#000000"], 8)
    assert laid[0, 0].tolist() == [0, 0, 0]
    assert 100 < laid[4, 4, 0] < 255
    assert len(np.unique(laid)) == 2
