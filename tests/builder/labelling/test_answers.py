"""Labels are written whole, and nothing else that stands in the file is lost."""

import threading

import pytest

from builder.labelling.answers import Answers


@pytest.fixture
def answers(tmp_path) -> Answers:
    return Answers(tmp_path / "labels.csv", tmp_path / "labels.lock")


def test_each_label_is_in_the_file_at_once(answers):
    assert answers.rows() == []
    assert answers.add("3@1,2", "curve", "ann")
    assert answers.path.read_text() == 'image,label,annotator\n"3@1,2",curve,ann\n'
    assert answers.add("4@1,2", "rest", "bob, jr.")
    assert answers.of("bob, jr.") == {"4@1,2": "rest"}
    assert answers.annotators() == ("ann", "bob, jr.")


def test_a_crop_keeps_the_label_that_an_annotator_gave_first(answers):
    answers.add("3@1,2", "curve", "ann")
    before = answers.path.read_bytes()
    assert not answers.add("3@1,2", "rest", "ann")
    assert answers.path.read_bytes() == before
    assert answers.add("3@1,2", "rest", "bob")


def test_the_last_label_is_taken_back_and_no_other(answers):
    for crop, who in (("1@0,0", "ann"), ("9@9,9", "ann"), ("1@0,0", "bob")):
        answers.add(crop, "curve", who)
    assert answers.take_back("ann", ["1@0,0", "2@0,0"]) == "1@0,0"
    assert answers.take_back("ann", ["1@0,0", "2@0,0"]) == ""
    assert answers.path.read_text() == 'image,label,annotator\n"9@9,9",curve,ann\n"1@0,0",curve,bob\n'


def test_what_people_wrote_into_the_file_stays(answers):
    answers.path.write_bytes(
        '\ufeffannotator,note,image,label\r\nann,"two\nlines, seen",7@1,curve\r\n\r\nann,,"1@0,0",curve'.encode()
    )
    before = answers.path.read_bytes()
    answers.add("2@0,0", "rest", "ann")
    assert answers.path.read_bytes() == before + b'\nann,,"2@0,0",rest\n'
    assert answers.take_back("ann", ["1@0,0"]) == "1@0,0"
    assert answers.path.read_bytes().startswith(before.rpartition(b"ann,,")[0])
    assert answers.of("ann") == {"7@1": "curve", "2@0,0": "rest"}


def test_those_who_write_at_the_same_time_lose_nothing(answers):
    others = Answers(answers.path, answers.lock)
    writers = [
        threading.Thread(target=one.add, args=(f"{number}@0,0", "curve", name))
        for number in range(8)
        for one, name in ((answers, "ann"), (others, "bob"))
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(answers.of("ann")) == len(answers.of("bob")) == 8
