"""The agreement of annotators as a figure: its numbers, its table and its words say the same."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from figures.gallery.label_agreement import label_agreement
from figures.methods import datasets, models, rubric, tuning
from figures.methods.labels import NAMES as RUBRIC
from figures.methods.labels import LabelsError

NAMES = ("curve", "line", "rest")


@pytest.fixture
def labelled(tmp_path):
    """Write a labels file: one word a crop, one letter an annotator."""

    def written(*words: str):
        full = {name[0]: name for name in NAMES}
        rows = [f'"{i}@3,4",{full[one]},ann{who}' for i, word in enumerate(words) for who, one in enumerate(word)]
        path = tmp_path / "labels.csv"
        path.write_text("\n".join(["image,label,annotator", *rows]))
        return path

    return written


def test_two_annotators_face_each_other(labelled):
    artifact = label_agreement(labels=labelled("cc", "cc", "cl", "ll", "rr", "rl"), order=NAMES)
    assert artifact.values["agreement"] == pytest.approx(4 / 6)
    assert artifact.values["crops"] == 6
    assert "told" not in artifact.notes[0]
    first, last = artifact.table.rows
    assert first[:4] == ("ann0", "ann1", 6, pytest.approx(4 / 6))
    chance = (3 * 2 + 1 * 3 + 2 * 1) / 36
    assert first[4] == artifact.values["mean_kappa"] == pytest.approx((4 / 6 - chance) / (1 - chance))
    assert last[0] == "all"
    assert last[4] == artifact.values["fleiss_kappa"]
    assert artifact.values["agreement_curve"] == pytest.approx(4 / 5)
    assert "agree on 67% of pairs" in artifact.alt
    assert "Fleiss (1971)" in artifact.notes[-1]
    (chart,) = artifact.parts
    assert "ann0" in chart.svg
    assert chart.svg.count(">0<") == 4


def test_more_annotators_are_compared_in_pairs(labelled):
    artifact = label_agreement(labels=labelled("ccc", "lll", "ccr", "rr"), order=NAMES)
    assert [row[:2] for row in artifact.table.rows] == [
        ("ann0", "ann1"), ("ann0", "ann2"), ("ann1", "ann2"), ("all", "")
    ]  # fmt: skip
    assert [row[2] for row in artifact.table.rows] == [4, 3, 3, 4]
    assert "another annotator" in artifact.parts[0].svg
    assert {"kappa_ann0_ann1", "kappa_ann0_ann2", "kappa_ann1_ann2"} <= set(artifact.values)


def test_a_label_that_is_no_name_carries_its_line(labelled):
    with pytest.raises(LabelsError) as caught:
        label_agreement(labels=labelled("cc", "lr"), order=("curve", "line", "other"))
    assert caught.value.line == 5


def test_shuffled_labels_agree_by_chance(labelled):
    words = ("cc",) * 40 + ("ll",) * 40 + ("rr",) * 40
    artifact = label_agreement(labels=labelled(*words), order=NAMES, control=True)
    assert artifact.values["mean_kappa"] == pytest.approx(1)
    assert abs(artifact.values["control_mean_kappa"]) < 0.25
    assert artifact.values["control_crops"] == artifact.values["crops"] == 120
    own, chance = artifact.parts
    assert chance.title.startswith("Control: labels shuffled")
    assert artifact.notes[0].startswith("120 crops")
    assert artifact.notes[-1].startswith("Control: 120 crops")
    assert own.svg != chance.svg


@pytest.fixture(autouse=True)
def few_arcs(monkeypatch):
    """Show few arcs: tuning has tests of its own."""
    monkeypatch.setattr(tuning, "arc_responses", functools.partial(tuning.arc_responses, orientations=16))


def crops(tmp_path, who: str = "ann"):
    """Write the rubric's own labels of a few places as an annotator's."""
    places = np.array([(image, 5 + image % 5, 4 + image % 7) for image in range(24)])
    network, data = models.load("glyphs"), datasets.load("glyphs:24")
    given = rubric.given(network, data, network.unit("mixed3b:188"), places)
    rows = [f'"{i}@{y},{x}",{RUBRIC[one]},{who}' for (i, y, x), one in zip(places, given, strict=True)]
    path = tmp_path / "labels.csv"
    path.write_text("\n".join(["image,label,annotator", *rows]))
    return path


@pytest.mark.slow
def test_the_rubric_is_one_more_annotator(tmp_path):
    artifact = label_agreement(labels=crops(tmp_path), unit="mixed3b:188", dataset="glyphs:24")
    assert artifact.table.rows[0][:4] == ("ann", "rubric", 24, 1)
    assert "computed from the true outlines" in artifact.notes[-1]


@pytest.mark.slow
def test_no_annotator_may_have_the_rubrics_name(tmp_path):
    with pytest.raises(ValueError, match="an annotator is called 'rubric'"):
        label_agreement(labels=crops(tmp_path, "rubric"), unit="mixed3b:188", dataset="glyphs:24")


def test_crops_that_the_data_set_does_not_have_carry_their_line(tmp_path):
    with pytest.raises(LabelsError) as caught:
        label_agreement(labels=crops(tmp_path), unit="mixed3b:188", dataset="glyphs:20")
    assert caught.value.line == 22
