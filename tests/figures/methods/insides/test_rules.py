"""What operations make of axes and of receptive fields, told by hand."""

import pytest
import torch
from torch import nn

from figures.methods.insides.flow import Fact, Step, images
from figures.methods.insides.layouts import Axes
from figures.methods.insides.rules import after

IMAGE = images((1, 3, 16, 16))


def apply(fact: Fact, name: str, *args: object, shape: tuple[int, ...], module: nn.Module | None = None) -> Fact:
    after_it = after(Step(name, (None, *args), {}, (fact, *[None] * len(args)), shape, module))
    assert after_it is not None
    return after_it


def ends(fact: Fact, index: int) -> list[tuple[int, int]]:
    """Return the first pixel that a position sees and the one past the last, by rows and by columns."""
    assert fact.field is not None
    return [span.at(index) for span in fact.field]


def test_convolutions_widen_and_stretch() -> None:
    one = apply(IMAGE, "Conv2d", shape=(1, 4, 8, 8), module=nn.Conv2d(3, 4, 3, 2, 1))
    assert ends(one, 2) == [(3, 6), (3, 6)]
    two = apply(one, "Conv2d", shape=(1, 4, 8, 8), module=nn.Conv2d(4, 4, (1, 3), 1, (0, 1)))
    assert ends(two, 2) == [(3, 6), (1, 8)]
    pooled = apply(one, "MaxPool2d", shape=(1, 4, 4, 4), module=nn.MaxPool2d(2))
    assert ends(pooled, 1) == [(3, 8), (3, 8)]


def test_what_goes_point_by_point_keeps_what_is_seen_and_sums_see_all_of_their_terms() -> None:
    wide = apply(IMAGE, "Conv2d", shape=(1, 3, 16, 16), module=nn.Conv2d(3, 3, 5, 1, 2))
    assert apply(wide, "relu", shape=wide.shape) == wide
    both = after(Step("add", (None, None), {}, (IMAGE, wide), wide.shape))
    assert both is not None
    assert ends(both, 7) == [(5, 10), (5, 10)]


def test_one_gate_for_all_positions_is_not_seen() -> None:
    gate = Fact((1, 3, 1, 1), Axes("BCHW"), None)
    gated = after(Step("mul", (None, None), {}, (IMAGE, gate), IMAGE.shape))
    assert gated is not None
    assert gated.field == IMAGE.field


@pytest.mark.parametrize("name", ["mean", "amax", "softly_attended"])
def test_what_joins_positions_and_what_is_unknown_sees_everything(name: str) -> None:
    assert apply(IMAGE, name, (2, 3), shape=(1, 3)).field is None


def test_a_mean_over_channels_keeps_places() -> None:
    mean = apply(IMAGE, "mean", 1, shape=(1, 16, 16))
    assert (mean.axes.letters, mean.field) == ("BHW", IMAGE.field)


def test_a_padding_and_a_cut_move_what_is_seen() -> None:
    padded = apply(IMAGE, "pad", (2, 0, 1, 0), shape=(1, 3, 17, 18))
    assert ends(padded, 5) == [(4, 5), (3, 4)]
    cut = apply(padded, "getitem", (slice(None), slice(None), slice(1, None)), shape=(1, 3, 16, 18))
    assert ends(cut, 5) == [(5, 6), (3, 4)]


def test_no_image_leaves_nothing_to_know() -> None:
    assert after(Step("relu", (torch.ones(1),), {}, (None,), (1,))) is None
