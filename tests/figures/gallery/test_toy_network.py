"""A small network is drawn as it is asked for."""

from figures.gallery.toy_network import toy_network


def test_every_connection_stands_in_the_table():
    made = toy_network(sizes=(2, 3, 1), seed=1)
    assert len(made.table.rows) == 9
    assert made.values["weights"] == 9
    assert made.parts[0].svg.count("hidden 1") >= 1
