"""Published response files are read as their columns say, and mistakes carry their line."""

from __future__ import annotations

import pytest

from figures.methods.cue_conflict import table
from figures.methods.responses import ResponsesError, read, stimulus_of, texture_category

HEADER = "subj,session,trial,rt,object_response,category,condition,imagename\n"
HUMAN = "subject-01,1,{0},0.81,{1},{2},0,{0:04d}_cue_s01_0_{2}_00_{3}.png\n"
NETWORK = "alexnet,1,{0},NaN,{1},{2},0,{0:04d}_cue_dnn_0_{2}_00_{3}.png\n"


def line(kind, trial, answer, shape, stimulus):
    return kind.format(trial, answer, shape, stimulus)


def test_people_are_one_observer_and_each_network_another():
    text = HEADER + "".join([
        line(HUMAN, 1, "cat", "cat", "cat1-dog2"),
        line(HUMAN, 2, "dog", "dog", "dog1-cat2").replace("subject-01", "subject-02"),
        line(NETWORK, 1, "dog", "cat", "cat1-dog2"),
        line(NETWORK, 2, "cat", "cat", "cat3-cat2"),
    ])  # fmt: skip
    humans, network = read(text)
    assert (humans.observer, humans.kind, len(set(humans.subject))) == ("humans", "human", 2)
    assert (network.observer, network.kind) == ("alexnet", "network")
    assert table(humans)[0].bias == 1
    assert (table(network)[0].bias, table(network)[0].n) == (0, 1)


def test_no_answer_is_an_answer_and_does_not_make_a_person_a_network():
    late = line(HUMAN, 2, "na", "cat", "cat1-car2").replace("0.81", "NaN")
    (humans,) = read(HEADER + line(HUMAN, 1, "cat", "cat", "cat1-dog2") + late)
    overall = table(humans)[0]
    assert (overall.n, overall.shape, overall.na, overall.other) == (2, 1, 1, 0)


def test_the_texture_is_the_second_hyphen_field_even_of_turned_stimuli():
    assert texture_category("0001_sil_s01_0_airplane_00_airplane1-bicycle2-108.png") == "bicycle"
    assert texture_category("airplane10-oven3.png") == "oven"
    assert stimulus_of("0044_x_dnn_0_cat_00_cat1-dog2.png") == stimulus_of("0001_x_s07_0_cat_00_cat1-dog2.png")


def test_columns_are_trusted_over_names():
    """The name's own category field and its order of columns do not matter."""
    text = "imagename,category,object_response,rt,trial,session,subj,condition,extra\n"
    text += "session_1/0001_x_s01_0_dog_00_cat1-dog2.png,cat,cat,NaN,1,1,net,0,?\n"
    (network,) = read(text)
    assert (network.shape[0], network.texture[0]) == ("cat", "dog")


def test_conditions_are_kept_apart():
    other = line(NETWORK, 1, "cat", "cat", "cat1-dog2").replace(",0,0001", ",silhouette,0001")
    first, second = read(HEADER + line(NETWORK, 1, "cat", "cat", "cat1-dog2") + other)
    assert (first.condition, second.condition) == ("0", "silhouette")


GOOD = line(NETWORK, 1, "cat", "cat", "cat1-dog2")


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        (HEADER.replace("object_response", "response"), 1, "did you mean 'response'"),
        (HEADER + GOOD + line(NETWORK, 2, "cats", "dog", "dog1-cat2"), 3, "did you mean 'cat'"),
        (HEADER + GOOD + line(NETWORK, 2, "cat", "dog", "dog1"), 3, "has no texture"),
        (HEADER + GOOD + line(NETWORK, 2, "cat", "dog", "dog1-2"), 3, "has no texture"),
        (HEADER + GOOD.replace("NaN", "fast"), 2, "rt 'fast'"),
        (HEADER + GOOD + GOOD, 3, "already answered 'cat1-dog2' on line 2"),
        (HEADER + "a,b\n", 2, "2 cells"),
        (HEADER, 1, "no response"),
    ],
)
def test_a_mistake_carries_its_line(text, number, words):
    with pytest.raises(ResponsesError) as caught:
        read(text, file="theirs.csv")
    assert caught.value.line == number
    assert caught.value.__notes__ == [f"theirs.csv, line {caught.value.line}"]
    assert words in str(caught.value)
