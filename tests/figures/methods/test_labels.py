"""A labels file is read as it stands, and its mistakes are named by line."""

from __future__ import annotations

import pytest

from figures.methods import labels
from figures.methods.labels import LabelsError

HEADER = "image,label,annotator\n"


def test_a_crop_weighs_one_however_many_people_labelled_it():
    text = HEADER + '"3@1,2",curve,ann\n"3@1,2",imperfect,bob\n"4@0,0",unrelated,ann\n'
    found = labels.read(text, images=10, positions=(4, 4))
    assert found.weight.tolist() == [0.5, 0.5, 1]
    assert found.annotators == ("ann", "bob")
    assert found.place.tolist() == [[3, 1, 2], [3, 1, 2], [4, 0, 0]]


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
