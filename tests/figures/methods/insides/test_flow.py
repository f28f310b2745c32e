"""Steps of a network: their inputs among their arguments, and the values of these."""

from torch import nn

from figures.methods.insides.flow import Step, images


def test_inputs_are_found_however_deep_they_lie() -> None:
    one, other = images((1, 3, 8, 8)), images((1, 2, 4, 4))
    step = Step("cat", (), {}, ([one, None], {"also": (other,)}, 3), (1, 5, 8, 8))
    assert step.inputs == [one, other]
    assert step.first is one
    assert Step("ones", (), {}, (None, 2), (1,)).inputs == []


def test_a_value_comes_by_name_by_place_or_by_default() -> None:
    step = Step("pad", ("x", 7), {"mode": "same"}, (), (1,))
    assert (step.value("pad", 1), step.value("mode", 2), step.value("missing", 5, 9)) == (7, "same", 9)


def test_a_value_of_a_module_is_its_attribute() -> None:
    step = Step("Conv2d", ("x", "no"), {"stride": "no"}, (), (1,), nn.Conv2d(1, 1, 3, stride=2))
    assert step.value("stride", 1) == (2, 2)
    assert step.value("missing", 1, 9) == 9


def test_an_image_sees_itself() -> None:
    fact = images((1, 3, 8, 8))
    assert (fact.shape, fact.axes.letters) == ((1, 3, 8, 8), "BCHW")
    assert [span.at(5) for span in fact.field] == [(5, 6), (5, 6)]
