"""What is shown of a data set, and whose it is."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image

from figures import lab
from figures.manifests.photographs import PHOTOGRAPHS
from figures.methods import dataset_sheet, datasets
from figures.methods.datasets.held import Held
from figures.specs import Site
from figures.words.dataset_sheet import dataset_sheet as words


def test_each_label_once_with_the_number_of_its_images_and_its_maker():
    data = datasets.load("photographs:120")
    seen = dataset_sheet.of(data, 40, 32)
    assert seen.names == seen.captions == tuple(picture.name for picture in PHOTOGRAPHS)
    assert seen.credits == tuple(picture.credit for picture in PHOTOGRAPHS)
    assert sum(seen.counts) == len(data) == seen.size
    assert seen.pictures.shape == (len(PHOTOGRAPHS), 32, 32, 3)
    assert dataset_sheet.of(data, 3, 32).names == seen.names[:3]


def test_an_image_that_cannot_be_decoded_is_named_and_the_next_is_shown(tmp_path):
    for name, colour in (("cat/a.png", None), ("cat/b.png", "red"), ("dog/c.png", "blue"), ("owl/d.png", None)):
        (tmp_path / "animals" / name).parent.mkdir(parents=True, exist_ok=True)
        path = tmp_path / "animals" / name
        Image.new("RGB", (8, 8), colour).save(path) if colour else path.write_bytes(b"no picture")
    with lab.using(lab.Lab(site=Site(tmp_path))):
        seen = dataset_sheet.of(datasets.load("animals"), 9, 8)
    assert seen.names == ("cat/b.png", "dog/c.png")
    assert (seen.broken, seen.images, seen.size) == (("cat/a.png", "owl/d.png"), 2, 4)
    assert words(seen).notes[-1] == (
        "2 of 4 images of animals are left out, since they cannot be read: cat/a.png, owl/d.png."
    )


def test_without_labels_images_are_taken_evenly():
    seen = dataset_sheet.of(Held("some", torch.rand(9, 1, 8, 8), tuple("abcdefghi")), 3, 8)
    assert (seen.names, seen.labels, seen.credited) == (("a", "e", "i"), 0, False)
    assert set(seen.columns()) == {"image"}
    assert seen.captions == seen.names
    assert np.array_equal(seen.pictures[..., 0], seen.pictures[..., 2])
