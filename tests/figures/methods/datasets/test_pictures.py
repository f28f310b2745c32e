"""Pictures on disk: read by index, known by their contents, and what cannot be read."""

from __future__ import annotations

import pickle

import pytest
import torch
from PIL import Image

from figures import lab
from figures.methods import datasets
from figures.specs import Site
from tests.figures.methods.datasets.picture_files import content, ramp


def test_a_folder_is_read_by_index_and_its_broken_pictures_are_told_apart(photos):
    data = datasets.load("photos").sized(24, 3)
    assert (len(data), data.name, data.size_px, data.channels) == (5, "photos", 24, 3)
    there, images = data.usable(range(5))
    assert there.tolist() == [0, 1, 4]
    assert images.shape == (3, 3, 24, 24)
    assert images.dtype == torch.float32
    assert images.is_contiguous(memory_format=torch.channels_last)
    assert 0 <= images.min() < 0.1 < 0.9 < images.max() <= 1
    assert torch.equal(data.images([4, 0, 4]), images[[2, 0, 2]])
    assert data.labels([0, 4]) == ["a", "b"]
    assert data.names([3]) == data.files([3]) == ["b/3.png"]


def test_asking_for_a_broken_picture_names_it(photos):
    with pytest.raises(ValueError, match=r"image 2 of photos, b/2.png, cannot be decoded"):
        datasets.load("photos").images([0, 2])


def test_names_that_are_no_text_can_be_shown(tmp_path):
    (tmp_path / "odd").mkdir()
    with open(bytes(tmp_path / "odd") + b"/caf\xe9.png", "wb") as file:
        Image.new("RGB", (4, 4)).save(file, "PNG")
    with lab.using(lab.Lab(site=Site(tmp_path))):
        pictures = datasets.load("odd")
    assert pictures.names([0]) == ["caf\ufffd.png"]
    assert pictures.images([0]).shape == (1, 3, 224, 224)


def test_an_index_outside_is_refused(photos):
    with pytest.raises(ValueError, match="images 0 to 4, not 5"):
        datasets.load("photos").usable([5])


def test_nothing_usable_is_no_error_before_it_is_scanned(photos):
    there, images = datasets.load("photos").sized(16, 1).usable([2, 3])
    assert len(there) == 0
    assert images.shape == (0, 1, 16, 16)


def test_digests_are_of_contents_and_size_and_not_of_the_place(photos, site):
    data = datasets.load("photos")
    (site / "moved").mkdir()
    photos.rename(site / "moved" / "pictures")
    again = datasets.load("moved/pictures")
    assert data.digest == again.digest
    assert len({data.digest, data.sized(64, 3).digest, data.sized(64, 1).digest, again.part(0, 3).digest}) == 4
    assert again.part(1, 4).part(1, 3).digest == again.part(2, 4).digest


def test_in_a_lab_that_remembers_the_code_that_decodes_counts(photos):
    plain = datasets.load("photos").digest
    with lab.using(lab.Lab(site=lab.current().site, closure=lambda code: code.__name__)):
        assert datasets.load("photos").digest != plain


def test_a_picture_that_changes_under_way_is_an_error(photos):
    data = datasets.load("photos")
    (photos / "a/0.png").write_bytes(content(Image.fromarray(ramp()[::-1])))
    with pytest.raises(ValueError, match="changed while in use"):
        data.images([0])
    (photos / "a/0.png").unlink()
    with pytest.raises(ValueError, match="cannot be read any more"):
        data.images([0])


def test_the_first_images_and_parts_know_their_own(photos):
    assert len(datasets.load("photos:2")) == 2
    part = datasets.load("photos").part(3, 9)
    assert len(part) == 2
    assert part.names([0, 1]) == ["b/3.png", "b/4.webp"]
    assert part.usable([0, 1])[0].tolist() == [1]


def test_a_data_set_can_be_sent_to_a_worker_and_a_part_is_small(photos):
    data = datasets.load("photos")
    assert torch.equal(pickle.loads(pickle.dumps(data)).images([0]), data.images([0]))
    whole, part = (len(pickle.dumps(one)) for one in (data, data.part(0, 1)))
    assert part < whole - 100
