"""A small network answers as its weights say, and a seed fixes it."""

import numpy as np
import pytest

from figures.methods.toy_network import toy_network


def test_sums_pass_rectifiers_but_for_the_last():
    seen = toy_network((4, 3, 2), seed=5)
    given, hidden, output = seen.answers
    assert np.array_equal(hidden, np.maximum(given @ seen.weights[0], 0))
    assert np.array_equal(output, hidden @ seen.weights[1])
    assert ((given >= 0) & (given < 1)).all()


def test_what_a_table_lists_adds_up_to_the_output():
    seen = toy_network((5, 3, 4, 1))
    rows = seen.columns()
    assert seen.names == ("input", "hidden 1", "hidden 2", "output")
    assert len(rows["weight"]) == 5 * 3 + 3 * 4 + 4
    into = [adds for to, adds in zip(rows["to"], rows["adds"], strict=True) if to == "output:0"]
    assert sum(into) == pytest.approx(float(seen.answers[-1][0]))


def test_a_seed_fixes_it():
    first, again, other = (toy_network((3, 2), seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.weights[0], again.weights[0])
    assert not np.array_equal(first.weights[0], other.weights[0])
