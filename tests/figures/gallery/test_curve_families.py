"""Families of several layers side by side, small multiples, and controls."""

import json
from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import pytest

from figures.artifact import Artifact, pack
from figures.gallery import curve_families, feature_visualization, radial_tuning, tuning_curve
from figures.methods import datasets, finding, models
from figures.methods.feature_visualization import reached

DATA = "glyphs:24"
UNITS = ("mixed3a:3", "mixed3a:9", "conv2:9")


@pytest.fixture(autouse=True, scope="module")
def _measured_once() -> Iterator[None]:
    """Measure each layer once for all tests, as a store would."""
    measure, known = finding.curve_tuning, {}

    def found(model: models.Model, data: datasets.Dataset, layer: str) -> finding.CurveTuning:
        key = (model.name, data.name, layer)
        known[key] = known[key] if key in known else measure(model, data, layer)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "curve_tuning", found)
        yield


def packed(made: Artifact) -> Artifact:
    assert json.dumps(pack(made)[0])
    return made


@pytest.mark.slow
def test_each_layer_has_its_counts_and_summary() -> None:
    made = packed(curve_families.curve_families(layers=("conv2", "mixed3a"), dataset=DATA, most=5, multiples=True))
    found = finding.curve_tuning(models.load("glyphs"), datasets.load(DATA), "mixed3a")
    units = finding.chosen(found, "tuned")
    row = dict(zip(made.table.columns, made.table.rows[1], strict=True))
    assert (row["layer"], row["units"], row["of"], row["drawn"]) == ("mixed3a", len(units), 128, 5)
    assert row["median_echo"] == pytest.approx(np.median(found.echo[units]), abs=1e-4)
    assert row["median_width_deg"] == pytest.approx(2 * np.median(found.half_width_deg[units]), abs=1e-3)
    assert made.values["mixed3a_resultant"] == pytest.approx(np.median(found.resultant[units]), abs=1e-4)
    assert f"mixed3a: {len(units)} of 128 units" in made.parts[0].svg
    assert [part.name for part in made.parts][1:] == ["multiples"] * made.values["layers"]


@pytest.mark.slow
def test_units_may_be_given_and_a_control_drawn() -> None:
    made = packed(curve_families.curve_families(units=("conv1:3", "conv1:7", "conv2:9"), dataset=DATA, control=True))
    assert [row[:5] for row in made.table.rows[:2]] == [("figure", "conv1", 2, 32, 2), ("figure", "conv2", 1, 48, 1)]
    assert made.parts[0].svg.count("<path") >= 3
    assert [part.name for part in made.parts] == ["curve-families", "control-curve-families"]
    assert made.values["units"] == 3


def test_layers_without_units_are_an_empty_figure_with_words() -> None:
    made = packed(
        curve_families.curve_families(model="glyphs-untrained", layers=("conv2",), rule="strict", dataset=DATA)
    )
    assert made.alt.startswith("No unit of conv2 of glyphs-untrained")
    assert "none is tuned" in made.parts[0].svg
    assert made.values["units"] == 0


def test_a_wrong_layer_is_told_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="did you mean 'mixed3a'"):
        curve_families.curve_families(layers=("mixd3a",))


@pytest.mark.slow
def test_multiples_show_each_unit_once_to_one_scale() -> None:
    options = {"units": UNITS, "model": "glyphs-untrained", "orientations": 36, "icons": "none"}
    made = packed(radial_tuning.radial_tuning(**options, multiples=True, control=True))
    assert [part.name for part in made.parts] == ["radial-tuning", "multiples"]  # nothing to compare with
    words = made.parts[1].svg
    assert all(f">{unit}<" in words for unit in UNITS)


@pytest.mark.slow
def test_controls_stand_beside_tuning() -> None:
    made = packed(tuning_curve.tuning_curve(units=("conv2:9", "conv1:3"), orientations=36, control=True))
    assert [part.name for part in made.parts] == ["tuning-curve", "control-tuning-curve"]
    assert {row[0] for row in made.table.rows} == {"figure", "control"}
    assert "control_median_width_deg" in made.values
    rows = np.array([row[2:] for row in made.table.rows], dtype=float).reshape(2, 36, 2)
    assert not np.allclose(rows[0], rows[1])


def test_a_control_stands_beside_feature_visualizations(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def visualize(model: models.Model, units: tuple[str, ...], **options: object) -> SimpleNamespace:
        asked.append(model.name)
        pictures = np.zeros((len(units), 2, 20, 20, 3), np.uint8)
        numbers = {name: np.ones(len(units)) for name in ("activation", "held_out", "dead")}
        return SimpleNamespace(images=pictures[:, 0], inputs=pictures[:, 0], variants=pictures, **numbers)

    monkeypatch.setattr(reached, "visualize", visualize)
    made = packed(
        feature_visualization.feature_visualization(units=("conv2:9",), dataset=DATA, diversity=2, control=True)
    )
    assert asked == ["glyphs", "glyphs-untrained"]
    assert [part.name for part in made.parts] == ["units", "control-units"]
    assert made.parts[0].per_row == 2
