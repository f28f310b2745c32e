"""Classes that are likely with the units on or with them off are listed, in the order with them on."""

from tests.figures.charts.test_live import switched


def test_a_class_that_only_comes_without_the_units_is_listed():
    assert switched().columns() == {"class": ["no", "yes"], "units on": [0.9, 0.0], "units off": [0.2, 0.7]}
