"""Heatmaps of tuning on a network that has not been trained: shapes of things, not values."""

import numpy as np
import pytest
import torch

from figures.artifact import Artifact
from figures.gallery import stimulus_grid, tuning_heatmap
from figures.methods import datasets, families, models, scan, sigma, tuning, tuning_curves
from figures.methods.activations import activations
from tests.figures.checked_artifacts import check_chart, check_parts

MODEL, DATA = "glyphs-untrained", "glyphs:24"
UNITS = ("conv2:9", "conv2:3")
SMALL = {"model": MODEL, "dataset": DATA, "orientations": 24}


@pytest.mark.slow
def test_tuning_heatmap() -> None:
    made = tuning_heatmap.tuning_heatmap(units=("mixed3a:3", "mixed3a:9"), model=MODEL, dataset=DATA, orientations=36)
    check_chart(made)
    network = models.load(MODEL)
    measured = tuning.arc_responses(network, ("mixed3a:3", "mixed3a:9"), orientations=36)
    sigma = scan.of(network, datasets.load(DATA), "mixed3a").rectified_std[[3, 9]]
    expected = tuning_curves.rectify(measured.pre_activation) / sigma[:, None, None]
    table = np.array([row[2:] for row in made.table.rows], dtype=float).reshape(expected.shape)
    assert table == pytest.approx(expected, abs=6e-4)
    assert made.table.columns[2] == f"radius_{tuning.default_radii(network, 'mixed3a')[0]:g}_px"
    assert made.values["max_sigma"] == pytest.approx(expected.max())
    assert DATA in made.notes[0]


@pytest.mark.slow
def test_layers_with_other_radii_leave_cells_empty() -> None:
    made = tuning_heatmap.tuning_heatmap(units=("mixed3a:3", "conv2:9"), model=MODEL, dataset=DATA, orientations=12)
    cells = [[value is None for value in row[2:]] for row in made.table.rows]
    assert sum(cells[0]) == sum(cells[-1]) == len(made.table.columns) - 2 - len(tuning.RADII)


@pytest.mark.slow
def test_units_that_are_not_rectified_lowered_or_placed_are_told() -> None:
    units = ("mixed3a:3", "mixed3a:9-", "mixed3a:9@4,5", "shape:2")
    made = tuning_heatmap.tuning_heatmap(units=units, model=MODEL, dataset=DATA, orientations=8, radii_px=(5.0, 9.0))
    check_chart(made)
    notes = " ".join(made.notes)
    assert "shape: not rectified; responses are taken as they are" in notes
    assert "A unit with a minus responds with its activation times -1." in notes
    assert "Read at their own position, where their arcs lie: mixed3a:9@4,5." in notes
    assert "standard deviation of the unit's responses" in notes
    drawn = np.array([row[2] for row in made.table.rows if row[0] != "shape:2"], dtype=float)
    assert drawn.min() >= 0


@pytest.fixture(scope="module")
def several() -> Artifact:
    return tuning_heatmap.tuning_heatmap(units=UNITS, families=("arcs", "filled", "angles"), **SMALL)


@pytest.mark.slow
def test_families_stand_side_by_side_with_one_scale(several: Artifact) -> None:
    check_parts(several)
    svg = several.parts[0].svg
    for words in ("arcs: radius", "filled: radius", "angles: opening 170° to 30°"):
        assert words in svg
    most = max(several.values[f"{name}_max_sigma"] for name in ("arcs", "filled", "angles"))
    assert f"{most:.3g} σ" in svg
    assert -1 <= several.values["filled_min_correlation"] <= several.values["filled_median_correlation"] <= 1
    assert "arcs_min_correlation" not in several.values
    assert {row[0] for row in several.table.rows} == {"arcs", "filled", "angles"}
    assert len(several.table.rows) == 3 * 2 * 24
    assert "filled shapes" in several.alt
    assert any("angles (8 openings from 30 to 170 degrees)" in note for note in several.notes)


def test_what_a_cell_shows_is_what_its_stimulus_regenerates(several: Artifact) -> None:
    network, chart = models.load(MODEL), several.parts[0]
    (chosen,) = [signal["value"] for signal in chart.spec["signals"] if signal["name"] == "chosen"]
    kind = families.find(("arcs", "filled", "angles")[chosen["f"]])
    seen, unit = tuning.view(network, "conv2"), network.unit(chosen["u"])
    offset = tuning.arc_responses(network, (chosen["u"],), orientations=24).offset[0]
    row, column = np.array(seen.index) + offset
    again = activations(network, families.draw(kind, seen, chosen["o"], chosen["r"]), "conv2")[
        0, unit.index, row, column
    ]
    scale = sigma.of(network, datasets.load(DATA), (chosen["u"],)).values[0]
    assert float(again) / scale == pytest.approx(chosen["v"], rel=1e-3)


@pytest.mark.slow
def test_the_heatmap_of_arcs_is_as_it_was_and_can_do_without_the_enlarged_cell() -> None:
    with_, without = (tuning_heatmap.tuning_heatmap(units=UNITS, zoom=zoom, **SMALL) for zoom in (True, False))
    assert with_.table == without.table
    assert with_.parts[0].height > without.parts[0].height + 100
    assert "chosen" not in {signal["name"] for signal in without.parts[0].spec.get("signals", [])}
    assert with_.values["min_radius_px"] == without.values["min_radius_px"] > 0


@pytest.mark.slow
def test_a_control_stands_beside(several: Artifact) -> None:
    alone = tuning_heatmap.tuning_heatmap(units=UNITS, families=("lines",), control=True, **SMALL)
    check_parts(alone)  # a network without training is its own control
    assert not any(key.startswith("control_") for key in alone.values)


@pytest.mark.slow
def test_a_family_of_whole_images_is_shown_by_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(families, "FAMILIES", dict(families.FAMILIES))

    @families.family("fog", second="depth", unit="", values=(0.5, 1.0))
    def fog(outward: torch.Tensor, along: torch.Tensor, depth: torch.Tensor, pen: families.Pen) -> torch.Tensor:
        return torch.sigmoid(outward * depth)[:, None].expand(-1, 3, -1, -1)

    made = tuning_heatmap.tuning_heatmap(units=UNITS[:1], families=("fog",), **SMALL)
    check_parts(made)
    (known,) = [signal["value"] for signal in made.parts[0].spec["signals"] if signal["name"] == "families"]
    assert not known[0]["paths"]
    assert len(known[0]["pictures"]["0.5"]) == 24
    assert made.table.columns[2:] == ("depth_0.5", "depth_1")
    assert (
        stimulus_grid.stimulus_grid(unit=UNITS[0], family=("fog",), columns=6, **SMALL).parts[0].svg.count("<image")
        == 24
    )
