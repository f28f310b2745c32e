"""What may be asked of a visualization."""

from __future__ import annotations

import pytest

from figures.methods.feature_visualization import Recipe


@pytest.mark.parametrize(
    "wrong",
    [
        {"objective": "nose"},
        {"colour": "red"},
        {"steps": 0},
        {"size_px": 3},
        {"parameterization": "pixel"},
        {"parameterization": "phase", "alpha": True},
    ],
)
def test_a_wrong_setting_is_refused(wrong):
    with pytest.raises(ValueError, match="expected"):
        Recipe(**wrong)
