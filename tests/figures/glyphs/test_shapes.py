"""Shapes as signed distances: inside, outside, and how steep they are."""

import numpy as np
import pytest

from figures.glyphs.dataset import masks, render
from figures.glyphs.shapes import DISTANCES, SHAPES
from tests.figures.glyphs.variants import SPARE

CENTRE = np.zeros((1, 1, 1))


def form(share: float) -> np.ndarray:
    return np.full((1, 1, 1), share)


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_has_ink_and_ground(name):
    _, truth = render(range(6), variant=SPARE, shape=[SHAPES.index(name)] * 6)
    inked = (masks(truth) < 0).float().mean(dim=(1, 2))
    assert (inked > 0.01).all()
    assert (inked < 0.6).all()


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_shape_ends_within_its_frame_and_has_an_edge(name: str, share: float) -> None:
    v, u = np.meshgrid(*[np.linspace(-2.5, 2.5, 251)] * 2, indexing="ij")
    field = DISTANCES[name](u[None], v[None], form(share), form(1 - share))
    assert np.isfinite(field).all()
    assert field.min() < -0.05
    inside = field[0] < 0
    assert np.hypot(u, v)[inside].max() < 1.5
    assert (field[0][np.hypot(u, v) > 2] > 0.3).all()


def test_distances_to_a_disc_a_square_and_a_hexagon_are_exact_along_the_axes() -> None:
    u = np.linspace(0.1, 2, 20)[None, None]
    for name, edge in (("disc", 0.85), ("square", 0.72), ("hexagon", 0.78)):
        assert np.allclose(DISTANCES[name](u, 0 * u, form(0), form(0)), u - edge)


@pytest.mark.parametrize(
    "name", ["disc", "ellipse", "crescent", "arc", "triangle", "square", "cross", "hexagon", "arrow"]
)
def test_what_is_alike_above_and_below_is(name: str) -> None:
    u, v = np.random.default_rng(0).uniform(-1.2, 1.2, (2, 1, 30, 30))
    shape = DISTANCES[name]
    assert np.allclose(shape(u, v, form(0.3), form(0.6)), shape(u, -v, form(0.3), form(0.6)))


@pytest.mark.parametrize(("name", "count"), [("star", 5), ("flower", 6), ("square", 4), ("cross", 4)])
def test_what_has_several_arms_looks_the_same_turned_by_one(name: str, count: int) -> None:
    u, v = np.random.default_rng(0).uniform(-1.2, 1.2, (2, 1, 30, 30))
    step = 2 * np.pi / count
    turned = np.cos(step) * u - np.sin(step) * v, np.sin(step) * u + np.cos(step) * v
    shape = DISTANCES[name]
    assert np.allclose(shape(u, v, form(0.3), form(0.6)), shape(*turned, form(0.3), form(0.6)))
