"""The three figures on a network that has not been trained: shapes of things, not values."""

import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from figures.artifact import Artifact, pack
from figures.gallery import radial_tuning, tuning_curve, tuning_heatmap
from figures.methods import datasets, models, scan, tuning, tuning_curves, unit_pictures

MODEL, DATA = "glyphs-untrained", "glyphs:24"
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


def check(artifact: Artifact) -> None:
    """An artifact can be packed, says something, and draws what it says at its true size."""
    record, _ = pack(artifact)
    assert json.dumps(record)
    (chart,) = artifact.parts
    assert chart.alt == artifact.alt
    assert chart.svg.startswith("<svg")
    assert f'width="{chart.width}"' in chart.svg
    assert artifact.notes


def test_radial_tuning(curves: np.ndarray, painted: list[tuple[str, ...]]) -> None:
    made = radial_tuning.radial_tuning(units=UNITS, model=MODEL, orientations=36)
    check(made)
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
    check(made)
    assert made.notes[-1] == "No response to any arc: mixed3a:9."
    assert made.table.rows[1][1] is None
    assert made.values["responding"] == 2


def test_tuning_heatmap() -> None:
    made = tuning_heatmap.tuning_heatmap(units=UNITS[:2], model=MODEL, dataset=DATA, orientations=36)
    check(made)
    network = models.load(MODEL)
    measured = tuning.arc_responses(network, UNITS[:2], orientations=36)
    sigma = scan.of(network, datasets.load(DATA), "mixed3a").rectified_std[[3, 9]]
    expected = tuning_curves.rectify(measured.pre_activation) / sigma[:, None, None]
    table = np.array([row[2:] for row in made.table.rows], dtype=float).reshape(expected.shape)
    assert table == pytest.approx(expected, abs=6e-4)
    assert made.table.columns[2] == f"radius_{tuning.default_radii(network, 'mixed3a')[0]:g}_px"
    assert made.values["max_sigma"] == pytest.approx(expected.max())
    assert DATA in made.notes[0]


def test_layers_with_other_radii_leave_cells_empty() -> None:
    made = tuning_heatmap.tuning_heatmap(units=("mixed3a:3", "conv2:9"), model=MODEL, dataset=DATA, orientations=12)
    cells = [[value is None for value in row[2:]] for row in made.table.rows]
    assert sum(cells[0]) == sum(cells[-1]) == len(made.table.columns) - 2 - len(tuning.RADII)


@pytest.mark.parametrize("normalise", ["unit", "none"])
def test_tuning_curve(curves: np.ndarray, normalise: str) -> None:
    made = tuning_curve.tuning_curve(units=UNITS, model=MODEL, dataset=DATA, orientations=36, normalise=normalise)
    check(made)
    assert made.table.columns == ("orientation_deg", *UNITS)
    table = np.array(made.table.rows)[:, 1:].T
    assert table == pytest.approx(curves, abs=1e-4)
    assert ("response (σ, rectified)" in made.parts[0].svg) == (normalise == "none")
    assert made.parts[0].svg.count("<image") == 18


def test_one_curve_is_told_in_the_singular() -> None:
    made = tuning_curve.tuning_curve(units=UNITS[:1], model=MODEL, orientations=36)
    assert made.alt.startswith("How strongly mixed3a:3 responds")


def test_an_unknown_unit_is_an_error_with_its_range() -> None:
    with pytest.raises(ValueError, match="mixed3a:999"):
        tuning_curve.tuning_curve(units=("mixed3a:999",), model=MODEL)


def test_units_that_are_not_rectified_lowered_or_placed_are_told() -> None:
    units = ("mixed3a:3", "mixed3a:9-", "mixed3a:9@4,5", "shape:2")
    made = tuning_heatmap.tuning_heatmap(units=units, model=MODEL, dataset=DATA, orientations=8, radii_px=(5.0, 9.0))
    check(made)
    notes = " ".join(made.notes)
    assert "shape: not rectified; responses are taken as they are" in notes
    assert "A unit with a minus responds with its activation times -1." in notes
    assert "Read at their own position, where their arcs lie: mixed3a:9@4,5." in notes
    assert "standard deviation of the unit's responses" in notes
    drawn = np.array([row[2] for row in made.table.rows if row[0] != "shape:2"], dtype=float)
    assert drawn.min() >= 0
