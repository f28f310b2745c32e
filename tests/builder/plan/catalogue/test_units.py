"""Units as authors write them."""

import pytest

from tests.builder.plan.catalogue.sample import NAME


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mixed3b:3,17", ["mixed3b:3", "mixed3b:17"]),
        ("inception3b:3@4,5,17 conv1:0..2", ["mixed3b:3@4,5", "mixed3b:17", "conv2d0:0", "conv2d0:1", "conv2d0:2"]),
        ("mixed3b:1..2-,1,1", ["mixed3b:1-", "mixed3b:2-", "mixed3b:1"]),
        ("mixed3b:0..1@7,7", ["mixed3b:0@7,7", "mixed3b:1@7,7"]),
    ],
)
def test_lists_are_expanded_and_name_each_unit_once(googlenet, text, expected) -> None:
    assert list(googlenet.units(NAME, text)) == expected


def test_a_range_that_counts_down_is_a_mistake(googlenet) -> None:
    with pytest.raises(ValueError, match=r"'5..3' counts down; expected 3..5"):
        googlenet.units(NAME, "mixed3b:5..3")
