import json
from types import SimpleNamespace

import numpy as np
import pytest

from figures import run
from figures.artifact import pack
from figures.gallery import equivariance

UNITS = ("conv1:3", "conv1:5", "conv1:9")


@pytest.mark.slow
def test_arcs_alone_need_no_pictures() -> None:
    made = equivariance.equivariance(units=UNITS, stimulus="arcs", orientations=72, control=True)
    assert json.dumps(pack(made)[0])
    names = [part.name for part in made.parts]
    assert names[:3] == ["equivariance", "agreement", "turned-filters"]
    assert "control-equivariance" in names
    assert -1 <= made.values["mean_turned_filters"] <= 1
    assert made.values["mean_agreement"] <= 1
    assert not made.controls


def test_pictures_are_turned_and_a_reader_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    def visualize(model: object, units: tuple[str, ...], **options: object) -> SimpleNamespace:
        noise = np.random.Generator(np.random.Philox(1)).integers(0, 256, (len(units), 64, 64, 3))
        return SimpleNamespace(inputs=noise.astype(np.uint8))

    monkeypatch.setattr(equivariance, "visualize", visualize)
    made = equivariance.equivariance(units=UNITS, orientations=36, dataset="glyphs:24")
    shown = {part.name: dict(part.shown) for part in made.parts}
    assert shown["turned"] == {"pictures": "turned"}
    assert shown["still"] == {"pictures": "as they are"}
    assert made.controls[0].labels == ("turned", "as they are")
    assert {"mean_turned", "mean_still"} <= set(made.values)
    assert len(made.table.rows) == 3
    assert made.table.columns == (
        "unit", "preferred_deg", "explained_by_mean", "mean_agreement", "turned_response", "still_response",
    )  # fmt: skip


@pytest.mark.slow
def test_units_of_several_layers_are_compared_by_their_curves_alone() -> None:
    made = equivariance.equivariance(units=("conv1:3", "conv2:5"), orientations=36)
    assert [part.name for part in made.parts] == ["equivariance", "agreement"]
    assert [row[-2:] for row in made.table.rows] == [(None, None)] * 2


def test_a_family_has_two_units_at_least() -> None:
    with pytest.raises(ValueError, match="units: 1 given; expected at least 2"):
        run.figure("equivariance", units=("conv1:3",))
