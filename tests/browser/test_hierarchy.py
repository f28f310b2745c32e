"""Trees of units: rows with lines, keys, what is kept; lists where there are no scripts or no room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from figures import artifact
from figures.charts import hierarchy
from figures.methods.walks.walk import Node, Sum
from figures.units import Unit
from tests.browser import sample
from tests.browser.resting import rest
from tests.browser.test_accessibility import RUN, axe  # noqa: F401 - a fixture
from tests.figures import walked

pytestmark = pytest.mark.browser

TEXT = """

## A tree

:::{tree}
:name: tree
:width: body

What a cat is composed of.
:::

After it.
"""
SEEN = """() => [...document.querySelectorAll('.walk-card')].filter((one) => one.getClientRects().length)
  .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top || a.getBoundingClientRect().left - b.getBoundingClientRect().left)
  .map((one) => one.dataset.name)"""
LINES = """() => [...document.querySelectorAll('.walk-edges path')].map((one) =>
  [one.getAttribute('class'), +one.getAttribute('stroke-width')])"""
FOCUSED = "document.activeElement.closest('.walk-card')?.dataset.name"
WAYS = """() => [...document.querySelectorAll('.walk-ways button')].filter((one) => one.getClientRects().length)
  .flatMap((one) => [one.offsetWidth, one.offsetHeight])"""
SUM = "document.querySelector('.walk-sum').textContent"


def tree() -> artifact.Artifact:
    below = Node(Unit("a", 6, (0, 0)), "", "", (0, 0), 1.0, 2, 1, -1.0, 0.5, 0.1)
    seen = walked.walk(
        nodes=(*(replace(node, unit=renamed(node.unit)) for node in walked.NODES), below), patches=(),
        sums={**walked.SUMS, 2: Sum("a", 3.0, 1.0, False)}, rules=("guided",) * 6,
        maps=walked.np.stack([walked.path(seed) for seed in range(6)]),
    )  # fmt: skip
    part = hierarchy.draw(seen, alt_text="A tree of six units.")
    return artifact.Artifact("A tree.", (part,), artifact.Table(("a",), ((1,),)))


def renamed(unit: Unit) -> Unit:
    """One of them has a page in the sample."""
    return replace(unit, layer="mixed3b") if unit.layer == "b" else unit


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder, source = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("source")
    return sample.build(folder, source, sample.TEXT + TEXT, {"tree": tree()})


def test_rows_lie_below_one_another_with_lines_as_wide_as_their_shares(visit) -> None:
    tab = visit()
    assert tab.evaluate(SEEN) == ["logits:1", "mixed3b:3", "mixed3b:0-", "mixed3b:2", "a:5"]
    lines = tab.evaluate(LINES)
    assert [kind for kind, _ in lines] == ["walk-for", "walk-against", "walk-for walk-apart", "walk-for"]
    assert lines[0][1] > lines[1][1] > lines[2][1] >= 1
    assert tab.evaluate("document.querySelector('[data-name=\"mixed3b:3\"] a').pathname").endswith("mixed3b-3.html")


def test_keys_open_keep_and_set_apart_and_the_address_remembers(visit) -> None:
    tab = visit()
    tab.evaluate("document.querySelector('[data-name=\"logits:1\"] .walk-toggle').focus()")
    for key in ("ArrowDown", "ArrowRight"):
        tab.keyboard.press(key)
    assert tab.evaluate(FOCUSED) == "mixed3b:0-"
    tab.keyboard.press("Enter")
    assert tab.evaluate(SEEN)[-1] == "a:6"
    assert tab.evaluate(SUM) == "fur − eye"
    tab.keyboard.press("d")
    assert tab.evaluate(SUM) == "fur"
    assert tab.evaluate(FOCUSED) == "mixed3b:0-"
    rest(tab, 250)
    assert tab.evaluate("location.hash") == "#fig-tree.open=2&fig-tree.discarded=2,3"
    tab.reload()
    rest(tab, 250)
    assert tab.evaluate(SEEN) == ["logits:1", "mixed3b:3", "mixed3b:0-", "mixed3b:2", "a:6"]
    assert tab.evaluate(SUM) == "fur"
    tab.click("[data-name='mixed3b:0-'] .walk-toggle")
    assert tab.evaluate(SEEN)[-1] == "mixed3b:2"


def test_a_tree_breaks_no_rule_of_accessibility(visit, axe) -> None:  # noqa: F811
    tab = visit()
    tab.evaluate(axe)
    found = tab.evaluate(RUN)["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == []


def test_on_a_phone_and_without_scripts_it_is_a_list(visit, browser, site) -> None:
    tab = visit(viewport={"width": 390, "height": 900})
    assert tab.evaluate("getComputedStyle(document.querySelector('.walk-edges')).display") == "none"
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    plain = browser.new_context(java_script_enabled=False)
    still = plain.new_page()
    still.goto(site["arcs/index.html"].as_uri())
    assert still.locator(".walk-card:visible").count() == 6
    plain.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_tap_opens_closes_keeps_and_sets_apart(visit, width) -> None:
    tab = visit(viewport={"width": width, "height": 900}, has_touch=True, is_mobile=True)
    tap = "[data-name='mixed3b:0-'] .walk-toggle"
    assert "a:6" not in tab.evaluate(SEEN)
    tab.tap(tap)
    assert "a:6" in tab.evaluate(SEEN)
    tab.tap(tap)
    assert "a:6" not in tab.evaluate(SEEN)
    tab.get_by_role("button", name="discard mixed3b:0-").tap()
    assert tab.evaluate(SUM) == "fur"
    tab.get_by_role("button", name="keep mixed3b:0-").tap()
    assert tab.evaluate(SUM) == "fur − eye"
    rest(tab, 250)
    assert tab.evaluate("location.hash").startswith("#fig-tree.open=0&fig-tree.kept=")
    sides = tab.evaluate(WAYS)
    assert min(sides) >= 36
