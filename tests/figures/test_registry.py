"""Names that authors write, and what the decorator adds to a figure."""

from __future__ import annotations

import inspect

import pytest

from figures import registry
from figures.artifact import Artifact, Table
from figures.control import WORDS


@pytest.fixture(autouse=True)
def own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "FIGURES", {})


def shown(*, model: str = "glyphs", shade: int = 3) -> Artifact:
    """Show a name."""
    return Artifact(f"A figure of {model}.", (), Table(("name", "shade"), ((model, shade),)), {"shade": shade})


def test_a_figure_is_found_under_its_name_and_stays_a_function() -> None:
    registered = registry.figure("shown")(shown)
    assert {"shown": registered} == registry.FIGURES
    assert registered(model="glyphs-shape").alt == "A figure of glyphs-shape."
    assert "control" not in inspect.signature(registered).parameters


def test_control_adds_a_parameter_and_draws_the_network_before_training_beside() -> None:
    registered = registry.figure("shown", control=True)(shown)
    assert registered.__doc__ == shown.__doc__
    parameter = inspect.signature(registered).parameters["control"]
    assert (parameter.kind, parameter.default) == (parameter.KEYWORD_ONLY, False)
    assert registered(shade=1) == shown(shade=1)
    both = registered(shade=1, control=True)
    assert both.table.rows == (("figure", "glyphs", 1), ("control", "glyphs-untrained", 1))
    assert both.values == {"shade": 1, "control_shade": 1}
    assert WORDS in both.alt


def test_a_network_that_was_never_trained_has_no_control() -> None:
    registered = registry.figure("shown", control=True)(shown)
    assert registered(model="glyphs-untrained", control=True) == shown(model="glyphs-untrained")


def test_what_cannot_be_a_figure_is_refused_where_it_is_written() -> None:
    def positional(unit: str) -> Artifact: ...

    def wide(*, width: int = 3) -> Artifact: ...

    def twice(*, model: str = "glyphs", control: bool = False) -> Artifact: ...

    def without(*, shade: int = 3) -> Artifact: ...

    for function, words in ((positional, "'unit' must be keyword-only"), (wide, "'width' is an option of every")):
        with pytest.raises(TypeError, match=words):
            registry.figure("odd")(function)
    for function in (twice, without):
        with pytest.raises(TypeError, match="needs a parameter 'model' and adds one called 'control'"):
            registry.figure("odd", control=True)(function)
