"""Images traced with a spline for each factor."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from figures.methods import datasets, factor_tracing, models, strokes, tracing
from figures.methods.tracing import Search

UNITS = ("mixed3b:163", "mixed3b:188", "mixed3b:96", "mixed3b:175")


@pytest.fixture(scope="module")
def pictures() -> np.ndarray:
    knots = torch.tensor(np.stack([tracing.curve(64, seed) for seed in (0, 1, 2)]), dtype=torch.float32)
    return strokes.strokes(knots, size_px=64).numpy()


@pytest.mark.slow
def test_tracings_by_factor(pictures: np.ndarray) -> None:
    model, quick = models.load("glyphs"), Search(knots=4, starts=4, kept=1, steps=4)
    found = factor_tracing.trace_factors(model, pictures, UNITS, 2, together=2, search=quick)
    assert found.knots.shape == (3, 2, 4, 2)
    assert found.where.shape == (3, 2, 16, 16)
    assert found.where.min() >= 0
    np.testing.assert_allclose(found.attributed.sum(axis=1), 1, atol=1e-4)
    alone = factor_tracing.trace_factors(model, pictures[:2], UNITS, 2, search=quick)
    np.testing.assert_allclose(alone.directions, found.directions, rtol=1e-6)
    again = factor_tracing.trace_factors(model, pictures[[0, 1, 0]], UNITS, 2, together=2, search=quick)
    np.testing.assert_allclose(again.where[2], again.where[0], rtol=1e-6)
    np.testing.assert_allclose(found.shares.sum(axis=1), 1 - found.error**2, atol=1e-3)


def test_only_known_things_are_split(pictures: np.ndarray) -> None:
    with pytest.raises(ValueError, match="of 'pixels'; expected activations or attribution"):
        factor_tracing.trace_factors(models.load("glyphs"), pictures, UNITS, 2, of="pixels")


def test_numbers_of_images_and_a_file_are_opened_in_order(tmp_path: Path) -> None:
    model, data = models.load("glyphs"), datasets.load("glyphs:8")
    several = factor_tracing.asked(model, data, ("2", "3"), ("5",))
    assert (several.names, several.reused) == (("image 2", "image 3", "image 5"), 1)
    np.testing.assert_array_equal(several.images, data.images([2, 3, 5]).numpy())
    Image.new("RGB", (64, 64), (255, 0, 0)).save(tmp_path / "red.png")
    instead = factor_tracing.asked(model, data, (tmp_path / "red.png",), ("5",))
    assert instead.names == ("red.png", "image 5")
    np.testing.assert_array_equal(instead.images[0, 1:], 0)
    with pytest.raises(ValueError, match="no images; expected at least one"):
        factor_tracing.asked(model, data, (), ("5",))


def test_a_table_has_a_row_for_each_image_and_factor() -> None:
    numbers = np.arange(6.0).reshape(3, 2)
    seen = factor_tracing.FactorTraces(
        ("one", "two", "three"), np.zeros((3, 8, 8, 3), np.uint8), 1, "activations", "conv2", np.array([0.6, 0.3]),
        numbers, np.array([0.1, 0.2, 0.4]), numbers + 10, np.zeros((3, 2, 4, 2)), numbers + 20,
    )  # fmt: skip
    columns = seen.columns(("red", "blue"))
    assert {len(column) for column in columns.values()} == {6}
    assert {name: column[4] for name, column in columns.items()} == {
        "image": "three", "factor": 1, "colour": "red", "explained": 4.0, "attributed": 14.0, "cosine": 24.0,
        "error": 0.4, "fitted": "reused",
    }  # fmt: skip
    made, taken = seen.errors
    assert (made.tolist(), taken.tolist()) == ([0.1, 0.2], [0.4])
