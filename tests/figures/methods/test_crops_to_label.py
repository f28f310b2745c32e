"""Crops for people come evenly from all bins, and their pictures say nothing else."""

import io

import numpy as np
import pytest
from PIL import Image

from figures.methods import crops_to_label, datasets, models, scan


@pytest.fixture
def places() -> np.ndarray:
    """Five bins of up to four places; the image tells the bin, and there is none in the bin that is empty."""
    full = np.stack(np.broadcast_arrays(np.arange(5)[:, None] * 10 + np.arange(4), 0, 1), axis=-1)
    full[2], full[3, 1:] = -1, -1
    return full


def test_each_bin_gives_as_many_as_it_can(places):
    drawn = crops_to_label.evenly(places, 7, seed=0)
    counts = np.bincount([image // 10 for image, _, _ in drawn], minlength=5)
    assert counts.tolist() == [2, 2, 0, 1, 2]
    assert drawn[:3] != tuple(sorted(drawn[:3])) or drawn[3:] != tuple(sorted(drawn[3:]))


def test_more_crops_are_the_fewer_ones_and_others(places):
    drawn = [crops_to_label.evenly(places, count, seed=4) for count in (3, 9, 99)]
    assert drawn[1][:3] == drawn[0]
    assert drawn[2][:9] == drawn[1]
    assert len(drawn[2]) == len(set(drawn[2])) == 13


def test_examples_are_not_asked_for(places):
    shown = (0, 0, 1)
    drawn = crops_to_label.evenly(places, 99, seed=0, without=[shown])
    assert len(drawn) == 12
    assert shown not in drawn


def test_pictures_are_those_of_the_places_and_nothing_stands_beside_them():
    network, images = models.load("glyphs"), datasets.load("glyphs:4")
    unit = network.unit("mixed3b:1")
    drawn = crops_to_label.drawn(network, images, unit, 5, samples=2, seed=0)
    assert len(drawn) == 5
    pictures = [Image.open(io.BytesIO(one)) for one in crops_to_label.pictures(network, images, unit.layer, drawn)]
    assert [picture.info for picture in pictures] == [{}] * 5
    cut = scan.crops(network, images, unit.layer, *np.array(drawn[:1]).T)[0]
    side = cut.shape[1]
    assert pictures[0].width % side == 0
    small = np.asarray(pictures[0])[:: pictures[0].width // side, :: pictures[0].width // side]
    assert np.abs(small / 255 - cut.permute(1, 2, 0).numpy()).max() < 0.003
