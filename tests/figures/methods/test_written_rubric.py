"""What annotators are told is read whole, and every mistake in it is found."""

import pytest

from figures.methods import written_rubric
from figures.methods.labels import LabelsError
from figures.methods.written_rubric import Meaning

NAMES = ("curve", "rest")


@pytest.fixture
def rubric(tmp_path):
    def written(*lines: str):
        path = tmp_path / "rubric.csv"
        path.write_text("\n".join(["label,says,examples", *lines]))
        return path

    return written


def test_meanings_stand_in_the_order_of_the_labels(rubric):
    path = rubric('rest,"All else, dots too.",', 'curve,An arc.,"3@1,2 4@5,6"')
    curve, rest = written_rubric.of_file(path, NAMES)
    assert curve == Meaning("curve", "An arc.", ((3, 1, 2), (4, 5, 6)))
    assert rest == Meaning("rest", "All else, dots too.")


def test_every_mistake_is_told_with_its_line(rubric):
    path = rubric("curve,An arc.,9@0", "curv,Another.,", 'rest,All else.,"3@0,0"', "rest,Again.,")
    with pytest.raises(LabelsError) as caught:
        written_rubric.of_file(path, NAMES, images=3, positions=(2, 2))
    assert [line for line, _ in caught.value.problems] == [2, 3, 4]
    said = str(caught.value)
    assert "'9@0' is not of the form" in said
    assert "did you mean 'curve'?" in said
    assert "images 0 to 2" in said


def test_each_label_has_one_line(rubric):
    with pytest.raises(LabelsError, match="no line for rest"):
        written_rubric.of_file(rubric("curve,An arc.,"), NAMES)
    with pytest.raises(LabelsError, match="'rest' a second time") as caught:
        written_rubric.of_file(rubric("curve,An arc.,", "rest,One.,", "rest,Two.,"), NAMES)
    assert caught.value.line == 4
