"""The agreement of annotators as a figure: its numbers, its table and its words say the same."""

from __future__ import annotations

import pytest

from figures.gallery.label_agreement import label_agreement
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


def test_a_label_that_is_no_name_carries_its_line(labelled):
    with pytest.raises(LabelsError) as caught:
        label_agreement(labels=labelled("cc", "lr"), order=("curve", "line", "other"))
    assert caught.value.line == 5
