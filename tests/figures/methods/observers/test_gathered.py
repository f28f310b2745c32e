"""Networks measured here and published observers stand beside each other."""

from __future__ import annotations

import pytest

from figures.methods.observers import gathered
from figures.methods.observers.gathered import Recipe
from tests.figures import rigged_observers as rigged


@pytest.fixture
def networks(monkeypatch):
    known = {cue: rigged.network(cue) for cue in ("shape", "texture")}
    known["fine"] = rigged.network("shape", tuple(map(str, range(1000))), (281, 207))
    monkeypatch.setattr(gathered.models, "load", known.__getitem__)


def test_people_and_networks_of_a_folder_see_the_same_stimuli(networks, tmp_path) -> None:
    people = tmp_path / "people.csv"
    people.write_text(rigged.table("subject-01", [("cat1-dog1", "cat"), ("dog1-cat1", "na")], rt="0.7"))
    seen = gathered.of(("shape", "fine"), (people,), Recipe(pictures=str(rigged.folder(tmp_path))))
    assert [one.kind for one in seen.trials] == ["network", "network", "human"]
    assert set(seen.trials[2].stimulus) <= set(seen.trials[0].stimulus)
    assert dict(seen.grouped) == {seen.trials[1].observer: (207, 16)}


def test_a_file_of_categories_decides(networks, tmp_path) -> None:
    own = tmp_path / "mine.json"
    own.write_text('{"cat": ["dog"], "dog": ["cat"]}')
    seen = gathered.of(("shape",), (), Recipe(pictures=str(rigged.folder(tmp_path)), categories=own))
    assert (seen.trials[0].response != seen.trials[0].shape).all()


def test_what_is_only_for_pictures_is_refused_without_them(networks) -> None:
    with pytest.raises(ValueError, match="head says how networks answer pictures of a folder; expected pictures too"):
        gathered.of(("shape",), (), Recipe(head="logits"))
