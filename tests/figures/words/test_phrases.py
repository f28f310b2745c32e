"""Numbers have a real minus; lists end with an `and`."""

import pytest

from figures.words.phrases import brief, key, listed, written


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [(-0.5, ".3g", "−0.5"), (0.5, "+.3g", "+0.5"), (-0.123, ".0%", "−12%"), (12.0, "g", "12")],
)
def test_a_number_has_a_real_minus(value: float, form: str, text: str) -> None:
    assert written(value, form) == text


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_the_last_of_several_follows_an_and(names: list[str], text: str) -> None:
    assert listed(names) == text


def test_a_name_becomes_part_of_the_name_of_a_value() -> None:
    assert [key(name) for name in ("glyphs", "my net (0)", "torchvision/vgg16")] == [
        "glyphs",
        "my-net-0",
        "torchvision-vgg16",
    ]


def test_libraries_and_weights_are_left_out_while_names_can_be_told_apart() -> None:
    assert list(brief(["torchvision/vgg16@none", "glyphs", "glyphs"]).values()) == ["vgg16", "glyphs"]
    assert list(brief(["timm/vgg16", "torchvision/vgg16"]).values()) == ["timm/vgg16", "torchvision/vgg16"]
