"""Small pictures keep their colours and lose their corners."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from figures.charts import icons

RED = np.zeros((10, 10, 3), np.uint8) + np.array([255, 0, 0], np.uint8)


def opened(uri: str) -> np.ndarray:
    kind, _, data = uri.partition(",")
    assert kind == "data:image/webp;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGBA")).astype(int)


def test_corners_are_round_and_the_middle_is_the_picture() -> None:
    picture = opened(icons.uri(RED, side_px=40, corner=0.25))
    assert picture.shape == (40, 40, 4)
    assert (picture[[0, 0, -1, -1], [0, -1, 0, -1], 3] < 30).all()
    assert picture[20, 20] == pytest.approx([255, 0, 0, 255], abs=8)
    assert picture[0, 20, 3] > 250


def test_without_corners_all_is_opaque() -> None:
    assert opened(icons.uri(RED, side_px=16, corner=0.0))[..., 3].min() > 250


def test_grey_pictures_are_taken_too() -> None:
    picture = opened(icons.uri(np.full((8, 8, 1), 120, np.uint8), side_px=16))
    assert picture[8, 8, :3] == pytest.approx([120] * 3, abs=6)


def test_every_picture_of_units_and_of_stimuli_has_one_of_its_own() -> None:
    assert [opened(uri).shape for uri in icons.small([RED, RED[:, ::-1]])] == [(icons.SIDE_PX, icons.SIDE_PX, 4)] * 2
    stimuli = np.zeros((2, 3, 6, 6))
    stimuli[1, 2] = 1.0
    black, blue = (opened(uri) for uri in icons.uris(stimuli, side_px=12))
    assert black[6, 6, :3] == pytest.approx([0, 0, 0], abs=8)
    assert blue[6, 6, :3] == pytest.approx([0, 0, 255], abs=12)


def test_shares_become_bytes_and_channels_come_last() -> None:
    images = np.zeros((1, 3, 2, 5))
    images[0, :, 1, 4] = -0.5, 0.5, 2.0
    pixels = icons.pixels(images)
    assert (pixels.shape, pixels.dtype) == ((1, 2, 5, 3), np.uint8)
    assert pixels[0, 1, 4].tolist() == [0, 128, 255]
