"""Maps to scan."""

from __future__ import annotations

import numpy as np
import pytest

from tests.figures.methods import tallied_maps


@pytest.fixture(scope="module")
def maps() -> np.ndarray:
    """Maps with a channel of each kind."""
    return tallied_maps.of_many_kinds()
