"""Whoever draws pages can draw everything that an article may hold."""

import inspect

import pytest

from builder.press.parts import PageParts
from builder.read.markdown.parts import Parts
from tests.builder.read.markdown.conftest import Plain

METHODS = sorted(name for name in vars(Parts) if not name.startswith("_"))


@pytest.mark.parametrize("drawer", [PageParts, Plain])
@pytest.mark.parametrize("name", METHODS)
def test_every_element_can_be_drawn_and_is_given_the_same(drawer: type, name: str) -> None:
    ours, asked = (list(inspect.signature(getattr(one, name)).parameters) for one in (drawer, Parts))
    assert len(ours) == len(asked)


def test_nothing_is_drawn_that_no_article_asks_for() -> None:
    """Hero and cards belong to the page and not to the text."""
    public = {name for name, one in vars(PageParts).items() if inspect.isfunction(one) and name[0] != "_"}
    assert public - set(METHODS) == {"hero", "cards"}
