"""Cells hold all places but those that are told; what a place adds is what the picture shows there."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods.comparison import axis, compared
from tests.figures.coloured import GAIN, SIDE, network, pictures

NET, DATA = network(), pictures(4, 8)


def test_a_place_adds_its_colour_over_all_places() -> None:
    seen = compared.places(NET, DATA, "1", ("red", "green"), head="", count=24, seed=0)
    colours = DATA.images(seen.sampled.image)[:, :2, 0, 0].numpy()
    assert np.allclose(seen.towards, GAIN * colours / SIDE**2, atol=1e-6)
    assert seen.pair.names == ("red", "green")


@pytest.mark.parametrize(
    ("classes", "words"),
    [(("red", "gren"), "did you mean 'green'"), (("red", "0"), "'red' twice; expected two different")],
)
def test_classes_are_two_that_there_are(classes, words) -> None:
    with pytest.raises(ValueError, match=words):
        compared.pair(NET, "", classes)


def test_an_unknown_head_is_an_error() -> None:
    with pytest.raises(ValueError, match="no head 'shape'"):
        compared.pair(NET, "shape", ("red", "green"))


def test_agreement_is_the_correlation_over_images() -> None:
    image, difference = np.array([3, 3, 5, 8]), np.array([1.0, 3, 4, 6])
    assert compared.agreement(image, difference, np.array([[0.0, 1], [0, 2], [0, 3]])) == pytest.approx(1)
    assert compared.agreement(image, difference, np.array([[1.0, 0], [2, 0], [3, 0]])) == pytest.approx(-1)
    assert np.isnan(compared.agreement(image, difference, np.zeros((3, 2))))


@pytest.fixture
def lined(monkeypatch) -> None:
    """Lay places out by their blue, which takes no time."""
    monkeypatch.setattr(axis, "line", lambda vectors, seed: axis.Line(np.clip(vectors[:, 2], 0, 1)))


def compare(*classes: str, least: int = 1) -> compared.Compared:
    return compared.of(NET, DATA, "1", classes, head="", count=120, most=60, least=least, seed=0)


@pytest.mark.usefixtures("lined")
def test_swapping_classes_mirrors_the_figure() -> None:
    seen, swapped = compare("red", "green"), compare("green", "red")
    assert np.array_equal(seen.x, -swapped.x)
    assert np.array_equal(seen.y, swapped.y)
    assert seen.agreement == pytest.approx(1) == swapped.agreement
    assert seen.scale == swapped.scale
    assert seen.names == swapped.names[::-1]


@pytest.mark.usefixtures("lined")
def test_counts_of_cells_and_dropped_places_add_up() -> None:
    for least in (1, 12):
        seen = compare("red", "green", least=least)
        assert sum(cell.count for cell in seen.cells) + seen.dropped == len(seen.x)
        assert min(cell.count for cell in seen.cells) >= least
        assert len(seen.pictures) == len(seen.cells)


@pytest.mark.usefixtures("lined")
def test_cells_to_the_left_hold_what_speaks_for_the_first_class() -> None:
    labels = {cell.labels for cell in compare("red", "green").cells if cell.column < 5}
    assert labels == {("red",)}


def test_too_few_places_are_an_error() -> None:
    with pytest.raises(ValueError, match="9 of 9 places of 1 add anything to red or green; expected at least 10"):
        compared.of(NET, DATA, "1", ("red", "green"), head="", count=9, most=1, least=1, seed=0)


@pytest.mark.usefixtures("lined")
def test_where_no_cell_holds_enough_the_most_is_told() -> None:
    with pytest.raises(ValueError, match="least 100: no cell"):
        compare("red", "green", least=100)


@pytest.mark.usefixtures("lined")
def test_icons_climb_along_the_mean_of_each_cell_where_they_are_asked_for(monkeypatch) -> None:
    asked = {}
    monkeypatch.setattr(compared, "icons", lambda *_, recipe, **__: asked.update(steps=recipe.steps) or "made")
    monkeypatch.setattr(compared, "whitened", lambda vectors, means: asked.update(vectors=vectors, means=means))
    seen = compared.of(NET, DATA, "1", ("red", "green"), head="", count=120, most=60, least=1, seed=0, steps=7)
    assert seen.icons == "made"
    assert asked["steps"] == 7
    assert len(asked["means"]) == len(seen.cells)
    shares = np.array([cell.count for cell in seen.cells]) / len(seen.x)
    kept = axis.kept(*seen.places.towards.T, seen.places.best, seen.places.pair.numbers, 60)
    assert np.allclose(shares @ asked["means"], seen.places.sampled.vectors[kept].mean(axis=0), atol=1e-5)
    assert compare("red", "green").icons is None
