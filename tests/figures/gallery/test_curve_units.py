import numpy as np

from figures.gallery import curve_units as gallery


def test_values_count_units_eighths_and_the_control() -> None:
    family = {
        "unit": np.array([3, 9, 11]),
        "preferred_deg": np.array([10.0, 44.0, 359.0]),
        "half_width_deg": np.array([30.0, 40.0, 50.0]),
    }
    nothing = {name: array[:0] for name, array in family.items()}
    values = gallery._values(family, nothing, 256)
    assert values["count"] == 3
    assert values["eighths"] == 2
    assert values["control_count"] == 0
    assert values["median_half_width_deg"] == 40
    assert "median_half_width_deg" not in gallery._values(nothing, None, 256)


def test_a_trained_layer_has_curve_units_and_its_control_has_none() -> None:
    artifact = gallery.curve_units(layer="mixed3b", dataset="glyphs:200")
    assert artifact.values["count"] == sum(row[0] == "glyphs" for row in artifact.table.rows) > 0
    assert artifact.values["control_count"] == 0
    (chart,) = artifact.parts
    assert chart.svg.count('aria-label="') == 1
    assert f"glyphs: {artifact.values['count']} of 256" in chart.svg
