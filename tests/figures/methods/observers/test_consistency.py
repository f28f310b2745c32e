"""Error consistency is Cohen's kappa of right and wrong, matched by stimulus."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods.cue_conflict import Trials
from figures.methods.observers.consistency import agreement, columns, kappa, pairs


def trials(name: str, rows: list[tuple[str, str, str, str]]) -> Trials:
    stimulus, shape, texture, response = map(np.array, zip(*rows, strict=True))
    return Trials(name, "network", "", shape, texture, response, np.full(len(rows), name), stimulus)


# ten images, of which the last has no conflict: `a` is right in the first six, `b` in the first four and the seventh
def answered(right: set[int]) -> list[tuple[str, str, str, str]]:
    rows = [(f"i{k}", "cat", "dog", "cat" if k in right else "dog") for k in range(9)]
    return [*rows, ("i9", "cat", "cat", "cat")]


A, B = {0, 1, 2, 3, 4, 5}, {0, 1, 2, 3, 6}


def test_the_known_answer() -> None:
    """Of nine: both right 4, a alone 2, b alone 1, none 2; observed 6/9, expected (6·5 + 3·4) / 81."""
    [one] = pairs([trials("a", answered(A)), trials("b", answered(B))])
    assert (one.n, one.accuracies) == (9, (pytest.approx(6 / 9), pytest.approx(5 / 9)))
    assert (one.observed, one.expected) == (pytest.approx(6 / 9), pytest.approx(42 / 81))
    assert one.kappa == pytest.approx((54 - 42) / (81 - 42))
    assert one.ci95[0] < one.kappa < one.ci95[1]


def test_rows_are_matched_by_stimulus_and_not_by_place() -> None:
    rows = answered(B)
    turned = pairs([trials("a", answered(A)), trials("b", rows[::-1])])
    assert turned == pairs([trials("a", answered(A)), trials("b", rows)])
    by_place = agreement("a", "b", np.array([k in A for k in range(9)]), np.array([k in B for k in range(9)])[::-1])
    assert by_place.kappa != pytest.approx(turned[0].kappa)


def test_only_images_that_both_answered_count() -> None:
    [one] = pairs([trials("a", answered(A)[:5]), trials("b", answered(B)[3:])])
    assert one.n == 2
    [apart] = pairs([trials("a", answered(A)[:3]), trials("b", answered(B)[3:])])
    assert (apart.n, apart.kappa, apart.observed, apart.ci95) == (0, None, None, None)


def test_of_several_answers_the_first_counts() -> None:
    rows = [*answered(A), ("i8", "cat", "dog", "cat")]
    assert pairs([trials("a", rows), trials("b", answered(B))]) == pairs(
        [trials("a", answered(A)), trials("b", answered(B))]
    )


def test_the_cue_decides_what_is_right() -> None:
    [one] = pairs([trials("a", answered(A)), trials("b", answered(B))], cue="texture")
    assert one.accuracies == (pytest.approx(3 / 9), pytest.approx(4 / 9))


def test_the_ends() -> None:
    same = np.array([True, False] * 20)
    assert agreement("a", "a", same, same).kappa == pytest.approx(1)
    assert agreement("a", "b", same, ~same).kappa == pytest.approx(-1)
    assert agreement("a", "b", same, same).ci95 == (pytest.approx(1), pytest.approx(1))
    sure = np.ones(8, bool)
    undefined = agreement("a", "b", sure, sure)
    assert (undefined.kappa, undefined.ci95, undefined.observed) == (None, None, 1.0)


def test_independent_observers_have_about_none() -> None:
    random = np.random.default_rng(0)
    one, other = random.random(20_000) < 0.7, random.random(20_000) < 0.4
    found = agreement("a", "b", one, other)
    assert abs(found.kappa) < 0.03
    assert found.ci95[0] < 0 < found.ci95[1]
    assert found.ci95[1] - found.ci95[0] < 0.05


def test_kappa_of_many_tables_at_once() -> None:
    observed, expected, value = kappa(np.array([[4, 2, 1, 2], [3, 0, 0, 0]]))
    assert value[0] == pytest.approx(12 / 39)
    assert (observed[1], expected[1], np.isnan(value[1])) == (1, 1, True)


def test_every_pair_has_a_row_and_one_observer_is_too_few() -> None:
    three = [trials(name, answered(right)) for name, right in (("a", A), ("b", B), ("c", A | B))]
    table = columns(pairs(three))
    assert list(zip(table["first"], table["second"], strict=True)) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert len({len(column) for column in table.values()}) == 1
    with pytest.raises(ValueError, match="1 observer; expected at least 2"):
        pairs(three[:1])
