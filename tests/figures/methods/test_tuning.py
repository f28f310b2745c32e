"""Curves whose answers are known, and networks built by hand to have them."""

import numpy as np
import pytest
import torch
from torch import nn

from figures.methods import models, stimuli, tuning, tuning_curves
from figures.methods.activations import activations


def test_the_curve_averages_what_is_left_after_rectifying() -> None:
    z = np.array([[[-4.0, 2.0], [6.0, -1.0]]])
    assert tuning.tuning_curve(z).tolist() == [[1.0, 3.0]]


PREFERRED = (0.0, 45.0, 130.0, 251.0)
SIZE, FIELD, RADIUS = 33, 21, 6.0
STROKES = tuning.Strokes(length_px=15.0, width_px=2.0)


class Matched(nn.Module):
    """Filters that are dark arcs of known orientation; the last one looks three pixels to the right."""

    def __init__(self) -> None:
        super().__init__()
        drawn = stimuli.arcs(PREFERRED, RADIUS, size_px=FIELD, length_px=15, width_px=2)
        moved = stimuli.arcs(20, RADIUS, size_px=FIELD, center_px=(FIELD / 2 + 3, FIELD / 2), length_px=15, width_px=2)
        ink = 1 - torch.cat([drawn, moved])
        self.edges = nn.Conv2d(3, len(ink), FIELD, padding=FIELD // 2, bias=False)
        self.edges.weight = nn.Parameter(ink.mean(dim=(1, 2, 3), keepdim=True) - ink)

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"logits": self.edges(x).mean(dim=(2, 3))}


@pytest.fixture
def matched() -> models.Model:
    return models.made("matched", Matched, size_px=SIZE, layers=["edges"], digest="matched arcs")


def test_a_network_of_arcs_prefers_those_arcs(matched: models.Model) -> None:
    units = tuple(f"edges:{i}" for i in range(4))
    got = tuning.arc_responses(matched, units, orientations=360, radii_px=(RADIUS,), strokes=STROKES)
    told = tuning_curves.summary(tuning.tuning_curve(got.pre_activation))
    assert told.preferred_deg == pytest.approx(PREFERRED, abs=1)
    assert (told.width_deg < 90).all()
    assert (told.echo < 0.5).all()
    assert not got.offset.any()


def test_a_matching_radius_is_answered_most(matched: models.Model) -> None:
    got = tuning.arc_responses(matched, ("edges:1",), orientations=8, radii_px=(4.0, 6.0, 9.0, 30.0), strokes=STROKES)
    assert got.pre_activation[0, 1].argmax() == 1  # 45 degrees, 6 px
    assert got.radius_px.tolist() == [[4.0, 6.0, 9.0, 30.0]]


def test_a_unit_is_read_where_it_looks(matched: models.Model) -> None:
    got = tuning.arc_responses(matched, ("edges:4",), orientations=360, radii_px=(RADIUS,), strokes=STROKES)
    assert got.offset.tolist() == [[0, -3]]
    assert tuning_curves.preferred_deg(tuning.tuning_curve(got.pre_activation)[0]) == pytest.approx(20, abs=1)
    still = tuning.arc_responses(matched, ("edges:4",), orientations=360, radii_px=(RADIUS,), reach=0, strokes=STROKES)
    assert not still.offset.any()
    assert still.pre_activation.max() < 0.8 * got.pre_activation.max()


def test_a_cell_is_regenerated_by_its_stimulus(matched: models.Model) -> None:
    got = tuning.arc_responses(matched, ("edges:2",), orientations=36, radii_px=(5.0, 11.0), strokes=STROKES)
    seen = tuning.view(matched, "edges")
    image = tuning.draw(seen, 70.0, 11.0, STROKES)
    row, column = got.offset[0] + np.array(seen.index)
    again = activations(matched, image, "edges")[0, 2, row, column]
    assert float(again) == pytest.approx(float(got.pre_activation[0, 7, 1]), abs=1e-5)


@pytest.fixture(scope="module")
def untrained() -> models.Model:
    return models.untrained(models.load("glyphs"))


@pytest.mark.slow
def test_units_do_not_depend_on_their_company_nor_on_batches(
    untrained: models.Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = ("mixed3b:3", "conv2:7", "mixed3b:250")
    together = tuning.arc_responses(untrained, units, orientations=10)
    assert together.pre_activation.shape == (3, 10, len(tuning.RADII))
    monkeypatch.setattr(tuning, "_BATCH", 7)
    for i, unit in enumerate(units):
        alone = tuning.arc_responses(untrained, (unit,), orientations=10)
        for name, values in vars(together).items():
            assert getattr(alone, name)[0] == pytest.approx(values[i], abs=1e-5)


def test_a_class_can_be_asked_too(untrained: models.Model) -> None:
    got = tuning.arc_responses(untrained, ("shape:3",), orientations=4, radii_px=(10.0,))
    assert got.pre_activation.shape == (1, 4, 1)
    assert np.ptp(got.pre_activation) > 0


def test_a_circle_needs_some_orientations(untrained: models.Model) -> None:
    with pytest.raises(ValueError, match="orientations 0; expected at least 4"):
        tuning.arc_responses(untrained, ("conv1:0",), orientations=0)
