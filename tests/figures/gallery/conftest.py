"""A folder of pictures for figures that show a data set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from figures import lab, specs


@pytest.fixture
def photos(tmp_path: Path) -> Iterator[Path]:
    """Six files in two folders, the last of each no pictures; a lab whose site is beside them."""
    folder, rng = tmp_path / "photos", np.random.default_rng(0)
    for index in range(6):
        path = folder / "ab"[index // 3] / f"{index}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(rng.integers(0, 255, (70, 90, 3), dtype=np.uint8)).save(path)
        if index % 3 == 2:
            path.write_bytes(b"no picture")
    with lab.using(lab.Lab(site=specs.Site(tmp_path))):
        yield folder
