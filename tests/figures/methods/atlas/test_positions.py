"""Places are drawn by the seed and the image alone, inside the map, and read as the layer answers."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, models
from figures.methods.activations import activations
from figures.methods.atlas.positions import chosen_images, inner, positions


def glyphs(count: int = 6):
    return models.load("glyphs"), datasets.load(f"glyphs:{count}")


def test_vectors_are_what_the_layer_answers_there():
    model, data = glyphs()
    seen = positions(model, data, "conv2", count=12)
    maps = activations(model, data.images(np.arange(6)), "conv2", pre=False).numpy()
    assert len(seen) == 12
    assert int(seen.per_image) == 2
    assert np.allclose(seen.vectors, maps[seen.image, :, seen.y, seen.x], atol=1e-5)
    assert seen.vectors.min() == 0


def test_edges_are_left_out_of_maps_that_are_large_enough():
    assert inner((5, 5)).tolist() == [6, 7, 8, 11, 12, 13, 16, 17, 18]
    assert inner((4, 4)).tolist() == list(range(16))
    assert inner((1, 1)).tolist() == [0]


def test_no_place_is_drawn_twice_and_all_are_drawn_where_all_are_asked_for():
    model, data = glyphs(2)
    seen = positions(model, data, "mixed4b", count=10, per_image=10_000)
    assert int(seen.per_image) == 36
    assert seen.edges_left_out
    assert len({*zip(seen.image.tolist(), seen.y.tolist(), seen.x.tolist(), strict=True)}) == len(seen) == 36


def test_a_seed_fixes_the_choice_and_another_changes_it():
    assert chosen_images(50, 5, 3).tolist() == chosen_images(50, 5, 3).tolist()
    assert chosen_images(50, 5, 3).tolist() != chosen_images(50, 5, 4).tolist()
    assert chosen_images(3, 5, 0).tolist() == [0, 1, 2]


def test_places_of_an_image_do_not_depend_on_other_images():
    model, data = glyphs(4)
    alone, all_of_them = (positions(model, one, "mixed3a", per_image=3, count=12) for one in (data.part(0, 2), data))
    assert np.array_equal(alone.y, all_of_them.y[:6])
    assert np.array_equal(alone.x, all_of_them.x[:6])


def test_images_that_are_shared_out_give_the_same_places(monkeypatch):
    model, data = glyphs(5)
    whole = positions(model, data, "conv1", count=10)
    monkeypatch.setattr("figures.methods.atlas.positions.TOGETHER", 2)
    shared = positions(model, data, "conv1", count=10)
    assert all(np.array_equal(getattr(whole, name), getattr(shared, name)) for name in ("image", "y", "x"))
    assert np.allclose(whole.vectors, shared.vectors, atol=1e-5)


def test_a_head_is_refused():
    model, data = glyphs()
    with pytest.raises(ValueError, match="shape is a head of glyphs; expected a layer before it"):
        positions(model, data, "shape")
