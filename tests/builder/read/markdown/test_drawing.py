"""Tokens to HTML, with the parts that a page supplies."""

from builder.read.markdown.code import highlighted
from builder.read.markdown.document import render
from tests.builder.read.sample import GOOD


class Silent:
    """A page whose parts show nothing."""

    def __getattr__(self, name: str):
        return highlighted if name == "coloured" else lambda *arguments: ""


def test_drawing_twice_gives_the_same(article) -> None:
    found = article(GOOD)
    assert render(found, Silent()) == render(found, Silent())
