"""A walk meets the strongest units of each layer, goes on from some, and heeds its author."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, models
from figures.methods.walks import descent
from figures.methods.walks.plan import plan
from tests.figures import small_networks as small

TWO = ("mixed4b", "conv2")


def walked(unit: str = "shape:square", layers: tuple[str, ...] = TWO, patches: int = 0, **changed: object):
    model, asked = models.load("glyphs"), {"children": 5, "expand": 1, "keep": (), "discard": (), "captions": ()}
    made = plan(model, **{**asked, **changed})
    return descent.of(model, datasets.load("glyphs:16"), "square", unit, made, layers=layers, patches=patches)


@pytest.fixture(scope="module")
def seen():
    return walked()


def test_five_units_stand_below_each_and_the_strongest_comes_first(seen) -> None:
    assert [len(seen.children(number)) for number in seen.sums] == [5, 5]
    for number in seen.sums:
        nodes = [seen.nodes[at] for at in seen.children(number)]
        sizes = [abs(node.signed) for node in nodes]
        assert sizes == sorted(sizes, reverse=True)
        assert [node.rank for node in nodes] == [1, 2, 3, 4, 5]
        assert all(0 < node.share <= 1 for node in nodes)
        assert abs(sum(node.signed for node in nodes)) <= sum(sizes)


def test_a_walk_goes_on_from_the_strongest_that_adds(seen) -> None:
    adding = [at for at in seen.children(0) if seen.nodes[at].signed > 0]
    assert list(seen.sums) == [0, max(adding, key=lambda at: seen.nodes[at].share)]


def test_the_same_is_walked_again(seen) -> None:
    again = walked()
    assert again.nodes == seen.nodes
    assert np.array_equal(again.maps, seen.maps)


@pytest.mark.slow
def test_what_is_kept_is_gone_on_from_and_what_is_set_apart_is_not(seen) -> None:
    first, second, third = (seen.nodes[at].name for at in seen.children(0)[:3])
    other = walked(discard=(first,), keep=(third,), captions=(f"{second} = tip",))
    assert [other.nodes[at].state for at in other.children(0)] == ["discarded", "", "kept", "", ""]
    assert 1 not in other.sums
    assert 3 in other.sums
    assert other.nodes[2].caption == "tip"
    assert set(walked(expand=0, keep=(third,)).sums) == {0, 3}


@pytest.mark.slow
def test_below_what_is_kept_a_line_goes_on_to_the_last_layer(seen) -> None:
    third = seen.nodes[seen.children(0)[2]].name
    deep = walked(keep=(third,), layers=("mixed4b", "mixed4a", "conv2"))
    at = next(at for at in deep.children(0) if deep.nodes[at].state == "kept")
    assert any(one in deep.sums for one in deep.children(at))
    assert {node.name for node in walked(layers=("mixed4b", "mixed4a", "conv2")).nodes} <= {
        node.name for node in deep.nodes
    }
    still = walked(expand=0, keep=(third,), layers=("mixed4b", "mixed4a", "conv2"))
    assert set(still.sums) == {0, at}


def test_a_unit_that_is_not_met_is_told_with_those_that_are(seen) -> None:
    others = {int(node.name.partition(":")[2].strip("-")) for node in seen.nodes if node.unit.layer == "mixed4b"}
    missing = next(index for index in range(288) if index not in others)
    with pytest.raises(ValueError, match=rf"keep: the walk does not meet mixed4b:{missing}.*in mixed4b it meets"):
        walked(keep=(f"mixed4b:{missing}",))


@pytest.mark.slow
def test_patches_are_those_of_each_unit() -> None:
    seen = walked(layers=("mixed4b",), children=2, patches=3)
    assert [len(patch) for patch in seen.patches] == [3, 3, 3]


def test_an_inactive_unit_is_told_with_one_that_answers() -> None:
    model = small.model(small.biased)
    data = datasets.load("glyphs:4")
    silent = next(
        f"4:{unit}" for seed in range(1) for unit in range(7)
        if float(descent.activations(model, shown(model, data)[None], "4")[0, unit].max()) <= 0
    )  # fmt: skip
    asked = plan(model, children=5, expand=1, keep=(), discard=(), captions=())
    with pytest.raises(ValueError, match=rf"{silent} is inactive in image 0 .* such as 4:"):
        descent.of(model, data, "0", silent, asked, patches=0)


def shown(model: models.Model, data) -> np.ndarray:
    from figures.methods import asked_images

    return asked_images.shown(model, data, ("0",)).images[0]


def test_paths_round_a_layer_are_known() -> None:
    model, data = small.model(small.Residual), datasets.load("glyphs:4")
    asked = plan(model, children=2, expand=1, keep=(), discard=(), captions=())
    around = {
        layer: descent.of(model, data, "0", "logits:0", asked, layers=(layer,), patches=0).sums[0].around
        for layer in ("last", "second", "first")
    }
    assert around == {"last": False, "second": True, "first": False}
