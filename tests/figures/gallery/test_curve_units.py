import pytest

from figures.gallery import curve_units as gallery


@pytest.mark.slow
def test_a_trained_layer_has_curve_units_and_its_control_has_none() -> None:
    artifact = gallery.curve_units(layer="mixed3b", dataset="glyphs:200")
    assert artifact.values["count"] == sum(row[0] == "glyphs" for row in artifact.table.rows) > 0
    assert artifact.values["control_count"] == 0
    assert artifact.table.columns == ("network", "unit", "preferred_deg", "half_width_deg")
    (chart,) = artifact.parts
    assert chart.svg.count('aria-label="') == 1
    assert f"glyphs: {artifact.values['count']} of 256" in chart.svg


def test_a_network_whose_weights_are_random_has_no_control() -> None:
    artifact = gallery.curve_units(layer="conv2", model="glyphs-untrained", dataset="glyphs:24")
    assert "control_count" not in artifact.values
    assert "glyphs-untrained: 0 of 48" in artifact.parts[0].svg
