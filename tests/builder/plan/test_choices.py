"""Parameters with several values: every state is the directive of its one values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builder.errors import Place
from builder.plan import choices
from builder.read.markdown.values import read, read_figure
from figures.signature import Parameter
from tests.builder.plan.test_request import DEFAULTS, asked


def bound(house, **options: str):
    return choices.bind(house.binder, asked(house.settings.root, **options), DEFAULTS)


def messages(house, **options: str) -> list[str]:
    made, problems = bound(house, **options)
    assert made is None
    return [str(problem) for problem in problems]


def test_every_state_is_the_request_of_its_directive(house) -> None:
    made, problems = bound(house, units="mixed3b:3 | mixed3b:5, mixed3b:7", log="x", power="1 ... 5 step 2")
    assert problems == []
    written = [(units, power) for units in ("mixed3b:3", "mixed3b:5, mixed3b:7") for power in "135"]
    assert [state.labels for state in made.states] == written
    for (units, power), state in zip(written, made.states, strict=True):
        request, _ = house.binder.bind(asked(house.settings.root, units=units, log="x", power=power), DEFAULTS)
        assert state.request == request
    assert [(one.name, one.title, one.kind) for one in made.choices] == [
        ("units", "Units", "toggle"),
        ("power", "Power", "slider"),
    ]
    assert made.choices[0].about == "the units to number."


def test_one_value_is_no_choice(house) -> None:
    made, _ = bound(house, units="mixed3b:3", log=r"a\|b", power="2")
    assert (made.choices, len(made.states)) == ((), 1)
    request = made.states[0].request
    assert request.parameters["log"] == request.options["log"] == "a|b"
    assert r":log: a\|b" in request.text


@pytest.mark.parametrize(
    ("kind", "text", "values"),
    [
        ("int", "6 | 12", ["6", "12"]),
        ("int", "1 … 3", ["1", "2", "3"]),
        ("float", "0.1 ... 0.5 step 0.2 | 2", ["0.1", "0.3", "0.5", "2"]),
        ("float", "-10 ... 100 step 100", ["-10", "90"]),
        ("str", "1 ... 3", ["1 ... 3"]),
        ("str", r"a \| b | c", ["a | b", "c"]),
        ("Phrases", "a | b, c", ["a | b, c"]),
        ("Phrases", "a | b || c", ["a | b", "c"]),
    ],
)
def test_values_are_read_as_their_kind_has_them(kind: str, text: str, values: list[str]) -> None:
    assert list(choices._read(text, Parameter("x", kind))) == values


def test_labels_carry_the_unit_of_a_parameter() -> None:
    radius = Parameter("radius_px", "float", about="the radius in pixels; by default one that suits")
    made = choices._choice(radius, ("6", "12", "24"))
    assert (made.title, made.about, made.kind) == ("Radius", "the radius in pixels", "slider")
    assert made.labels == ("6\N{NO-BREAK SPACE}px", "12\N{NO-BREAK SPACE}px", "24\N{NO-BREAK SPACE}px")
    turn = choices._choice(replace(radius, name="turn", about="how far, in degrees"), ("90", "180"))
    assert (turn.kind, turn.labels) == ("toggle", ("90°", "180°"))


@pytest.mark.parametrize(
    ("power", "line", "said"),
    [
        ("1 |", 13, "'1 |' has an empty value"),
        ("9 ... 3", 13, "'9 ... 3' leads nowhere"),
        ("1 ... 9 step 0", 13, "leads nowhere"),
        ("0 ... 30", 13, "'0 ... 30' makes 31 figures to choose among; expected at most 25"),
        (" | ".join(map(str, range(26))), 10, "26 figures to choose among; expected at most 25"),
        ("1 | two", 13, "'two' is not a whole number"),
        ("2 | 02", 10, "2 and 02 are one figure"),
    ],
)
def test_what_cannot_be_chosen_among_is_told_at_its_line(house, power: str, line: int, said: str) -> None:
    (message,) = messages(house, units="mixed3b:3", log="x", power=power)
    assert message.startswith(f"articles/a.md:{line}: probe: ")
    assert said in message


def test_a_mistake_of_all_states_is_told_once(house) -> None:
    assert len(messages(house, units="mixed3b:3", log="x", power="1 | 2", pwer="3")) == 1


NAMED = choices.Choices(
    (
        choices.Choice("radius_px", "Radius", "", ("6 px", "12 px"), "toggle", unit=" px"),
        choices.Choice("units", "Units", "", ("a:1, a:2", "a:3"), "toggle"),
    ),
    tuple(choices.State((r, u), None) for r in ("6 px", "12 px") for u in ("a:1, a:2", "a:3")),  # type: ignore[arg-type]
)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("tuning[radius_px=12]", ("12 px", "a:1, a:2")),
        ("tuning[units=a:3, radius_px = 6 px]", ("6 px", "a:3")),
        ("tuning[units=a:1, a:2]", ("6 px", "a:1, a:2")),
        ("tuning", ("6 px", "a:1, a:2")),
    ],
)
def test_one_of_several_figures_is_named_by_its_values(text: str, labels: tuple[str, ...]) -> None:
    label, named = read_figure(text)
    state = NAMED.named(named)
    assert (label, state.labels) == ("fig-tuning", labels)
    assert NAMED.named(read_figure(label + NAMED.name(state))[1]) is state


def test_what_is_no_choice_is_told_with_the_nearest(tmp_path: Path) -> None:
    place = Place(tmp_path, 3)
    mentions = [
        read(text, place) for text in ("a[radius=6].x", "a[radius_px=13].x", "b[units=1].x", "other[units=1].x")
    ]
    bound = {"fig-a": NAMED, "fig-b": choices.Choices((), ())}
    assert [problem.message for problem in choices.misnamed(bound, mentions)] == [
        "value: fig-a has no values of 'radius' to choose among; did you mean 'radius_px'?",
        "value: fig-a has no radius_px '13'; expected one of 6 | 12",
        "value: fig-b has no values of 'units' to choose among",
    ]
