"""Parameters are made of annotations alike, whether a function is there or only its source text."""

import ast
from pathlib import Path
from typing import Annotated, Literal

import pytest

from figures import hints
from figures.parameters import Count, Model, Seed, Units
from figures.ranges import Between, Length
from figures.signature import CHOICE


def sample(*, units: Units, model: Model = "glyphs", how: Literal["a", "b"] = "a", path: Path | None = None) -> None:
    """Draw something.

    how: which of
        the two ways
    """


def read(text: str, **own: str) -> object:
    return hints.evaluated(ast.parse(text, mode="eval").body, {name: ast.parse(value, mode="eval").body
                                                               for name, value in own.items()})  # fmt: skip


def test_a_function_says_what_may_be_written() -> None:
    signature = hints.of(sample, "sample")
    assert signature.summary == "Draw something."
    assert [one.kind for one in signature.parameters.values()] == ["Units", "Model", CHOICE, "Path"]
    assert [one.required for one in signature.parameters.values()] == [True, False, False, False]
    assert signature.parameters["how"].choices == ("a", "b")
    assert signature.parameters["how"].about == "which of the two ways"
    assert signature.parameters["path"].optional
    assert signature.parameters["units"].about == "which units"


def placed(x: int) -> None: ...


def untyped(*, x=1) -> None: ...


def unreadable(*, x: "Nowhere" = 1) -> None: ...  # noqa: F821


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (placed, "parameter 'x' must be keyword-only"),
        (untyped, "parameter 'x' needs a type"),
        (unreadable, "the type of 'x' cannot be read"),
    ],
)
def test_what_no_author_could_write_is_an_error(function, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        hints.of(function, "wrong")


def test_types_names_and_defaults_are_checked() -> None:
    with pytest.raises(ValueError, match="parameter 'x' has type dict; expected one of"):
        hints.parameter("x", dict)
    with pytest.raises(ValueError, match="the default of 'x' is"):
        hints.parameter("x", Annotated[int, Between(1, 3)], 4)
    with pytest.raises(ValueError, match="parameter 'name' is an option of every directive"):
        hints.parameter("name", str, "")


def test_ranges_of_numbers_and_of_lengths_are_told_apart() -> None:
    made = hints.parameter("x", Annotated[tuple[float, ...], Between(0, 9), Length(1, 4)], (1.0,))
    assert (made.range, made.length) == (Between(0, 9), Length(1, 4))


def test_a_control_needs_a_network_and_its_own_name() -> None:
    model = hints.parameter("model", Model, "glyphs")
    added = hints.control({"model": model})
    assert (added.name, added.kind, added.default) == ("control", "bool", False)
    for known in ({}, {"model": model, "control": added}):
        with pytest.raises(ValueError, match="control=True needs a parameter 'model'"):
            hints.control(known)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("int", int), ("None", None), ("'Seed'", Seed), ("parameters.Count", Count), ("Path | None", Path | None),
        ("None | Count", Count | None), ("Literal['a', 2]", Literal["a", 2]), ("tuple[float, ...]", tuple[float, ...]),
        ("tuple[Literal['a', 'b'], ...]", tuple[Literal["a", "b"], ...]),
        ("Annotated[int, Between(1, 16)]", Count), ("Side | None", Annotated[int, Between(8, 2000)] | None),
    ],
)  # fmt: skip
def test_source_text_means_what_the_annotation_would(text: str, expected: object) -> None:
    assert read(text) == expected


def test_names_of_the_script_are_followed_but_not_in_circles() -> None:
    assert read("Own", Own="Annotated[int, Between(0, 2)]") == Annotated[int, Between(0, 2)]
    with pytest.raises(ValueError, match="A"):
        read("A", A="B", B="A")


@pytest.mark.parametrize("text", ["dict", "list[int]", "tuple[int, int]", "int | float", "f()", "Annotated[int, f(1)]"])
def test_source_text_that_is_no_type_of_a_parameter_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read(text)
