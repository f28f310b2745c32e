"""What is said of answers is what they are."""

from figures.words import top_answers as words
from tests.figures.answered import answered


def test_answers_go_by_picture_and_rank() -> None:
    said = words.top_answers(answered())
    assert said.values["answer"] == said.values["answer-1-1"] == "cat"
    assert said.values["probability"] == 0.7
    assert (said.values["answer-2-2"], said.values["probability-2-2"]) == ("cup", 0.0004)
    assert (said.values["told"], said.values["right"]) == (2, 1)
    assert "me.jpg, cat with 70%, which is right; image 7 of photographs, rocket with 50%, which is wrong" in said.alt
    assert "16 x 16 pixels" in said.notes[0]
    assert "softmax of 4 logits" in said.notes[0]


def test_without_a_truth_nothing_is_called_right_or_wrong() -> None:
    said = words.top_answers(answered(((), ())))
    assert "right" not in said.values
    assert "right" not in said.alt + " ".join(said.notes)
