"""Tables of bins are read in both layouts, and their mistakes are named by line."""

from __future__ import annotations

import json

import numpy as np
import pytest

from figures.artifact import Table
from figures.methods import binned_labels
from figures.methods.binned_labels import holds_bins, read
from figures.methods.label_stack import of_bins, of_crops
from figures.methods.labels import LabelsError
from tests.figures.label_stacks import NAMES, world

TWO = ("curve", "other")


def published(left: np.ndarray, proportion: np.ndarray, density: np.ndarray) -> str:
    """Write labels as they were published: for each label 1000 times its density."""
    return json.dumps({"bins": left.tolist(), "heights": (1000 * proportion * density).tolist()})


def test_published_probabilities_give_density_and_proportions_back():
    random = np.random.default_rng(0)
    left, proportion = np.arange(-900, 1075, 25), random.dirichlet(np.ones(4), 79).T
    density = np.exp(-np.abs(left + 150) / 100.0)
    density /= density.sum() * 25
    proportion[:, [3, 75]] = 0
    table = read(published(left, proportion, density))
    density[[3, 75]] = 0
    assert table.edges.tolist() == [*left.tolist(), 1075]
    assert table.proportion == pytest.approx(proportion, abs=1e-9)
    assert table.density == pytest.approx(density / density.sum() / 25)
    assert np.isnan(table.crops).all()


def test_the_published_rule_gives_the_published_kind_of_share():
    """Three bins 25 wide at -25, 0, 25 and 50; the one at 0 counts as nothing, as a bin stands at its left edge."""
    left, density = np.array([-25, 0, 25, 50]), np.array([0.02, 0.01, 0.008, 0.002])
    proportion = np.array([[0.1, 0.2, 0.5, 1.0], [0.9, 0.8, 0.5, 0.0]])
    stack = of_bins(read(published(left, proportion, density), TWO))
    curve, other = 25 * 0.008 * 0.5 + 50 * 0.002, 25 * 0.008 * 0.5
    assert stack.share == pytest.approx([curve / (curve + other), other / (curve + other)])
    middles = np.array([12.5, 37.5, 62.5]) * (density * proportion)[:, 1:]
    assert stack.share_of("curve") != pytest.approx(middles[0].sum() / middles.sum(), abs=0.05)


def test_a_table_may_hold_counts_and_say_how_dense_bins_are():
    table = read("bin_left,curve,other,density\n0,3,1,30\n0.5,0,0,2\n1,,8,8\n", TWO)
    assert table.proportion.tolist() == [[0.75, 0, 0], [0.25, 0, 1]]
    assert table.density == pytest.approx(np.array([30, 2, 8]) / 40 / 0.5)
    assert table.crops.tolist() == [4, 0, 8]


def test_shares_with_a_density_are_no_counts_of_crops():
    table = read("bin_left,curve,other,density\n0,0.5,0.5,3\n1,0.25,0.75,1\n", TWO)
    assert np.isnan(table.crops).all()
    assert read("bin_left,curve,other,density,crops\n0,0.5,0.5,3,32\n1,0.2,0.8,1,9\n", TWO).crops.tolist() == [32, 9]


def test_the_table_of_a_stackplot_can_be_read_again():
    whole = world()
    seen = whole.scan()
    stack = of_crops(whole.crops(seen.samples.known), seen, 32)
    again = read(Table.of(stack.columns("proportion"), decimals=None).csv().decode(), NAMES)
    assert again.proportion == pytest.approx(stack.proportion)
    assert again.density == pytest.approx(stack.density)
    assert again.crops.tolist() == stack.crops.tolist()
    assert again.edges == pytest.approx(stack.edges)


@pytest.mark.parametrize(("text", "what"), [
    ("image,label,annotator\n", False),
    ("curve, bin_left ,other\n", True),
    ('{"bins": []}', True),
    ("", False),
])  # fmt: skip
def test_a_file_of_bins_is_told_from_one_of_crops(tmp_path, text, what):
    file = tmp_path / "labels"
    file.write_text(text)
    assert holds_bins(file) is what


@pytest.mark.parametrize(("text", "line", "words"), [
    ("bin_left,curve\n0,1\n", 1, "no column 'other'"),
    ("bin_left,curve,other\n", 1, "no bin below the header"),
    ("bin_left,curve,other\n0,1,2\n1,x,2\n", 3, "curve 'x' is not a number"),
    ("bin_left,curve,other\n0,1,2\n1,-1,2\n", 3, "curve -1; expected 0 or more"),
    ("bin_left,curve,other\n0,1,2\n,1,2\n", 3, "bin_left '' is not a number"),
    ("bin_left,curve,other\n0,1,2\nnan,1,2\n", 3, "bin_left nan; expected a number"),
    ("bin_left,curve,other\n0,1,2\n1,1,2\n3,1,2\n", 4, "ascend in equal steps"),
    ("bin_left,curve,other\n1,1,2\n0,1,2\n", 2, "ascend in equal steps"),
    ("bin_left,curve,other\n1,1,2\n", 2, "ascend in equal steps, at least two"),
    ("bin_left,curve,other\n0,0,0\n1,0,0\n", 1, "no bin has a label"),
    ("bin_left,curve,other\n0,0.5,0.5\n1,0.25,0.75\n", 1, "labels sum to one: expected probabilities, or a column dens"),
    ('{"bins": [0, 1]}', 1, "'heights'"),
    ('{"bins": [0, 1', 1, "not read as published bins"),
    ('{"bins": [0, 1], "heights": [[1, 2]]}', 1, "heights for curve, other"),
    ('{"bins": [0, 1], "heights": [[1, 2], [1, -2]]}', 1, "0 or more"),
    ('{"bins": [0, 1], "heights": [[1, 2], [1]]}', 1, "not read as published bins"),
])  # fmt: skip
def test_a_mistake_in_a_table_of_bins_carries_its_line(text, line, words):
    with pytest.raises(LabelsError) as caught:
        read(text, TWO, file="mine.csv")
    assert (caught.value.line, caught.value.file) == (line, "mine.csv")
    assert words in str(caught.value)


def test_every_faulty_cell_is_reported():
    with pytest.raises(LabelsError) as caught:
        binned_labels.read("bin_left,curve,other\n0,a,2\n1,-1,b\n", TWO)
    assert [line for line, _ in caught.value.problems] == [2, 3, 3]
