"""A walk goes down through layers that an author names, or through a few that are spaced evenly."""

from __future__ import annotations

import pytest
from torch import nn

from figures.methods import models
from figures.methods.walks.levels import MOST, levels
from tests.figures import small_networks as small

GLYPHS = ("mixed4b", "mixed4a", "mixed3b", "mixed3a", "conv2", "conv1")


def deep() -> nn.Module:
    return nn.Sequential(*(nn.Conv2d(3, 3, 1) for _ in range(9)), nn.Flatten(), nn.Linear(3 * small.SIDE**2, 4))


@pytest.mark.parametrize(("unit", "expected"), [("shape:3", GLYPHS), ("mixed3b:2", GLYPHS[3:])])
def test_few_layers_are_all_gone_through(unit: str, expected: tuple[str, ...]) -> None:
    model = models.load("glyphs")
    assert levels(model, model.unit(unit)) == expected


def test_of_many_the_highest_the_lowest_and_some_between_are() -> None:
    model = small.model(deep)
    chosen = levels(model, model.unit("logits:3"))
    assert len(chosen) == MOST
    assert (chosen[0], chosen[-1]) == (model.main[-1], model.main[0])
    places = [model.main.index(name) for name in chosen]
    assert places == sorted(places, reverse=True)


def test_an_author_may_begin_with_the_unit_itself() -> None:
    model = models.load("glyphs")
    assert levels(model, model.unit("shape:3"), ("shape", "mixed4a", "conv1")) == ("mixed4a", "conv1")


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (("conv1", "conv2"), "conv2 does not come before conv1"),
        (("mixed4b",), "does not come before mixed4a"),
        (("mixed3c",), "did you mean 'mixed3"),
        (("mixed3b.pre",), "expected layers by name"),
        (("mixed4a",), "no layer below"),
    ],
)
def test_layers_that_do_not_go_down(layers: tuple[str, ...], message: str) -> None:
    model = models.load("glyphs")
    with pytest.raises(ValueError, match=message):
        levels(model, model.unit("mixed4a:3"), layers)


def test_nothing_lies_below_the_first_layer() -> None:
    model = small.model(small.pooled)
    with pytest.raises(ValueError, match="no layer below"):
        levels(model, model.unit("0:1"))
