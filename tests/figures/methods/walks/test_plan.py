"""What an author asks of a walk is read before anything is measured."""

from __future__ import annotations

import pytest

from figures.methods import models
from figures.methods.walks.plan import plan


def planned(**changed: object):
    asked = {"children": 5, "expand": 1, "keep": (), "discard": (), "captions": ()}
    return plan(models.load("glyphs"), **{**asked, **changed})


def test_captions_name_channels_in_either_direction() -> None:
    made = planned(captions=("mixed3b:17 = the fur", "shape:star = a star"))
    model = models.load("glyphs")
    assert made.caption(model.unit("mixed3b:17-")) == "the fur"
    assert made.caption(model.unit("shape:9")) == "a star"
    assert made.caption(model.unit("mixed3b:18")) == ""


def test_every_unit_is_named_with_the_parameter_that_speaks_of_it() -> None:
    made = planned(keep=("conv1:1",), discard=("conv1:2",), captions=("conv1:1 = edge", "conv2:3 = line"))
    assert {str(unit): name for unit, name in made.named.items()} == {
        "conv1:1": "keep", "conv1:2": "discard", "conv2:3": "captions",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"captions": ("mixed3b:17",)}, "expected a unit, an equals sign and words"),
        ({"captions": ("mixed3b:17 =",)}, "expected a unit, an equals sign and words"),
        ({"captions": ("mixed3x:17 = fur",)}, "did you mean 'mixed3"),
        ({"keep": ("conv1:900",)}, "units 0 to 31"),
        ({"keep": ("conv1:1",), "discard": ("conv1:1",)}, "keep and in discard"),
    ],
)
def test_what_cannot_be_asked_for(asked: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        planned(**asked)
