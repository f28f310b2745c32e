"""A lens says what is wrong with it, and is kept whole."""

from __future__ import annotations

import dataclasses
import json

import pytest

from figures.artifact import Artifact, Table, pack
from figures.charts import dictionary as charts
from figures.kept.parts import LensPart
from figures.kept.record import read
from tests.figures import blocks


@pytest.fixture(scope="module")
def lens():
    return charts.draw(blocks.dictionary(), size=64, alt_text="A cat.")[0]


def test_what_is_kept_is_what_was_drawn(lens):
    record, objects = pack(Artifact("A cat.", (lens,), Table(("a",), ((1,),))))
    (kept,) = read(json.loads(json.dumps(record))).parts
    assert isinstance(kept, LensPart)
    assert (kept.rows, kept.columns, kept.names, kept.cells, kept.listed) == (
        lens.rows, lens.columns, lens.names, lens.cells, lens.listed,
    )  # fmt: skip
    assert {digest for _, digest in kept.pictures} <= set(objects)
    assert kept.units == ("a:3", "a:1", "a:2")
    assert kept.raster == kept.picture.object
    assert kept.place(3) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"cells": ()}, "0 cells; expected 4, 2 by 2"),
        ({"names": ("a:3",)}, "1 names; expected one for each of 3 tiles"),
        ({"cells": (((9, 1.0),),) * 4}, "a cell names 9 of 4 names"),
        ({"listed": ()}, "no cell is listed"),
        ({"listed": (4,)}, "listed is cell 4 of 4"),
        ({"rows": 0}, "rows is 0"),
    ],
)
def test_what_points_at_nothing_is_told(lens, changed, said):
    assert any(said in problem for problem in dataclasses.replace(lens, **changed).problems())
    assert list(lens.problems()) == []
