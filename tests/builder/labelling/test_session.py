"""Each annotator has an order of their own, and goes on in it."""

import pytest

from builder.labelling.answers import Answers
from builder.labelling.session import Session, named

CROPS = tuple(f"{image}@0,0" for image in range(20))


@pytest.fixture
def session(tmp_path) -> Session:
    return Session(CROPS, ("curve", "rest"), Answers(tmp_path / "labels.csv", tmp_path / "labels.lock"))


def test_orders_are_those_of_the_seed_and_the_annotator(session):
    ann, bob = session.order("ann"), session.order("bob")
    assert sorted(ann) == sorted(bob) == sorted(CROPS)
    assert len({ann, bob, CROPS}) == 3
    assert Session(CROPS[::-1], session.labels, session.answers).order("ann") == ann
    assert Session(CROPS, session.labels, session.answers, seed=1).order("ann") != ann


def test_more_crops_leave_the_order_of_those_before(session):
    few = Session(CROPS[:9], session.labels, session.answers).order("ann")
    assert [crop for crop in session.order("ann") if crop in few] == list(few)


def test_labelling_goes_on_where_it_stopped(session):
    assert session.label("ann", 0, "curve").number == 1
    assert session.label("ann", 1, "rest").number == 2
    again = Session(session.crops, session.labels, Answers(session.answers.path, session.answers.lock))
    state = again.state("ann")
    assert (state.done, state.total, state.number) == (2, 20, 2)
    assert again.state("bob").number == 0
    assert again.answers.of("ann") == {session.order("ann")[0]: "curve", session.order("ann")[1]: "rest"}


def test_undo_asks_for_the_last_crop_again(session):
    for number in range(3):
        session.label("ann", number, "curve")
    state = session.undo("ann")
    assert (state.done, state.number) == (2, 2)
    assert session.label("ann", 2, "rest").number == 3
    assert session.answers.of("ann")[session.order("ann")[2]] == "rest"
    assert session.undo("bob").number == 0


def test_the_end_has_no_crop(session):
    for number in range(20):
        state = session.label("ann", number, "curve")
    assert (state.done, state.number) == (20, None)


def test_what_there_is_not_is_refused_and_not_written(session):
    with pytest.raises(ValueError, match="label 'curv'; expected one of curve, rest"):
        session.label("ann", 0, "curv")
    for number in (-1, 20):
        with pytest.raises(ValueError, match="expected 0 to 19"):
            session.label("ann", number, "curve")
    assert not session.answers.path.exists()


def test_names_are_one_line_and_not_that_of_the_computed_labels():
    assert named("  Ann \n Ütt ") == "Ann Ütt"
    for text in ("", " ", "a\x00b", "x" * 61, "rubric"):
        with pytest.raises(ValueError, match="expected"):
            named(text)
