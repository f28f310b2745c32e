"""Which squares there are of photographs, and that they cover them."""

from __future__ import annotations

import itertools

import pytest
from PIL import Image

from figures import manifests, specs
from figures.manifests import photographs
from figures.manifests.photographs import LEAST_PX, PHOTOGRAPHS, Photograph

SQUARES = list(photographs.squares())


def test_squares_have_names_of_their_own_and_lie_within_their_pictures():
    assert len({square.name for square in SQUARES}) == len(SQUARES) > 500
    for square in SQUARES:
        left, top, right, bottom = square.box
        assert 0 <= left < right <= square.picture.width
        assert 0 <= top < bottom <= square.picture.height
        assert right - left == bottom - top >= LEAST_PX


def test_whole_pictures_come_first():
    assert [square.name for square in SQUARES[: len(PHOTOGRAPHS)]] == [picture.name for picture in PHOTOGRAPHS]


@pytest.mark.parametrize("picture", PHOTOGRAPHS, ids=lambda picture: picture.name)
def test_squares_of_each_size_overlap_by_half_and_cover_their_picture(picture: Photograph):
    own = [square for square in SQUARES if square.picture is picture and "/" in square.name]
    for side in {square.side for square in own}:
        for edge, length in (("left", picture.width), ("top", picture.height)):
            starts = sorted({getattr(square, edge) for square in own if square.side == side})
            assert starts[-1] + side == length or side == min(picture.width, picture.height)
            assert all(after - before <= side / 2 + 1 for before, after in itertools.pairwise(starts))


@pytest.mark.parametrize("picture", PHOTOGRAPHS, ids=lambda picture: picture.name)
def test_pictures_have_the_sizes_that_are_known_and_say_whose_they_are(picture: Photograph):
    with Image.open(photographs.path_of(picture)) as image:
        assert image.size == (picture.width, picture.height)
    assert picture.credit
    assert picture.licence


def test_without_its_package_a_message_names_it(monkeypatch):
    assert photographs.missing() == ""
    monkeypatch.setattr(photographs.importlib.util, "find_spec", lambda name: None)
    assert photographs.missing() == "scikit-image"
    assert manifests.is_absent(specs.dataset("photographs"))
    with pytest.raises(ValueError, match="'astronaut' comes with scikit-image, which is not installed"):
        manifests.fingerprint(specs.dataset("photographs"))


def test_what_is_not_where_it_should_be_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(photographs, "path_of", lambda picture: tmp_path / picture.file)
    with pytest.raises(ValueError, match="the photograph astronaut.png is not where its package should have it"):
        manifests.fingerprint(specs.dataset("photographs"))


def test_as_many_are_listed_as_are_asked_for():
    manifest = manifests.fingerprint(specs.dataset("photographs:20"))
    assert manifest.names == tuple(square.name for square in SQUARES[:20])
    assert manifest.labels[:2] == ("astronaut", "brick")
    with pytest.raises(ValueError, match=f"there are {len(SQUARES)} images, fewer than 5000"):
        manifests.fingerprint(specs.dataset("photographs:5000"))
