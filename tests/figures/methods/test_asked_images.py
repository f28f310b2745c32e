"""Pictures that authors ask for: files, or images of a data set by number and by name."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from figures.methods import asked_images, datasets, models


@pytest.fixture
def red(tmp_path: Path) -> Path:
    Image.new("RGB", (90, 60), (255, 0, 51)).save(tmp_path / "red.png")
    return tmp_path / "red.png"


def test_a_file_is_read_in_the_size_of_the_network(red: Path) -> None:
    image = asked_images.opened(red, 32)
    assert (image.shape, image.dtype) == ((3, 32, 32), np.float32)
    assert image.mean(axis=(1, 2)) == pytest.approx([1, 0, 0.2], abs=1e-4)
    assert asked_images.opened(red, 32, 1).shape == (1, 32, 32)


def test_what_is_no_image_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.png").write_bytes(b"no picture")
    with pytest.raises(ValueError, match=r"^notes\.png: not an image that can be read"):
        asked_images.opened(tmp_path / "notes.png", 32)
    with pytest.raises(ValueError, match=r"none\.png: not an image"):
        asked_images.opened(tmp_path / "none.png", 32)


def test_files_and_images_of_a_data_set_stand_side_by_side(red: Path) -> None:
    model, data = models.load("glyphs"), datasets.load("glyphs:8")
    shown = asked_images.shown(model, data, ["7", red, "0"])
    assert shown.names == ("7", "red.png", "0")
    assert shown.words == ("image 7 of glyphs:8", "red.png", "image 0 of glyphs:8")
    assert shown.labels == (data.labels([7])[0], "", data.labels([0])[0])
    np.testing.assert_array_equal(shown.images[[0, 2]], data.images([7, 0]).numpy())
    np.testing.assert_array_equal(shown.images[1], asked_images.opened(red, 64))
    assert asked_images.shown(model, data, []).images.shape == (0, 3, 64, 64)


def test_tables_say_which_file_a_number_is() -> None:
    model, data = models.load("glyphs"), datasets.load("photographs")
    shown = asked_images.shown(model, data, ["100", data.names([3])[0]])
    assert shown.column(2)["file"] == [name for name in data.names([100, 3]) for _ in range(2)]
    assert set(asked_images.shown(model, datasets.load("glyphs:8"), ["7"]).column()) == {"picture"}


def test_an_image_goes_by_number_by_name_and_by_its_label() -> None:
    photographs, glyphs = datasets.load("photographs"), datasets.load("glyphs:40")
    assert asked_images.number_of(photographs, "chelsea") == 3
    name = photographs.names([100])[0]
    assert asked_images.number_of(photographs, name) == 100
    label = glyphs.labels([5])[0]
    assert asked_images.number_of(glyphs, label) == glyphs.labels(range(40)).index(label)
    with pytest.raises(ValueError, match=r"photographs has no image 'chelsee'; did you mean 'chelsea'\?"):
        asked_images.number_of(photographs, "chelsee")
    with pytest.raises(ValueError, match="image 40; glyphs:40 has images 0 to 39"):
        asked_images.number_of(glyphs, "40")


def test_where_some_are_files_they_are_a_data_set_of_their_own(red: Path) -> None:
    model, data = models.load("glyphs"), datasets.load("glyphs:8")
    assert asked_images.numbered(model, data, ["7", "0"]) == (data, (7, 0))
    own, numbers = asked_images.numbered(model, data, ["7", red])
    assert numbers == (0, 1)
    assert own.files(numbers) == ["7", "red.png"]
    assert torch.equal(own.images([0]), data.images([7]))
