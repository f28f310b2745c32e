"""What an article shows, with the files that go with it."""

import dataclasses
from pathlib import Path

import pytest

from builder.errors import Place
from builder.read.markdown import elements
from builder.read.markdown.elements import Comparison, FileUse, ImageUse, Video

PLACE = Place(Path("a.md"), 3)


def use(name: str) -> FileUse:
    return FileUse(name, Path(name), PLACE)


def test_a_film_takes_along_its_poster_and_its_captions() -> None:
    film = Video(use("a.mp4"), "words", PLACE)
    assert film.files == (use("a.mp4"),)
    whole = dataclasses.replace(film, poster=use("a.png"), tracks=((use("a.vtt"), "en"), (use("b.vtt"), "de")))
    assert [file.source for file in whole.files] == ["a.mp4", "a.png", "a.vtt", "b.vtt"]
    assert whole.pictures == ()


def test_pictures_are_told_apart_from_other_files() -> None:
    image = ImageUse("a.png", Path("a.png"), "words", PLACE)
    assert image.pictures == (image,)
    assert image.files == ()
    assert Comparison((image, image), ("A", "B"), PLACE).pictures == (image, image)


OWN = [one for one in vars(elements).values() if getattr(one, "__module__", "") == elements.__name__]


@pytest.mark.parametrize("kind", OWN)
def test_elements_are_what_their_values_are(kind: type) -> None:
    assert dataclasses.is_dataclass(kind)
    assert kind.__hash__ is not object.__hash__
