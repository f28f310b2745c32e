"""What is remembered of a plan is what finds its figures again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builder.plan import remembered
from builder.plan.plan import Plan, plan_article
from builder.read import article as articles

TEXT = """---
title: T
---

:::{probe}
:name: dot
:units: mixed3b:1
:log: log.txt

A dot.
:::

A unit {unit}`mixed3b:2` and {unit}`glyphs/mixed3b:3`.
"""


@pytest.fixture
def plan(root: Path, house) -> Plan:
    path = root / "articles" / "one.md"
    path.write_text(TEXT)
    made = plan_article(house, articles.read(path, root))
    assert not made.broken
    return made


def test_a_plan_is_remembered_by_its_keys(plan: Plan) -> None:
    known = json.loads(json.dumps(remembered.record(plan)))
    again = remembered.plan(plan.article, known)
    assert (
        [request.key for request in again.wanted()]
        == [request.key for request in plan.wanted()]
        == remembered.keys(known)
    )
    assert [request.text for request in again.wanted()] == [request.text for request in plan.wanted()]
    assert (list(again.cards), list(again.tunings), again.spellings) == (
        list(plan.cards),
        list(plan.tunings),
        plan.spellings,
    )
    assert (again.model, again.problems) == (plan.model, plan.problems)


def test_it_holds_as_long_as_networks_and_data_are_the_same(plan: Plan, house) -> None:
    known = remembered.materials(plan)
    assert known["models"].keys() == {"glyphs"}
    assert remembered.are_same(known, house.catalogue)
    assert not remembered.are_same({**known, "models": {"glyphs": "other"}}, house.catalogue)
    assert not remembered.are_same({**known, "models": {"nothing-of-this-name": "x"}}, house.catalogue)
