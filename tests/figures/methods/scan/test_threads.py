"""Pictures are decoded by threads beside the network, which end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from PIL import Image

from figures import lab, specs
from figures.methods import datasets, models, scan


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs-untrained")


@pytest.fixture
def photos(tmp_path) -> Iterator[datasets.Dataset]:
    """Twelve files, of which 1, 5 and 6 are no pictures."""
    rng = np.random.default_rng(0)
    for index in range(12):
        path = tmp_path / "photos" / f"{index:02d}.png"
        path.parent.mkdir(exist_ok=True)
        pixels = rng.integers(0, 255, (8, 10, 3), dtype=np.uint8)
        Image.fromarray(pixels).resize((90, 70)).save(path)
        if index in (1, 5, 6):
            path.write_bytes(path.read_bytes()[:60] if index == 5 else b"no picture")
    with lab.using(lab.Lab(site=specs.Site(tmp_path))):
        yield datasets.load("photos")


def test_threads_end_and_torch_keeps_its_number_of_threads(model, photos):
    import threading

    before = torch.get_num_threads(), threading.active_count()
    for broken in (False, True):
        data = photos.part(0, 1) if not broken else photos.part(1, 2)
        if broken:
            with pytest.raises(ValueError, match="no image"):
                scan.of(model, data, "conv1")
        else:
            scan.of(model, data, "conv1")
    assert (torch.get_num_threads(), threading.active_count()) == before
    seen: list[int] = []
    other = threading.Thread(target=lambda: seen.append(torch.get_num_threads()))
    other.start()
    other.join()
    assert seen == [before[0]]
