"""What a unit's output is made of does not depend on how wide the bins are that are drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from figures.methods import binned_labels, label_stack
from figures.methods.label_stack import bin_of, of_bins, of_crops, tally
from figures.methods.labelled_crops import LabelledCrops
from tests.figures import label_stacks
from tests.figures.label_stacks import NAMES, World, world

EDGES = np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
BINS = (8, 16, 32, 64)


@pytest.fixture(scope="module")
def whole() -> World:
    return world()


def everything(whole: World, bins: int) -> label_stack.Stack:
    """Stack every position there is."""
    seen = whole.scan(samples=len(whole.value))
    return of_crops(whole.crops(seen.samples.known), seen, bins)


@pytest.mark.parametrize("bins", BINS)
def test_with_every_position_labelled_shares_and_area_are_the_truth(whole, bins):
    stack = everything(whole, bins)
    assert stack.share == pytest.approx(whole.shares, rel=1e-6)
    assert stack.area == pytest.approx(np.maximum(whole.value, 0).mean(), rel=1e-6)
    by_view = (stack.view("expected-value") * stack.widths).sum(axis=1) / stack.area
    assert by_view == pytest.approx(whole.shares, rel=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_few_crops_give_the_truth_within_their_error_and_the_area_exactly_whatever_the_bins(seed):
    whole = world(seed)
    seen = whole.scan(samples=16)
    stacks = [of_crops(whole.crops(seen.samples.known), seen, bins) for bins in BINS]
    for stack in stacks:
        assert stack.share == pytest.approx(stacks[0].share, rel=1e-9)
        assert stack.area == pytest.approx(np.maximum(whole.value, 0).mean(), rel=0.01)
        assert (stack.view("expected-value") * stack.widths).sum(axis=1) / stack.area == pytest.approx(stack.share)
    for name, truth in zip(NAMES, whole.shares, strict=True):
        error = stacks[0].share_error(name)
        assert stacks[0].share_of(name) == pytest.approx(truth, abs=4 * max(error, 0.005))
        assert error < 0.1


def test_left_edges_of_wide_bins_would_be_wrong(whole):
    """What was done before: every crop of a bin counts as its left edge, and the first bin above zero as nothing."""
    stack = everything(whole, 8)
    by_left_edge = (np.maximum(stack.bin_left, 0) * stack.probability * stack.widths).sum(axis=1)
    assert by_left_edge.sum() < 0.7 * stack.area
    assert np.abs(by_left_edge / by_left_edge.sum() - whole.shares).max() > 0.03


def test_the_standard_error_is_the_spread_of_shares_over_other_crops():
    whole, drawn = world(positions=10_000), []
    for seed in range(150):
        order = np.random.default_rng(seed).permutation(len(whole.value))
        mixed = World(whole.value[order], whole.label[order])
        seen = mixed.scan(samples=16)
        drawn.append(of_crops(mixed.crops(seen.samples.known), seen, 16))
    for names in (("curve",), ("unrelated",), NAMES[:2]):
        spread = np.std([stack.share_of(*names) for stack in drawn])
        assert np.mean([stack.share_error(*names) for stack in drawn]) == pytest.approx(spread, rel=0.2)
        assert np.mean([stack.share_of(*names) for stack in drawn]) == pytest.approx(
            whole.shares[[NAMES.index(name) for name in names]].sum(), rel=0.03
        )


def test_the_error_of_all_labels_together_is_nothing(whole):
    seen = whole.scan(samples=16)
    stack = of_crops(whole.crops(seen.samples.known), seen, 16)
    assert stack.share_of(*NAMES) == pytest.approx(1)
    assert stack.share_error(*NAMES) == pytest.approx(0, abs=1e-6)
    assert stack.share_error("curve") > 0.005


def test_the_views_obey_their_relations(whole):
    stack = everything(whole, 16)
    assert stack.proportion.sum(axis=0)[stack.held] == pytest.approx(1)
    assert np.array_equal(stack.view("probability"), stack.proportion * stack.density)
    assert (stack.density * stack.widths).sum() == pytest.approx(1)
    means = stack.expected_value.sum(axis=0) / stack.probability.sum(axis=0)
    inside = stack.held & (stack.bin_left >= 0)
    assert (means[inside] >= stack.bin_left[inside]).all()
    assert (means[inside] <= stack.edges[1:][inside]).all()
    assert not stack.expected_value[:, stack.bin_left < 0].any()
    assert stack.share_firing == pytest.approx((whole.value >= 0).mean())


def test_a_crop_stands_for_the_positions_of_its_fine_bin(whole):
    seen = whole.scan(samples=16)
    crops = whole.crops(seen.samples.known)
    fine = bin_of(crops.activation, seen.edges)
    positions = label_stack.standing_for(fine, label_stack.nearest_labelled(fine, seen), seen)
    assert np.bincount(fine, positions, len(seen.histogram)) == pytest.approx(seen.histogram)
    assert positions.sum() == seen.positions


def some(whole: World, chosen: np.ndarray) -> LabelledCrops:
    crops = whole.crops(whole.scan(samples=16).samples.known)
    kept = chosen[np.arange(len(crops.activation)) % len(chosen)] if chosen.dtype == bool else chosen
    return replace(crops, place=crops.place[kept], activation=crops.activation[kept], share=crops.share[kept])


def test_bins_between_labelled_ones_count_with_the_nearest_and_far_ones_with_none(whole):
    seen = whole.scan(samples=16)
    crops = whole.crops(seen.samples.known)
    fine = bin_of(crops.activation, seen.edges)
    zero = int(np.searchsorted(seen.edges, 0))
    kept = np.flatnonzero(np.isin(fine, [zero + 1, zero + 4]))
    counted_with = label_stack.nearest_labelled(fine[kept], seen)
    assert counted_with[zero : zero + 7].tolist() == [zero + 1] * 3 + [zero + 4] * 4
    assert (counted_with[:zero] == -1).all()
    assert (counted_with[zero + 7 :] == -1).all()
    stack = of_crops(some(whole, kept), seen, 16)
    assert 0 < stack.area < np.maximum(whole.value, 0).mean()
    far = (whole.value > seen.edges[zero + 7]) * np.maximum(whole.value, 0)
    assert stack.area == pytest.approx(np.maximum(whole.value, 0).mean() - far.mean(), rel=0.02)
    assert stack.unlabelled_share > 0.3


def test_every_other_crop_gives_nearly_the_same(whole):
    seen = whole.scan(samples=16)
    stack, half = (of_crops(some(whole, np.array(kept)), seen, 16) for kept in ([True], [True, False]))
    assert half.share == pytest.approx(stack.share, abs=4 * max(half.share_error(name) for name in NAMES))
    assert half.area == pytest.approx(stack.area)


def test_a_crop_counts_once_however_many_labels_it_has(whole):
    seen = whole.scan(samples=16)
    crops = whole.crops(seen.samples.known)
    mixed = replace(crops, share=np.full(crops.share.shape, 0.25), votes=4 * crops.votes)
    stack = of_crops(mixed, seen, 16)
    assert stack.crops.sum() == len(crops.activation)
    assert stack.share == pytest.approx(np.full(4, 0.25))


@pytest.mark.parametrize("values", [[-3.0, -2.0, -1.5, -0.3], [-1.0]])
def test_a_unit_that_never_fires_has_no_output_and_no_shares(values):
    silent = World(np.array(values, np.float32), np.arange(len(values)) % 4)
    seen = silent.scan()
    stack = of_crops(silent.crops(seen.samples.known), seen, 8)
    assert stack.share.tolist() == [0, 0, 0, 0]
    assert stack.area == 0
    assert np.isfinite(stack.proportion).all()


@pytest.mark.parametrize("bins", [3, 7, 20, 64])
@pytest.mark.parametrize("first", [-23, 4, -64])
def test_joined_bins_keep_all_positions_and_zero_as_an_edge(bins, first):
    edges = np.arange(first, first + 65) * 0.25
    histogram = np.random.default_rng(bins).integers(0, 9, 64)
    coarse, joined = label_stack.coarser(edges, histogram, bins)
    assert joined.sum() == histogram.sum()
    assert len(joined) <= bins + 1
    assert len(coarse) == len(joined) + 1
    step = coarse[1] - coarse[0]
    assert abs(coarse[0] / step - round(coarse[0] / step)) < 1e-9
    values = np.repeat(edges[:-1], histogram)
    assert np.histogram(values, coarse)[0].tolist() == joined.tolist()


def counted(counts: list[list[int]], names: tuple[str, ...] = ("curve", "imperfect", "other")) -> label_stack.Stack:
    table, crops = np.array(counts), np.sum(counts, axis=0)
    return label_stacks.stack(table / np.maximum(crops, 1), EDGES, crops, names=names)


def test_crossing_is_the_first_bin_from_which_labels_stay_above_half():
    stack = counted([[0, 6, 2, 0, 7], [0, 1, 4, 0, 2], [10, 3, 4, 0, 1]])
    assert stack.crossing("curve", least=1) == 2.0  # 60 % at -1 does not last; the empty bin at 1 is passed over
    assert stack.crossing("curve", "imperfect", least=1) == -1.0
    assert stack.crossing("other", least=1) is None


def test_a_bin_of_few_crops_does_not_undo_a_crossing():
    stack = counted([[0, 2, 9, 9, 0], [10, 8, 1, 1, 1]], ("curve", "other"))
    assert stack.crossing("curve") == 0.0
    assert stack.crossing("curve", least=1) is None


def test_the_interval_of_a_crossing_narrows_with_the_number_of_crops():
    """52 % and 60 % of few crops may be less than half; of many they are not. 45 % of few may be more than half."""
    few = counted([[0, 9, 13, 15, 24], [25, 11, 12, 10, 1]], ("curve", "other"))
    many = counted([[0, 9000, 13000, 15000, 24000], [25000, 11000, 12000, 10000, 1000]], ("curve", "other"))
    assert few.crossing("curve") == many.crossing("curve") == 0.0
    assert few.crossing_interval("curve") == (-1.0, 2.0)
    assert many.crossing_interval("curve") == (0.0, 0.0)
    unsure = counted([[0, 0, 0, 0, 6], [9, 9, 9, 9, 4]], ("curve", "other"))
    assert unsure.crossing_interval("curve") == (2.0, None)


def test_crops_of_unlike_weight_say_less_than_as_many_alike(whole):
    seen = whole.scan(samples=16)
    stack = of_crops(whole.crops(seen.samples.known), seen, 8)
    assert (stack.weight <= stack.crops + 1e-9).all()
    assert (stack.weight[stack.held] >= 1 - 1e-9).all()
    assert (stack.weight < stack.crops - 1).any()


def test_bins_are_closed_on_the_left_and_the_outer_ones_are_open():
    at = bin_of(np.array([-1.0, 0.0, 0.999, 3.0, -9.0]), EDGES)
    assert at.tolist() == [1, 2, 2, 4, 0]
    assert tally(at, np.ones((5, 1)), 5).tolist() == [[1, 1, 2, 0, 1]]


def test_a_published_table_is_read_by_left_edges():
    """Two bins above zero, at 1 and at 2: ten positions of a hundred in the first, half of them curves; two in the
    second, all curves. By left edges the output is 1 * 5 curve, 1 * 5 other, 2 * 2 curve: 9 of 14."""
    table = binned_labels.read("bin_left,curve,other\n-1,30,40\n0,8,10\n1,5,5\n2,2,0\n", ("curve", "other"))
    stack = of_bins(table)
    assert stack.share == pytest.approx([9 / 14, 5 / 14])
    assert stack.share_firing == pytest.approx(0.3)
    assert stack.area == pytest.approx(14 / 100)
    assert np.array_equal(stack.expected_value, np.maximum(stack.bin_left, 0) * stack.probability)
    assert stack.crossing("curve") == 2.0
    assert not stack.counted
    assert np.isnan(stack.share_error("curve"))


def test_the_table_of_a_stack_has_no_numbers_where_no_crop_is_labelled():
    columns = counted([[0, 6, 2, 0, 7], [0, 1, 4, 0, 2], [10, 3, 4, 0, 1]]).columns("proportion")
    assert list(columns) == ["bin_left", "curve", "imperfect", "other", "density", "crops"]
    assert np.isnan(columns["curve"]).tolist() == [False, False, False, True, False]
    assert columns["crops"].tolist() == [10, 10, 10, 0, 10]
