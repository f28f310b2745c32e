"""Agreement beyond chance, against examples worked by hand and what follows from the formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.methods import agreement, labels

#: How many of 14 raters put each of 10 subjects into each of 5 classes: agreement 0.378, kappa 0.210.
RATED = ((0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
         (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7))  # fmt: skip


def table(*rows: str) -> np.ndarray:
    """One row a crop, one digit an annotator; a dash where there is no label."""
    return np.array([[agreement.NONE if one == "-" else int(one) for one in row] for row in rows])


def test_cohens_kappa_of_a_fourfold_table():
    """Both say yes 20 times, both no 15, they differ 5 and 10 times: p_o 0.7, p_e 0.5, kappa 0.4."""
    rows = table(*["00"] * 20, *["01"] * 5, *["10"] * 10, *["11"] * 15)
    (pair,) = agreement.pairs(rows, ("a", "b"), 2)
    assert (pair.crops, pair.agreement, pair.kappa) == (50, pytest.approx(0.7), pytest.approx(0.4))
    assert agreement.confusion(rows, 2).tolist() == [[20, 5], [10, 15]]
    assert agreement.by_label(agreement.confusion(rows, 2)).tolist() == pytest.approx([40 / 55, 30 / 45])


def test_fleiss_kappa_of_many_raters():
    rows = np.array([np.repeat(np.arange(5), counts) for counts in RATED])
    assert agreement.fleiss(rows, 5) == pytest.approx((0.378, 0.210), abs=5e-4)


def test_fleiss_kappa_of_a_table_by_hand():
    """Three crops, three annotators: P = (1 + 1/3 + 1/3) / 3 and shares 5/9, 3/9, 1/9."""
    rows = table("000", "001", "112")
    observed, kappa = agreement.fleiss(rows, 3)
    assert observed == pytest.approx(5 / 9)
    chance = (25 + 9 + 1) / 81
    assert kappa == pytest.approx((5 / 9 - chance) / (1 - chance))


def test_the_kappas_order_of_annotators_and_crops_does_not_matter():
    random = np.random.default_rng(0)
    rows = random.integers(0, 4, (40, 5))
    one = agreement.fleiss(rows, 4)
    turned = random.permuted(rows, axis=1)[::-1]
    assert agreement.fleiss(turned, 4) == pytest.approx(one)


def test_chance_has_no_kappa_and_agreement_has_all():
    random = np.random.default_rng(0).integers(0, 3, (20000, 2))
    assert agreement.fleiss(random, 3)[1] == pytest.approx(0, abs=0.02)
    same = np.repeat(random[:50, :1], 3, axis=1)
    assert agreement.fleiss(same, 3) == (1, 1)
    assert all(pair.kappa == pytest.approx(1) for pair in agreement.pairs(same, ("a", "b", "c"), 3))
    assert math.isnan(agreement.fleiss(np.zeros((5, 2), int), 3)[1])


def test_missing_labels_are_passed_over():
    rows = table("00-", "0-1", "-11", "2--")
    found = agreement.pairs(rows, ("a", "b", "c"), 3)
    assert [(one.one, one.other, one.crops, one.agreement) for one in found] == [
        ("a", "b", 1, 1), ("a", "c", 1, 0), ("b", "c", 1, 1)
    ]  # fmt: skip
    assert agreement.fleiss(rows, 3)[0] == pytest.approx(2 / 3)
    counts = agreement.confusion(rows, 3)
    assert counts.sum() == 3
    assert np.array_equal(counts, counts.T)


def test_a_record_holds_pairs_and_all_together_and_lists_both():
    rows = table("00-", "0-1", "-11", "2--")
    seen = agreement.of(rows, ("a", "b", "c"), ("x", "y", "z"))
    assert (seen.crops, seen.share, seen.fleiss_kappa) == (3, *agreement.fleiss(rows, 3))
    assert seen.pairs == agreement.pairs(rows, ("a", "b", "c"), 3)
    columns = seen.columns()
    assert columns["annotator"] == ["a", "a", "b", "all"]
    assert columns["other"] == ["b", "c", "c", ""]
    assert columns["crops"] == [1, 1, 1, 3]
    assert columns["agreement"][-1] == seen.share
    assert columns["kappa"][-1] == seen.fleiss_kappa
    assert np.array_equal(seen.by_label, agreement.by_label(seen.confusion), equal_nan=True)


def read(*rows: str) -> labels.Labels:
    text = "\n".join(["image,label,annotator", *rows])
    return labels.read(text, names=("a", "b"), images=labels.ANY, positions=(labels.ANY,) * 2)


def test_a_file_becomes_a_table():
    found = read('"7@1,2",a,zoe', '"7@1,2",b,adam', '"9@0,0",b,adam')
    assert found.annotators == ("adam", "zoe")
    assert agreement.ratings(found).tolist() == [[1, 0], [1, -1]]


@pytest.mark.parametrize(("rows", "what"), [
    (('"7@1,2",a,zoe', '"7@1,2",b,zoe'), "crop '7@1,2' has two labels by 'zoe'; expected one"),
    (('"7@1,2",a,zoe', '"8@1,2",b,adam'), "no crop has labels by two of adam, zoe"),
])  # fmt: skip
def test_a_file_that_says_nothing_of_agreement_is_an_error(rows, what):
    with pytest.raises(ValueError, match=what):
        agreement.ratings(read(*rows))
