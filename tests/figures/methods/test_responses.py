"""Published response files are read as their columns say, and mistakes carry their line."""

from __future__ import annotations

import pytest

from figures.methods.cue_conflict import table
from figures.methods.responses import (
    ResponsesError,
    files_beside,
    people,
    read,
    read_files,
    stimulus_of,
    texture_category,
)

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


def written(folder, name: str, *lines: str):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(HEADER + "".join(lines))
    return folder / name


def test_the_sessions_of_one_folder_are_one_observers(tmp_path):
    """File names vary; a session in which a person never answered in time is theirs all the same."""
    late = line(HUMAN, 1, "na", "cat", "cat2-dog2").replace("0.81", "NaN")
    files = (
        written(tmp_path, "x_subject-01_session-1.csv", line(HUMAN, 1, "cat", "cat", "cat1-dog2")),
        written(tmp_path, "x_subject_01_session_2.csv", late),
    )
    (humans,) = read_files(files)
    assert (humans.kind, humans.response.tolist()) == ("human", ["cat", "na"])


@pytest.mark.parametrize("kind", [HUMAN, NETWORK])
def test_two_observers_of_one_name_in_two_folders_have_to_be_told_apart(tmp_path, kind):
    files = [written(tmp_path / who, "a.csv", line(kind, 1, "cat", "cat", f"cat{n}-dog2"))
             for n, who in enumerate(("caffe", "torchvision"))]  # fmt: skip
    with pytest.raises(
        ResponsesError, match="answers in the folder 'caffe' too; .* rename one of them, in its column"
    ) as caught:
        read_files(files)
    assert (caught.value.file, caught.value.line) == (str(files[1]), 2)
    files[1].write_text(
        files[1].read_text().replace("alexnet,", "alexnet-torchvision,").replace("subject-01,", "subject-11,")
    )
    assert sum(len(each.response) for each in read_files(files)) == 2


def test_a_network_that_answers_twice_in_two_files_is_told_with_both(tmp_path):
    files = [written(tmp_path, name, GOOD) for name in ("a.csv", "b.csv")]
    with pytest.raises(ResponsesError, match="already answered 'cat1-dog2' on line 2 of .*a.csv"):
        read_files(files)


@pytest.mark.parametrize("missing", ["na", "NaN", "NA", ""])
def test_nothing_else_is_taken_for_a_missing_value(missing):
    """`null`, `None` and `nil` would be answers like others; `na` and `NaN` are none, whatever a program made of them."""
    first = line(HUMAN, 1, missing, "cat", "cat1-dog2").replace("0.81", "NaN")
    (humans,) = read(HEADER + first + line(HUMAN, 2, "cat", "cat", "cat2-dog2"))
    assert (table(humans)[0].na, humans.response[0]) == (1, "na")
    with pytest.raises(ResponsesError, match="response 'null' is no category"):
        read(HEADER + line(HUMAN, 1, "null", "cat", "cat1-dog2"))


def test_an_answer_may_name_a_category_that_no_image_of_the_table_shows():
    (network,) = read(HEADER + line(NETWORK, 1, "keyboard", "cat", "cat1-dog2"))
    assert table(network)[0].other == 1
    with pytest.raises(ResponsesError, match="'keyboard' is no category"):
        read(HEADER + line(NETWORK, 1, "keyboard", "disc", "disc1-dog2"))


def test_people_are_taken_apart_and_networks_are_not():
    other = line(HUMAN, 2, "dog", "dog", "dog1-cat2").replace("subject-01", "subject-02")
    humans, network = read(HEADER + line(HUMAN, 1, "cat", "cat", "cat1-dog2") + other + GOOD)
    assert [(one.observer, len(one.response)) for one in people(humans)] == [("subject-01", 1), ("subject-02", 1)]
    assert people(network) == [network]


def test_people_under_two_conditions_keep_them(tmp_path):
    other = line(HUMAN, 1, "cat", "cat", "cat1-dog2").replace(",0,0001", ",texture,0001")
    file = written(tmp_path, "a.csv", line(HUMAN, 1, "cat", "cat", "cat1-dog2"), other)
    beside = files_beside((file,), ())
    assert [one.observer for each in beside for one in people(each)] == ["subject-01 (0)", "subject-01 (texture)"]
