"""Figures of synthetic stimuli on a network that has not been trained: shapes of things, not values."""

import numpy as np
import pytest
import torch

from figures import run
from figures.artifact import Artifact, pack
from figures.gallery import angle_to_curve, combing, stimulus_grid, tuning_heatmap
from figures.methods import datasets, families, models, sigma, tuning, tuning_curves
from figures.methods.activations import activations

MODEL, DATA = "glyphs-untrained", "glyphs:24"
UNITS = ("conv2:9", "conv2:3")
SMALL = {"model": MODEL, "dataset": DATA, "orientations": 24}


def check(artifact: Artifact, parts: int = 1) -> None:
    assert pack(artifact)
    assert len(artifact.parts) == parts
    assert artifact.notes
    assert artifact.table.rows
    assert all(part.svg.startswith("<svg") for part in artifact.parts)


@pytest.fixture(scope="module")
def several() -> Artifact:
    return tuning_heatmap.tuning_heatmap(units=UNITS, families=("arcs", "filled", "angles"), **SMALL)


def test_families_stand_side_by_side_with_one_scale(several: Artifact) -> None:
    check(several)
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


def test_the_heatmap_of_arcs_is_as_it_was_and_can_do_without_the_enlarged_cell() -> None:
    with_, without = (tuning_heatmap.tuning_heatmap(units=UNITS, zoom=zoom, **SMALL) for zoom in (True, False))
    assert with_.table == without.table
    assert with_.parts[0].height > without.parts[0].height + 100
    assert "chosen" not in {signal["name"] for signal in without.parts[0].spec.get("signals", [])}
    assert with_.values["min_radius_px"] == without.values["min_radius_px"] > 0


def test_a_control_stands_beside(several: Artifact) -> None:
    alone = tuning_heatmap.tuning_heatmap(units=UNITS, families=("lines",), control=True, **SMALL)
    check(alone)  # a network without training is its own control
    assert not any(key.startswith("control_") for key in alone.values)


def test_angle_to_curve_counts_who_prefers_arcs() -> None:
    made = angle_to_curve.angle_to_curve(units=UNITS, steps=3, **SMALL)
    check(made)
    assert {row[0] for row in made.table.rows} == {"angles", "50% round", "arcs"}
    tops = [{unit: max(max(row[3:]) for row in made.table.rows if row[:2] == (kind, unit)) for unit in UNITS}
            for kind in ("angles", "arcs")]  # fmt: skip
    assert made.values["prefer_arcs"] == sum(tops[1][unit] > tops[0][unit] for unit in UNITS)
    assert "50_round_max_sigma" in made.values
    with pytest.raises(ValueError, match="steps: 1; expected 2 to 6"):
        run.figure("angle-to-curve", units=UNITS, steps=1)


@pytest.mark.parametrize("family", ["arcs", "coloured"])
def test_stimulus_grid(family: str) -> None:
    made = stimulus_grid.stimulus_grid(unit=UNITS[0], family=(family,), columns=12, **SMALL)
    check(made)
    network = models.load(MODEL)
    measured = families.family_responses(network, UNITS[:1], family=families.find(family), orientations=24)
    scale = sigma.of(network, datasets.load(DATA), UNITS[:1]).values[0]
    table = np.array(made.table.rows)[:, 1:]
    assert table == pytest.approx(tuning_curves.rectify(measured.pre_activation[0, ::2]) / scale, abs=6e-4)
    assert made.values["stimuli"] == 12 * 8
    assert made.parts[0].svg.count("<path") > 12 * 8 * 2
    with pytest.raises(ValueError, match="columns 7; expected a divisor of orientations 24"):
        stimulus_grid.stimulus_grid(unit=UNITS[0], columns=7, orientations=24)


def test_combing_starts_from_the_arc() -> None:
    made = combing.combing(units=UNITS, lengths_px=(0.0, 2.0), spacings_px=(3.0, 5.0), **SMALL)
    check(made)
    assert [row[-1] for row in made.table.rows if row[4] == 0] == pytest.approx([0] * 4, abs=1e-3)
    assert made.values["most_raised_sigma"] >= 0 >= made.values["most_lowered_sigma"]
    with pytest.raises(ValueError, match="spacings_px: 0.0; expected numbers, each 1 to 1000"):
        run.figure("combing", units=UNITS, spacings_px=(0.0,))


def test_a_family_of_whole_images_is_shown_by_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(families, "FAMILIES", dict(families.FAMILIES))

    @families.family("fog", second="depth", unit="", values=(0.5, 1.0))
    def fog(outward: torch.Tensor, along: torch.Tensor, depth: torch.Tensor, pen: families.Pen) -> torch.Tensor:
        return torch.sigmoid(outward * depth)[:, None].expand(-1, 3, -1, -1)

    made = tuning_heatmap.tuning_heatmap(units=UNITS[:1], families=("fog",), **SMALL)
    check(made)
    (known,) = [signal["value"] for signal in made.parts[0].spec["signals"] if signal["name"] == "families"]
    assert not known[0]["paths"]
    assert len(known[0]["pictures"]["0.5"]) == 24
    assert made.table.columns[2:] == ("depth_0.5", "depth_1")
    assert (
        stimulus_grid.stimulus_grid(unit=UNITS[0], family=("fog",), columns=6, **SMALL).parts[0].svg.count("<image")
        == 24
    )
