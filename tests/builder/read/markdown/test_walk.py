"""One walk numbers everything in the order of reading."""

import random
import re

import pytest

from builder.read.markdown.walk import prefixed

BLOCKS = {
    "FIGURE": ":::{tuning}\n\nA caption.\n:::",
    "IMAGE": ":::{image} plate.png\n:alt: Words\n\nA caption.\n:::",
    "TABLE": "Table: A caption.\n\n| a |\n|---|\n| b |",
    "EQUATION": "$$\na = {i}\n$$ (eq-{i})",
}
NUMBERED_WITH = {"IMAGE": "FIGURE"}


@pytest.mark.parametrize("seed", range(5))
def test_things_are_numbered_in_the_order_of_reading_each_kind_by_itself(draw, seed: int) -> None:
    kinds = random.Random(seed).choices(list(BLOCKS), k=12)
    drawn = draw("\n\n".join(BLOCKS[kind].replace("{i}", str(i)) for i, kind in enumerate(kinds)) + "\n")
    found = re.findall(r"<(FIGURE|IMAGE|TABLE|EQUATION)\b[^>]*? number=(\d+)", drawn)
    assert [kind for kind, _ in found] == kinds
    counts: dict[str, int] = {}
    for kind, number in found:
        shared = NUMBERED_WITH.get(kind, kind)
        counts[shared] = counts.get(shared, 0) + 1
        assert int(number) == counts[shared]


@pytest.mark.parametrize("name", ["curves", "fig-curves"])
def test_a_label_gets_its_prefix_once(name: str) -> None:
    assert prefixed("fig-", name) == prefixed("fig-", prefixed("fig-", name)) == "fig-curves"
