"""What is said of readings is what the record holds."""

from __future__ import annotations

from figures.words import linear_probes as words
from tests.figures.probed import probes


def test_accuracies_are_quoted_by_layer() -> None:
    values = words.linear_probes(probes()).values
    assert round(values["shape_b.c"], 3) == 0.8
    assert round(values["untrained_texture_a"], 3) == 0.3
    assert round(values["pixels_shape"], 3) == 0.15
    assert values["chance_shape"] == 0.0625
    assert "shape_a_two" in words.linear_probes(probes(("one", "two"))).values


def test_the_course_of_both_cues_is_told() -> None:
    said = words.linear_probes(probes())
    assert "shape 20% in a to 80% in b.c and texture 60% in a to 40% in b.c" in said.alt
    assert "untrained" in said.alt
    assert "untrained" not in words.linear_probes(probes(control=False)).alt


def test_how_features_are_taken_is_told() -> None:
    pooled, flat = (" ".join(words.linear_probes(probes(kind=kind)).notes) for kind in ("pooled", "flattened"))
    assert "hides shape" in pooled
    assert "8 numbers at most" in flat
    assert "2 folds" in pooled
    assert "averaged to 8 × 8 places" in pooled
