"""Heads of blocks of other systems."""

import pytest

from builder.read.markdown.directives import PLAIN
from builder.read.markdown.divs import meant


@pytest.mark.parametrize(
    ("head", "directive"),
    [
        (" note", "note"),
        ("{.callout-warning}", "warning"),
        (' {.callout-tip collapse="true"}', "tip"),
        ("tip[Title]", "tip"),
        ("info", "note"),
        (" {.columns}", "subfigures"),
        (" {.panel-tabset}", "tabs"),
        (" {#fig-x layout-ncol=2}", "subfigures"),
        (" {#thm-x}", "theorem"),
        ("marign", "margin"),
        ("tuning-of-it", "name"),
        (" {}", "name"),
    ],
)
def test_they_are_told_as_a_directive_begins(head: str, directive: str) -> None:
    assert meant(head, tuple(PLAIN)) == f":::{{{directive}}}"
