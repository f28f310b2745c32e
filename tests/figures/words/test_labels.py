"""What is said of labelled crops is what the stack holds."""

from types import SimpleNamespace

import numpy as np
import pytest

from figures.methods.labelled_crops import LabelledCrops
from figures.words import labels as words
from tests.figures.label_stacks import NAMES, stack

EDGES = [-1, 0, 1, 2]
#: Curve or imperfect: 20 %, 60 %, 100 % of 20, 20 and 30 crops.
PROPORTION = [[0.1, 0.4, 0.8], [0.1, 0.2, 0.2], [0.5, 0.4, 0], [0.3, 0, 0]]


def told(show: str = "proportion", **options: object):
    crops = options.pop("crops", [20, 20, 30])
    return words.stacked(stack(PROPORTION, EDGES, crops, **options), show, "a:1", words.RUBRIC)


def test_shares_of_the_output_their_errors_and_crops_are_quoted():
    values = told().values
    assert (values["unit"], values["crops"], values["bins"]) == ("a:1", 70, 3)
    assert values["share_firing"] == pytest.approx(2 / 3)
    assert sum(values[f"share_{name}"] for name in NAMES) == pytest.approx(1)
    assert values["share_curve_imperfect"] == pytest.approx(values["share_curve"] + values["share_imperfect"])
    assert values["share_error_curve"] == 1
    assert values["share_error_curve_imperfect"] == pytest.approx(np.sqrt(2))
    assert values["mean_output"] == pytest.approx(1 / 3)  # a third of positions stand at 1


def test_a_crossing_is_quoted_with_the_ends_of_its_interval():
    values = told().values
    assert values["crossing_curve_imperfect"] == 0.0
    assert (values["crossing_curve_imperfect_low"], values["crossing_curve_imperfect_high"]) == (0.0, 1.0)
    assert values["crossing_opposing"] == values["crossing_opposing_high"] == words.NEVER
    said = told().alt
    assert "from 0 on (95 % interval 0 to 1) more than half are curve or imperfect" in said
    assert "curve 80%" in said


def test_where_nobody_counted_crops_there_are_neither_errors_nor_intervals():
    nobody = np.full(3, np.nan)
    uncounted = stack(PROPORTION, EDGES, nobody)
    object.__setattr__(uncounted, "covariance", np.full((4, 4), np.nan))
    said = words.stacked(uncounted, "expected-value", "a:1", words.table(uncounted))
    assert not [key for key in said.values if key.endswith(("_low", "_high")) or key.startswith("share_error")]
    assert "crops" not in said.values
    assert said.values["crossing_curve_imperfect"] == 0.0
    assert "interval" not in said.alt
    assert said.notes == (words.table(uncounted),)
    assert "3 bins, in which a bin stands at its left edge" in said.notes[0]


def test_labels_that_are_no_majority_are_said_to_be_none():
    said = words.stacked(stack([[0.2] * 3, [0.1] * 3, [0.7] * 3, [0] * 3], EDGES, [9, 9, 9]), "proportion", "a:1", "s")
    assert "curve is no majority at the highest activations" in said.alt
    assert said.values["crossing_curve_imperfect"] == words.NEVER


def test_notes_say_where_labels_come_from_what_is_empty_and_what_could_not_be_read():
    gap = stack([[0.5, 0, 1], [0, 0, 0], [0.5, 0, 0], [0, 0, 0]], EDGES, [8, 0, 8], density=[0.5, 0.3, 0.2])
    photos = SimpleNamespace(dataset="photos", images=9, broken=("a.png",))
    notes = words.stacked(gap, "proportion", "a:1", words.RUBRIC, photos).notes
    assert notes[0] == words.RUBRIC
    assert "bins that hold 30.0% of positions" in notes[1]
    assert "1 of 10 images of photos" in notes[2]
    assert len(told().notes) == 1


def test_the_view_that_weighs_output_says_how():
    assert words.OUTPUT in told("expected-value").notes
    assert words.OUTPUT not in told("probability").notes


def test_the_alternative_text_names_what_is_shown():
    titles = [told(show).alt.split(" against")[0] for show in ("proportion", "probability", "expected-value")]
    assert titles == [
        "Stacked areas of share of labels", "Stacked areas of density × share of labels",
        "Stacked areas of activation × density × share",
    ]  # fmt: skip


def test_labels_are_somebodys_or_the_rubrics():
    crops = LabelledCrops(NAMES, np.zeros((3, 3)), np.zeros(3), np.zeros((3, 4)), 7, ("ann", "bob"))
    assert words.source(crops) == "7 labels of image crops by ann and bob."
    assert words.source(LabelledCrops(NAMES, np.zeros((3, 3)), np.zeros(3), np.zeros((3, 4)), 3)) == words.RUBRIC
