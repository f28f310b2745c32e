"""The stackplot relations hold exactly, and a labels file's mistakes are named by line."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, distribution, labels, models
from figures.methods.activations import activations
from figures.methods.labels import LabelsError, stack, tally

EDGES = np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
COUNTS = np.array([[0, 0, 1, 0, 6], [0, 1, 1, 0, 2], [3, 3, 2, 0, 0], [1, 0, 0, 0, 0]])
HISTOGRAM = np.array([40, 30, 20, 8, 2])
HEADER = "image,label,annotator\n"


@pytest.fixture
def made():
    return stack(labels.NAMES, EDGES, COUNTS, HISTOGRAM)


def test_proportions_of_a_labelled_bin_sum_to_one_and_an_empty_bin_holds_zeros(made):
    sums = made.proportion.sum(axis=0)
    assert np.abs(sums[made.crops > 0] - 1).max() < 1e-9
    assert made.crops.tolist() == [4, 4, 4, 0, 8]
    assert made.proportion[:, 3].tolist() == [0, 0, 0, 0]
    assert np.isfinite(made.proportion).all()


def test_the_three_views_obey_their_relations(made):
    width = np.diff(EDGES)
    assert np.abs(made.density - HISTOGRAM / 100 / width).max() < 1e-9
    assert np.abs(made.view("probability") - made.proportion * made.density).max() < 1e-9
    by_left_edge = made.probability * np.array([0, 0, 0, 1.0, 2.0])
    assert np.abs(made.view("expected-value") - by_left_edge).max() < 1e-9
    by_centre = made.probability * np.clip(EDGES[:-1] + 0.5, 0, None)
    assert np.abs(made.expected_value - by_centre).max() > 1e-3


def test_random_stacks_obey_the_relations_and_keep_the_mass():
    random = np.random.default_rng(3)
    edges = np.cumsum(random.uniform(0.1, 2, 31)) - 12
    counts, histogram = random.integers(0, 5, (4, 30)), random.integers(1, 900, 30)
    made = stack(labels.NAMES, edges, counts, histogram)
    held = made.crops > 0
    total = (made.probability * np.diff(edges)).sum() + made.unlabelled_share
    assert abs(total - 1) < 1e-9
    assert np.abs(made.probability.sum(axis=0) - made.density)[held].max() < 1e-9
    left = edges[:-1]
    assert np.abs(made.expected_value - np.where(left > 0, left * made.probability, 0)).max() < 1e-9
    assert abs(sum(made.shares.values()) - 1) < 1e-9
    assert abs((made.expected_value * made.scale).sum() - 1) < 1e-9


def test_weights_need_not_be_counts(made):
    crops = COUNTS.sum(axis=0)
    weighted = stack(labels.NAMES, EDGES, COUNTS * 0.3, HISTOGRAM, crops)
    assert np.allclose(weighted.proportion, made.proportion, rtol=1e-12)
    assert weighted.crops.tolist() == crops.tolist()


@pytest.mark.parametrize("bins", [3, 7, 20, 64])
@pytest.mark.parametrize("first", [-23, 4, -64])
def test_joined_bins_keep_all_positions_and_zero_as_an_edge(bins, first):
    edges = np.arange(first, first + 65) * 0.25
    histogram = np.random.default_rng(bins).integers(0, 9, 64)
    coarse, joined = labels.coarser(edges, histogram, bins)
    assert joined.sum() == histogram.sum()
    assert len(joined) <= bins + 1
    assert len(coarse) == len(joined) + 1
    step = coarse[1] - coarse[0]
    assert abs(coarse[0] / step - round(coarse[0] / step)) < 1e-9
    values = np.repeat(edges[:-1], histogram)
    assert np.histogram(values, coarse)[0].tolist() == joined.tolist()


def test_shares_of_expected_value_are_those_of_the_bins_above_zero(made):
    # the only labelled bin with a left edge above 0 is the last: 6 curve and 2 imperfect of 8
    assert made.shares == pytest.approx({"curve": 0.75, "imperfect": 0.25, "unrelated": 0, "opposing": 0})
    assert made.unlabelled_share == pytest.approx(0.08)


def test_the_standard_error_of_a_share_is_that_of_repeated_labelling():
    random = np.random.default_rng(0)
    truth, crops = np.array([[0.2, 0.5, 0.9], [0.8, 0.5, 0.1]]), 20
    edges, histogram = np.array([1.0, 2.0, 3.0, 4.0]), np.array([50, 30, 20])
    drawn = [
        stack(("a", "b"), edges, np.stack([hits, crops - hits]), histogram)
        for hits in random.binomial(crops, truth[0], size=(2000, 3))
    ]
    spread = np.std([one.shares["a"] for one in drawn])
    assert np.mean([one.share_errors["a"] for one in drawn]) == pytest.approx(spread, rel=0.1)


def test_no_expected_value_below_zero_gives_zero_shares():
    made = stack(("a", "b"), np.array([-2.0, -1.0, 0.0]), np.ones((2, 2)), np.array([5, 5]))
    assert made.shares == {"a": 0, "b": 0}


def test_crossing_is_the_first_bin_from_which_labels_stay_above_half():
    counts = np.array([[0, 6, 2, 0, 7], [0, 1, 4, 0, 2], [10, 3, 4, 0, 1]])
    made = stack(("curve", "imperfect", "other"), EDGES, counts, HISTOGRAM)
    assert made.crossing("curve", least=1) == 2.0  # 60 % at -1 does not last; the empty bin at 1 is passed over
    assert made.crossing("curve", "imperfect", least=1) == -1.0
    assert made.crossing("other", least=1) is None


def test_a_bin_of_few_crops_does_not_undo_a_crossing():
    counts = np.array([[0, 2, 9, 9, 0], [10, 8, 1, 1, 1]])
    made = stack(("curve", "other"), EDGES, counts, HISTOGRAM)
    assert made.crossing("curve") == 0.0
    assert made.crossing("curve", least=1) is None


def test_bins_are_closed_on_the_left_and_values_outside_are_left_out():
    counts = tally(np.array([-1.0, 0.0, 0.999, 3.0, -9.0]), np.zeros(5, int), EDGES, 1)
    assert counts.tolist() == [[0, 1, 2, 0, 0]]


def test_a_crop_weighs_one_however_many_people_labelled_it():
    text = HEADER + '"3@1,2",curve,ann\n"3@1,2",imperfect,bob\n"4@0,0",unrelated,ann\n'
    found = labels.read(text, images=10, positions=(4, 4))
    assert found.weight.tolist() == [0.5, 0.5, 1]
    assert found.annotators == ("ann", "bob")
    counts = tally(np.array([0.5, 0.5, 0.6]), found.label, EDGES, 4, found.weight)
    assert counts[:, 2].tolist() == [0.5, 0.5, 1, 0]


def test_names_and_their_order_are_the_authors():
    found = labels.read(HEADER + '"0@0,0",bar,a\n', names=("foo", "bar"), images=1, positions=(1, 1))
    assert (found.names, found.label.tolist()) == (("foo", "bar"), [1])


GOOD = '"3@1,2",curve,ann\n'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("image,annotator\n", 1, "no column 'label'"),
        ("image,lable,annotator\n", 1, "did you mean 'lable'"),
        (HEADER + GOOD + '"3@1,3",curv,ann\n', 3, "did you mean 'curve'"),
        (HEADER + GOOD + "3-1-2,curve,ann\n", 3, "INDEX@y,x"),
        (HEADER + '"10@1,2",curve,ann\n', 2, "images 0 to 9"),
        (HEADER + '"3@4,2",curve,ann\n', 2, "rows 0 to 3"),
        (HEADER + "3@1,2,curve,ann\n", 2, "4 cells"),
        (HEADER, 1, "no labelled crop"),
        ("", 1, "no column 'image' in nothing"),
        (HEADER + '"3@1,2",curve,"ann\nb"\n\n' + '"9@9,9",curve,ann\n', 5, "rows 0 to 3"),
    ],
)
def test_a_mistake_in_a_labels_file_carries_its_line(text, line, words):
    with pytest.raises(LabelsError) as caught:
        labels.read(text, images=10, positions=(4, 5), file="mine.csv")
    assert caught.value.line == line
    assert caught.value.__notes__ == [f"mine.csv, line {caught.value.line}"]
    assert words in str(caught.value)


def test_every_faulty_row_is_reported():
    with pytest.raises(LabelsError) as caught:
        labels.read(HEADER + "a,curve,x\n" + GOOD + "b,curve,x\n", images=10, positions=(4, 5))
    assert [line for line, _ in caught.value.problems] == [2, 4]


def test_the_activation_of_a_crop_is_the_networks_at_that_position():
    model, dataset = models.load("glyphs"), datasets.load("glyphs:3")
    maps = activations(model, dataset.images([0, 1]), "mixed3b")
    image, y, x = np.array([1, 0, 1]), np.array([3, 0, 2]), np.array([4, 1, 0])
    found = labels.crop_activations(model, dataset, "mixed3b", 2, image, y, x)["activation"]
    expected = [float(maps[i, 2, row, column]) for i, row, column in zip(image, y, x, strict=True)]
    assert found.tolist() == pytest.approx(expected, abs=1e-4)
    assert len(set(expected)) == 3


def test_an_exponential_tail_is_recovered():
    edges = np.arange(-60, 61) * 0.25
    left = edges[:-1]
    made = np.where(left >= 0, np.exp(-left / 2.0), np.exp(left / 3.5))
    right, negative = distribution.tail(edges, made, 1, 12), distribution.tail(edges, made, -12, -1)
    assert (right.scale, right.r2) == pytest.approx((2.0, 1.0), abs=1e-9)
    assert negative.scale == pytest.approx(3.5, abs=1e-9)
    assert right.log_density(np.array([4.0])) == pytest.approx(-2.0)
    assert distribution.tail(edges, np.exp(left), 1, 12) is None
    assert distribution.tail(edges, made, 1, 1.3) is None


def test_firing_is_counted_by_left_edges():
    assert distribution.share_firing(EDGES, HISTOGRAM) == pytest.approx(0.30)
    assert np.allclose(distribution.density(EDGES, HISTOGRAM) * np.diff(EDGES), HISTOGRAM / 100)
