"""Which figures a name stands for that is to be measured and drawn again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builder import forced
from builder.errors import UsageError
from builder.plan.plan import Plan, plan_article
from builder.read import article

TEXT = """---
title: T
---

A {unit}`mixed3b:7`.

:::{probe}
:name: view
:units: mixed3b:1, mixed3b:2
:log: /dev/null
:::

:::{probe}
:name: other
:units: mixed3b:3
:log: /dev/null
:::

:::{probe}
:name: wrong
:unitz: mixed3b:3
:::
"""


@pytest.fixture
def plans(house, root: Path) -> list[Plan]:
    (root / "articles" / "a.md").write_text(TEXT)
    plan = plan_article(house, article.read(root / "articles" / "a.md", root))
    return [plan, replace(plan, article=replace(plan.article, slug="b"), requests={}, cards={}, tunings={})]


def test_a_kind_a_label_and_a_unit_stand_for_figures(house, plans: list[Plan]) -> None:
    def keys(name: str) -> set[str]:
        return set(forced.keys(name, plans, house.binder.signatures))

    view, other = (plans[0].requests[label].key for label in ("fig-view", "fig-other"))
    cards, tunings = ({one.key for one in some.values()} for some in (plans[0].cards, plans[0].tunings))
    assert keys("view") == keys("fig-view") == keys("a#view") == keys("a#fig-view") == {view}
    assert keys("probe") == {view, other}
    assert keys("mixed3b:2") == keys("glyphs/mixed3b:2") == {view}
    assert keys("mixed3b:7") == cards | tunings
    assert keys("wrong") == keys("b#view") == set()


@pytest.mark.parametrize(
    ("name", "nearest"), [("veiw", "view"), ("prob", "probe"), ("mixed3b:33", "mixed3b:3"), ("c#view", "#view")]
)
def test_a_name_that_stands_for_nothing_is_refused_with_the_nearest(house, plans, name: str, nearest: str) -> None:
    with pytest.raises(
        UsageError, match=f"no article has a figure, a label or a unit '{name}'; did you mean .*{nearest}"
    ):
        forced.keys(name, plans, house.binder.signatures)
