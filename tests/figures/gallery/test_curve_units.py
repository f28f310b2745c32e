import pytest

from figures.gallery import curve_units as gallery


@pytest.mark.slow
def test_a_network_whose_weights_are_random_has_no_control() -> None:
    artifact = gallery.curve_units(layer="conv1", model="glyphs-untrained", dataset="glyphs:24")
    assert "control_count" not in artifact.values
    assert "glyphs-untrained: 0 of 32" in artifact.parts[0].svg
