"""A site of its own for every test, and a folder of pictures in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from figures import lab, specs
from tests.figures.methods.datasets.picture_files import written


@pytest.fixture
def site(tmp_path) -> Iterator[Path]:
    """A lab whose site lies in a folder of its own."""
    with lab.using(lab.Lab(site=specs.Site(tmp_path))):
        yield tmp_path


@pytest.fixture
def photos(site) -> Path:
    """Three good pictures, a text that calls itself a picture, and one that breaks off."""
    return written(site / "photos")
