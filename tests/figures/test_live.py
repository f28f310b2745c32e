"""A live figure says what is wrong with it, and is kept whole."""

import dataclasses
import json

import pytest

from figures.artifact import Artifact, Table, pack
from figures.kept.live import Answer, Handle, LivePart
from figures.kept.record import read
from figures.live import Live
from tests.browser import sample


def live() -> Live:
    return Live(
        "units", {"graph": {}}, {"wanted": {}}, sample.picture(45), 8, (Answer("a:1", 0.5, "a:1"),), 1.0,
        (Handle("arcs", "radius", "px", 1.0, 9.0, 3.0),), "arcs", 90.0, 2.0, 6.0, (4.0, 4.0), 3, curve=(0.0, 1.0),
    )  # fmt: skip


def kept() -> LivePart:
    record, _ = pack(Artifact("An arc.", (live(),), Table(("a",), ((1,),))))
    (part,) = read(json.loads(json.dumps(record))).parts
    assert isinstance(part, LivePart)
    return part


def test_what_is_kept_is_what_was_drawn():
    part = kept()
    assert (part.answers, part.handles, part.units) == (live().answers, live().handles, ("a:1",))
    assert part.bytes == len('{"graph":{}}') + len('{"wanted":{}}')


@pytest.mark.parametrize(("changed", "said"), [({"answers": ()}, "no answers"), ({"first": "x"}, "first is 'x'")])
def test_what_cannot_begin_is_told(changed, said):
    assert any(said in one for one in dataclasses.replace(live(), **changed).problems())
    assert list(live().problems()) == []
