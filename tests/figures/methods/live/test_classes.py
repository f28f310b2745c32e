"""A head's classes, likeliest first; tests/figures/gallery/test_live_classes.py asks a network."""

from tests.figures.charts.test_live import head


def test_the_likeliest_are_listed_first():
    assert head().columns() == {"class": ["yes", "no"], "probability": [0.75, 0.25]}
