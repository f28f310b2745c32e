"""Parameters with several values: `:radius: 6 | 12 | 24` makes a figure of each, and a reader chooses among them.

Every state is the request that a directive with the one value would be, with the same key.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from builder.errors import Problem
from builder.frozen import frozen
from builder.plan.catalogue.nearest import nearest
from builder.plan.request import Asked, Binder, Request

if TYPE_CHECKING:
    from builder.plan.catalogue.signatures import Parameter
    from builder.read.markdown.elements import ValueMention

MOST = 25
"""How many states a figure may have: each is measured and drawn."""
FEW = 5
"""So many values stand beside each other; more of them, and more than two numbers, lie along a slider."""
NUMBERS = ("int", "float")
TEXTS = "Phrases"
"""The kind of parameters whose values hold bars of their own: there two bars stand between values."""
UNITS = (("_px", "in pixels", "\N{NO-BREAK SPACE}px"), ("_deg", "in degrees", "°"))
"""How names of parameters end, what is said of them, and what stands behind their values."""
_BAR = re.compile(r"(?<!\\)\|")
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"({_NUMBER})\s*(?:…|\.\.\.)\s*({_NUMBER})(?:\s+step\s+({_NUMBER}))?")


@frozen
class Choice:
    """What a reader chooses of one parameter; `about` says what it does, `kind` is `slider` or `toggle`.

    Every label ends in `unit`, which is "" for all but lengths and angles.
    """

    name: str
    title: str
    about: str
    labels: tuple[str, ...]
    kind: str
    start: str = ""
    unit: str = ""

    @property
    def first(self) -> str:
        """Give the label that is chosen before a reader has chosen anything."""
        return self.labels[0]

    @property
    def values(self) -> list[str]:
        """List the values as they are written in directives."""
        return [label.removesuffix(self.unit) for label in self.labels]

    def label(self, value: str) -> str:
        """Give the label of a value, with its unit or without."""
        return value if value in self.labels else value + self.unit


@frozen
class State:
    """One figure of several: the label of each choice, and its request."""

    labels: tuple[str, ...]
    request: Request


@frozen
class Choices:
    """All states of a directive, the first one first; without choices there is one."""

    choices: tuple[Choice, ...]
    states: tuple[State, ...]

    def name(self, state: State) -> str:
        """Write what names a state behind the label of its figure, `[count=8]`; "" where there is one."""
        pairs = [
            f"{one.name}={label.removesuffix(one.unit)}" for one, label in zip(self.choices, state.labels, strict=True)
        ]
        return f"[{', '.join(pairs)}]" if pairs else ""

    def named(self, values: Mapping[str, str]) -> State:
        """Find the state of some values, the others as at first; raises ValueError for what is none of its values."""
        known = {choice.name: choice for choice in self.choices}
        for name, value in values.items():
            if name not in known:
                raise ValueError(f"has no values of {name!r} to choose among{nearest(name, known)}")
            if known[name].label(value) not in known[name].labels:
                texts = known[name].values
                hint = nearest(value, texts) or f"; expected one of {' | '.join(texts)}"
                raise ValueError(f"has no {name} {value!r}{hint}")
        labels = tuple(one.label(values.get(one.name, one.first)) for one in self.choices)
        return next(state for state in self.states if state.labels == labels)


def bind(binder: Binder, asked: Asked, defaults: Mapping[str, object]) -> tuple[Choices | None, list[Problem]]:
    """Bind a directive to the request of each state, or say all that stands against it."""
    signature = binder.signatures.get(asked.figure)
    known = signature.parameters if signature else {}
    values, problems = _values(asked, known)
    if problems:
        return None, problems
    several = [name for name, texts in values.items() if len(texts) > 1]
    choices = tuple(_choice(known[name], values[name]) for name in several)
    states: list[State] = []
    for numbers in itertools.product(*(range(len(values[name])) for name in several)):
        chosen = {name: values[name][number] for name, number in zip(several, numbers, strict=True)}
        one = replace(asked, options={name: chosen.get(name, texts[0]) for name, texts in values.items()})
        request, found = binder.bind(one, defaults)
        problems += found
        if request is not None:
            labels = tuple(choice.labels[number] for choice, number in zip(choices, numbers, strict=True))
            states.append(State(labels, request))
    problems += _twice(asked, states)
    if problems or not states:  # where the article's network is wrong, that is told already
        return None, list(dict.fromkeys(problems))
    return Choices(choices, tuple(states)), []


def misnamed(bound: Mapping[str, Choices], values: Iterable[ValueMention]) -> Iterator[Problem]:
    """Report values of states that figures do not have."""
    for mention in values:
        if mention.label in bound:
            try:
                bound[mention.label].named(mention.state)
            except ValueError as error:
                yield Problem(mention.place, f"value: {mention.label} {error}")


def _values(asked: Asked, known: Mapping[str, Parameter]) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """Read the values of each option; nothing is made of more than can be drawn."""
    values: dict[str, tuple[str, ...]] = {}
    problems = []
    for name, text in asked.options.items():
        try:
            values[name] = tuple(_read(text, known.get(name)))
        except ValueError as error:
            problems.append(Problem(asked.at(name), f"{asked.figure}: {name}: {error}"))
    count = 1
    for texts in values.values():
        count *= len(texts)
    if count > MOST:
        problems.append(Problem(asked.place, f"{asked.figure}: {_many(count)}"))
    return values, problems


def _many(count: int) -> str:
    return f"{count} figures to choose among; expected at most {MOST}, so give fewer values or a larger step"


def _read(text: str, parameter: Parameter | None) -> Iterator[str]:
    """Yield the values that stand between bars, and those of ranges of numbers."""
    if parameter is None or parameter.kind == TEXTS and "||" not in text:
        yield text
        return
    parts = text.split("||") if parameter.kind == TEXTS else _BAR.split(text)
    if len(parts) > 1 and not all(part.strip() for part in parts):
        raise ValueError(rf"{text!r} has an empty value; a bar that belongs to a value is written '\|'")
    for part in parts:
        span = _RANGE.fullmatch(part.strip()) if parameter.kind in NUMBERS and not parameter.choices else None
        yield from _numbers(span) if span else [part.strip().replace(r"\|", "|")]


def _numbers(span: re.Match[str]) -> Iterator[str]:
    """Yield the numbers of a range, both ends among them where the step meets the last."""
    first, last = Decimal(span[1]), Decimal(span[2])
    step = Decimal(span[3] or 1)
    if step <= 0 or last <= first:
        raise ValueError(f"{span[0]!r} leads nowhere; expected like '6 ... 24 step 6', the smaller number first")
    count = int((last - first) / step) + 1
    if count > MOST:
        raise ValueError(f"{span[0]!r} makes {_many(count)}")
    yield from (f"{(first + number * step).normalize():f}" for number in range(count))


def _choice(parameter: Parameter, texts: tuple[str, ...]) -> Choice:
    numeric = any(kind in parameter.kind for kind in NUMBERS) and not parameter.choices
    about = parameter.about.partition(";")[0].replace("`", "")
    name, unit = parameter.name, ""
    for ending, said, mark in UNITS if numeric else ():
        if name.endswith(ending) or said in about:
            name, unit = name.removesuffix(ending), mark
    kind = "slider" if len(texts) > (2 if parameter.kind in NUMBERS else FEW) else "toggle"
    title = name.replace("_", " ").capitalize()
    return Choice(parameter.name, title, about, tuple(text + unit for text in texts), kind, unit=unit)


def _twice(asked: Asked, states: list[State]) -> Iterator[Problem]:
    """Report states that are one figure."""
    seen: dict[str, State] = {}
    for state in states:
        other = seen.setdefault(state.request.key, state)
        if other is not state:
            names = " and ".join(" with ".join(one.labels) for one in (other, state))
            yield Problem(asked.place, f"{asked.figure}: {names} are one figure; leave one of them out")
