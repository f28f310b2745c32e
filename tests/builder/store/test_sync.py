"""Records move between stores: only what the other lacks, and nothing damaged."""

import hashlib
from pathlib import Path

import pytest

from builder.reporter import Recorded
from builder.store import Store, sync, upkeep
from builder.store.records import object_name


def objects(*contents: bytes) -> dict[str, bytes]:
    return {hashlib.sha256(data).hexdigest(): data for data in contents}


@pytest.mark.slow
def test_only_what_the_other_side_lacks_is_moved(place: str, tmp_path: Path) -> None:
    here, there = Store(tmp_path), Store(place)
    for number in range(20):
        here.put("figure", f"a{number}", {"n": number}, objects(b"shared", bytes([number])))
    wanted = [("figure", f"a{number}") for number in range(20)]
    first = sync.move(here, there, wanted[:10], Recorded())
    assert (first.records, first.there, first.missing) == (10, 0, ())
    second = sync.move(here, there, [*wanted, ("figure", "none")], Recorded())
    assert (second.records, second.there, second.missing) == (10, 10, (("figure", "none"),))
    assert sync.move(here, there, wanted, Recorded()).size == 0
    assert upkeep.verify(there, Recorded()).records == 20


def test_a_push_mends_what_verify_set_aside(place: str, tmp_path: Path) -> None:
    here, there = Store(tmp_path), Store(place)
    here.put("figure", "ab12", {}, objects(b"one"))
    sync.move(here, there, [("figure", "ab12")], Recorded())
    there.place.write(object_name(next(iter(objects(b"one")))), b"bad")
    assert len(upkeep.verify(there, Recorded()).damaged) == 2
    assert sync.move(here, there, [("figure", "ab12")], Recorded()).records == 1
    assert there.get("figure", "ab12").objects == objects(b"one")


def test_a_damaged_object_is_not_pushed(place: str, tmp_path: Path) -> None:
    said: list[str] = []
    here, there = Store(tmp_path, said.append), Store(place)
    here.put("figure", "ab12", {}, objects(b"one"))
    (tmp_path / object_name(next(iter(objects(b"one"))))).write_bytes(b"bad")
    assert sync.move(here, there, [("figure", "ab12")], Recorded()).missing == (("figure", "ab12"),)
    assert upkeep.listing(there).rows == ()
    assert "damaged" in said[0]
