"""The sheet of feature visualizations: tiles, table and numbers agree with the measurements."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.feature_visualization import feature_visualization
from figures.methods import datasets, models, scan

DATA = "glyphs:40"
UNITS = ("mixed3b:3", "shape:2", "conv1:5")


@pytest.fixture(scope="module")
def best() -> scan.LayerScan:
    return scan.of(models.load("glyphs"), datasets.load(DATA), "mixed3b")


@pytest.mark.slow
def test_each_unit_has_a_tile_and_a_row(best):
    sheet = feature_visualization(units=UNITS, dataset=DATA, steps=8)
    (sprite,) = sheet.parts
    assert [tile.unit for tile in sprite.tiles] == list(UNITS) == [row[0] for row in sheet.table.rows]
    assert sprite.tiles[0].alt == "Feature visualization of mixed3b:3"
    row = dict(zip(sheet.table.columns, sheet.table.rows[0], strict=True))
    assert row["mean of top examples"] == pytest.approx(best.top.value[3, :9].mean(), rel=1e-4)
    assert row["ratio"] == pytest.approx(row["activation reached"] / row["mean of top examples"])
    assert sprite.tiles[0].lines[1] == f"{row['activation reached']:.1f} vs {row['mean of top examples']:.1f}"
    assert sheet.values["units"] == 3
    assert pack(sheet)


@pytest.mark.slow
def test_more_steps_reach_more():
    few, many = (feature_visualization(units=("mixed3b:3",), dataset=DATA, steps=n).table.rows[0][2] for n in (2, 30))
    assert many > few


@pytest.mark.slow
def test_units_with_a_minus_reach_below_zero_and_are_set_beside_what_lowers_them(best):
    sheet = feature_visualization(units=("mixed3b:3-", "mixed3b:3"), dataset=DATA, steps=8)
    low, high = (dict(zip(sheet.table.columns, row, strict=True)) for row in sheet.table.rows)
    assert low["activation reached"] < 0 < high["activation reached"]
    assert low["mean of top examples"] == pytest.approx(best.bottom.value[3, :9].mean(), rel=1e-4)
    assert low["ratio"] > 0
    assert sheet.alt.startswith("Pictures that raise or, with a minus, lower the activation")
    other = feature_visualization(units=("mixed3b:3",), dataset=DATA, steps=2, negative=True)
    assert other.table.rows[0][2] < 0


@pytest.mark.slow
def test_pictures_by_phase_say_so_and_differ():
    sheets = [feature_visualization(units=UNITS[:1], dataset=DATA, steps=2, parameterization=one)
              for one in ("fourier", "phase")]  # fmt: skip
    assert sheets[0].parts[0].image.data != sheets[1].parts[0].image.data
    assert (
        sheets[1].notes[-1] == f"Only phases were free; amplitudes are those of {DATA} on average (Fel et al., 2023)."
    )


def test_an_objective_that_does_not_suit_is_refused_before_anything_is_scanned(monkeypatch):
    monkeypatch.setattr(scan, "by_layer", None)
    with pytest.raises(ValueError, match="conv1:5 has no logit; expected a unit of shape or texture"):
        feature_visualization(units=UNITS[2:], dataset=DATA, objective="logit")


@pytest.mark.slow
def test_diverse_and_transparent_pictures_have_their_tiles():
    sheet = feature_visualization(units=UNITS[:2], dataset=DATA, steps=2, diversity=3, alpha=True)
    assert len(sheet.parts[0].tiles) == 6
    assert sheet.parts[0].tiles[4].alt == "Feature visualization of shape:2 (crescent), 2 of 3"
