"""A scene begins with a family or a picture."""

from figures.methods.live import scenes


def test_an_angle_is_told_in_whole_degrees_within_a_turn():
    assert [scenes.nearest_angle(one) for one in (0.4, 89.5, 359.7)] == [0.0, 90.0, 0.0]
