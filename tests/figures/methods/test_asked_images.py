"""Images that authors ask for: by number, or from a file."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from figures.methods import asked_images, datasets, models


def test_a_file_is_read_in_the_size_of_the_network(tmp_path: Path) -> None:
    Image.new("RGB", (90, 60), (255, 0, 51)).save(tmp_path / "red.png")
    image = asked_images.opened(tmp_path / "red.png", 32)
    assert (image.shape, image.dtype) == ((3, 32, 32), np.float32)
    assert image.mean(axis=(1, 2)) == pytest.approx([1, 0, 0.2], abs=1e-4)


def test_what_is_no_image_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.png").write_bytes(b"no picture")
    with pytest.raises(ValueError, match="source notes.png: not an image that can be read"):
        asked_images.opened(tmp_path / "notes.png", 32)
    with pytest.raises(ValueError, match="source none.png: not an image"):
        asked_images.opened(tmp_path / "none.png", 32)


def test_numbers_are_those_of_the_data_set() -> None:
    model, data = models.load("glyphs"), datasets.load("glyphs:8")
    np.testing.assert_array_equal(asked_images.numbered(model, data, [7, 0]), data.images([7, 0]).numpy())
    assert asked_images.numbered(model, data, []).shape == (0, 3, 64, 64)
    for wrong in (8, -1):
        with pytest.raises(ValueError, match=f"image {wrong}; glyphs.* has images 0 to 7"):
            asked_images.numbered(model, data, [0, wrong])
