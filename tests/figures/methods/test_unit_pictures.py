"""A picture for each unit, of the kind asked for."""

from types import SimpleNamespace

import numpy as np
import pytest

from figures.methods import models, unit_pictures

UNITS = ("mixed3a:3", "conv2:9")
TOWARDS = np.array([0.0, 180.0])


def of(kind: str) -> list[np.ndarray]:
    return unit_pictures.of(kind, models.load("glyphs-untrained"), "glyphs:24", UNITS, TOWARDS, seed=3)


def test_feature_visualizations_begin_with_the_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    def visualize(model: object, units: tuple[str, ...], *, seed: int, colours: np.ndarray) -> SimpleNamespace:
        assert colours.shape == (3, 3)
        return SimpleNamespace(images=np.full((len(units), 20, 20, 3), seed, np.uint8))

    monkeypatch.setattr(unit_pictures, "visualize", visualize)
    assert [int(picture.max()) for picture in of("feature-visualization")] == [3, 3]


def test_arcs_bulge_where_units_look() -> None:
    right, left = of("stimulus")
    assert right.shape == (unit_pictures.SIDE_PX, unit_pictures.SIDE_PX, 3)
    assert right.dtype == np.uint8
    ink = [np.argwhere(picture[..., 0] < 128)[:, 1].mean() for picture in (right, left)]
    assert ink[0] != pytest.approx(ink[1], abs=1)


def test_none_is_none_and_another_kind_an_error() -> None:
    assert of("none") == []
    with pytest.raises(ValueError, match="icons 'portrait'; expected feature-visualization, stimulus, none"):
        of("portrait")
