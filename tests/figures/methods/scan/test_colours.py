"""The covariance of the colours of a data set."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from figures import lab, specs
from figures.methods import datasets
from figures.methods.scan import colour_covariance
from tests.figures.methods.datasets.picture_files import written


def test_colours_are_those_of_images_that_can_be_decoded(tmp_path: Path) -> None:
    written(tmp_path / "photos")
    with lab.using(lab.Lab(site=specs.Site(tmp_path))):
        data = datasets.load("photos").sized(16, 3)
    pixels = data.images([0, 1, 4]).movedim(1, 0).flatten(1).numpy()
    assert np.allclose(colour_covariance(data)["covariance"], np.cov(pixels), atol=1e-6)
    assert colour_covariance(data.sized(16, 1))["covariance"].shape == (1, 1)
    with pytest.raises(ValueError, match="none of 2 images can be decoded"):
        colour_covariance(data.part(2, 4))


def test_colour_covariance_is_symmetric_and_positive() -> None:
    data = datasets.load("glyphs:30")
    covariance = colour_covariance(data)["covariance"]
    assert np.allclose(covariance, covariance.T)
    assert (np.linalg.eigvalsh(covariance) > 0).all()


def test_images_are_spread_through_the_data_set_and_no_more_than_asked_for() -> None:
    data = datasets.load("glyphs:40")
    asked: list[int] = []

    class Watched:
        name, channels = data.name, data.channels

        def __len__(self) -> int:
            return len(data)

        def usable(self, indices):
            asked.extend(indices)
            return data.usable(indices)

    colour_covariance(Watched(), images=4)
    assert asked == [0, 10, 20, 30]
