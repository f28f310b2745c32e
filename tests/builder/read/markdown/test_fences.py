"""Colons within code."""

import pytest


@pytest.mark.parametrize(
    "code", ["```\n:::\nx\n```", "~~~~\n::::\n~~~~", "```md\n:::{note}\nA\n:::\n```", "  ```\n  :::\n  ```"]
)
def test_they_do_not_close_the_directive_around_it(draw, code: str) -> None:
    drawn = draw(f":::{{note}}\n{code}\nafter\n:::\n\nrest")
    assert drawn.endswith("<p>after</p>\n</CALLOUT>\n<p>rest</p>")


def test_code_that_is_not_closed_ends_with_its_directive(draw) -> None:
    assert draw(":::{note}\n```\nx\n:::\n\nrest").endswith("</CALLOUT>\n<p>rest</p>")
