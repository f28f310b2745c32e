"""The nearest name is proposed, and only one that is near."""

from __future__ import annotations

import pytest

from figures.nearest import nearest


@pytest.mark.parametrize(("name", "hint"), [("alpah", "; did you mean 'alpha'?"), ("qqqq", ""), ("", "")])
def test_only_a_near_name_is_proposed(name: str, hint: str) -> None:
    assert nearest(name, iter(["alpha", "omega"])) == hint
    assert nearest(name, []) == ""
