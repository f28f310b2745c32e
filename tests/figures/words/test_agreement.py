"""What is said of annotators is what the record holds."""

import math

import numpy as np
import pytest

from figures.methods.agreement import Agreement, Pair
from figures.words import agreement as words

PAIRS = (Pair("Ann B.", "bob", 10, 0.8, 0.6), Pair("bob", "cal", 4, 0.5, math.nan), Pair("Ann B.", "cal", 4, 0.6, 0.2))
COUNTS = np.array([[5.0, 2.0, 0.0], [1.0, 4.0, 0.0], [0.0, 0.0, 0.0]])


def seen(annotators: tuple[str, ...] = ("Ann B.", "bob", "cal"), kappa: float = 0.43, counts=COUNTS) -> Agreement:
    return Agreement(("x", "y", "z"), annotators, 12, PAIRS, counts, np.array([0.7, 0.6, math.nan]), 0.6145, kappa)


def test_values_name_pairs_and_labels_and_leave_out_what_chance_leaves_open():
    values = words.agreement(seen()).values
    assert (values["annotators"], values["crops"], values["agreement"]) == (3, 12, 0.6145)
    assert values["kappa_ann_b__bob"] == 0.6
    assert "kappa_bob_cal" not in values
    assert values["mean_kappa"] == pytest.approx(0.4)
    assert (values["least_kappa"], values["greatest_kappa"], values["fleiss_kappa"]) == (0.2, 0.6, 0.43)
    assert (values["agreement_x"], values["agreement_y"]) == (0.7, 0.6)
    assert "agreement_z" not in values


def test_the_words_sum_up_all_annotators_and_say_what_is_confused():
    said = words.agreement(seen())
    assert (
        "12 crops with labels by at least two of 3 annotators, who agree on 61% of pairs; Fleiss' κ 0.43." in said.alt
    )
    assert said.alt.endswith("Most often taken for each other: x and y.")
    assert said.notes == (words.summary(seen()), words.FORMULA)


def test_where_chance_leaves_no_kappa_or_nothing_is_confused_nothing_is_said_of_it():
    plain = words.agreement(seen(kappa=math.nan, counts=np.diag([3.0, 4.0, 0.0])))
    assert "Fleiss' κ" not in plain.alt
    assert "taken for each other" not in plain.alt
    assert "fleiss_kappa" not in plain.values


def test_the_rubric_is_no_person():
    assert words.agreement(seen(), rubric=True).notes[-1] == words.RUBRIC


def test_two_annotators_are_named_and_more_are_not():
    assert words.who(seen(("ann", "bob"))) == ("ann", "bob")
    assert words.who(seen()) == ("one annotator", "another annotator")
