"""Radial tuning of a network that has not been trained: shapes of things, not values."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from figures.gallery import radial_tuning
from figures.methods import models, tuning, tuning_curves, unit_pictures
from tests.figures.checked_artifacts import check_chart

MODEL = "glyphs-untrained"
UNITS = ("mixed3a:3", "mixed3a:9", "conv2:9")


@pytest.fixture(scope="module")
def curves() -> np.ndarray:
    got = tuning.arc_responses(models.load(MODEL), UNITS, orientations=36)
    return tuning.tuning_curve(got.pre_activation)


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Stand in for feature visualization, which has tests of its own; return what was asked for."""
    asked: list[tuple[str, ...]] = []

    def visualize(model: object, units: tuple[str, ...], **options: object) -> SimpleNamespace:
        asked.append(units)
        return SimpleNamespace(images=np.stack([np.full((20, 20, 3), 40 * i, np.uint8) for i in range(len(units))]))

    monkeypatch.setattr(unit_pictures, "visualize", visualize)
    return asked


@pytest.mark.slow
def test_radial_tuning(curves: np.ndarray, painted: list[tuple[str, ...]]) -> None:
    made = radial_tuning.radial_tuning(units=UNITS, model=MODEL, orientations=36)
    check_chart(made)
    told = tuning_curves.summary(curves)
    assert painted == [UNITS]
    assert made.parts[0].svg.count("<image") == len(UNITS)
    assert [row[0] for row in made.table.rows] == list(UNITS)
    for column, name in enumerate(made.table.columns[1:7], 1):
        assert [row[column] for row in made.table.rows] == pytest.approx(getattr(told, name), abs=1e-4)
    assert made.values["median_width_deg"] == pytest.approx(np.median(told.width_deg))
    assert made.values["max_echo"] == pytest.approx(told.echo.max())
    assert made.values["largest_gap_deg"] == tuning_curves.largest_gap_deg(told.preferred_deg)
    assert "3 units of mixed3a and conv2" in made.alt


@pytest.mark.parametrize(("icons", "count"), [("stimulus", 3), ("none", 0)])
def test_radial_tuning_without_feature_visualizations(icons: str, count: int, painted: list[tuple[str, ...]]) -> None:
    made = radial_tuning.radial_tuning(
        units=UNITS, model=MODEL, orientations=12, radii_px=(5.0, 9.0), icons=icons, angle="mean", normalise="unit"
    )
    assert not painted
    assert made.parts[0].svg.count("<image") == count
    assert "2 radii from 5 to 9 px" in made.notes[0]


def test_a_unit_that_never_responds_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = tuning.arc_responses

    def silent(*args: object, **options: object) -> tuning.ArcResponses:
        got = real(*args, **options)
        answers = got.pre_activation.copy()
        answers[1] = -1
        return replace(got, pre_activation=answers)

    monkeypatch.setattr(tuning, "arc_responses", silent)
    made = radial_tuning.radial_tuning(units=UNITS, model=MODEL, orientations=12, icons="stimulus")
    check_chart(made)
    assert made.notes[-1] == "No response to any arc: mixed3a:9."
    assert made.table.rows[1][1] is None
    assert made.values["responding"] == 2
