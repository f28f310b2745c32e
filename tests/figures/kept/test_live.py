"""A live part is kept whole; see tests/figures/test_live.py."""

from tests.figures.test_live import kept


def test_its_curve_goes_round_and_comes_back():
    assert kept().path == "M0 100.0 L180 0.0 L360 100.0"
    assert kept().begin["centre"] == [4.0, 4.0]
