"""Measured numbers in prose: `` {value}`tuning.half_width:.0f` ``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.errors import Place
from builder.plan.catalogue.nearest import nearest
from builder.read.markdown.elements import ValueMention
from builder.read.markdown.explained import Explained
from builder.read.markdown.source import Source, source_of

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

EXPLAINED = Explained(
    title="Measured numbers",
    text="A number that a figure of the article has measured: its label, its key, and a format of Python. Where "
    "readers choose among several figures it is that of the first, or of one that is named in brackets; a parameter "
    "that is not named stands as at first.",
    example="""\
:::{dataset-examples}
:name: crops
:units: mixed3b:188 | mixed3b:163
:::

The strongest reaches {value}`fig-crops.strongest:.1f`,
that of the other {value}`fig-crops[units=mixed3b:163].strongest:.1f`.""",
    roles=("value",),
    alone=False,
)

_LABEL = r"([A-Za-z][\w-]*)(?:\[(.+?)\])?"
_FIGURE = re.compile(_LABEL)
_VALUE = re.compile(rf"{_LABEL}\.([^\s:]+)(?::(.*))?")
_NEXT = re.compile(r",(?=\s*\w+\s*=)")
"""Between named values; values have commas of their own."""
WIDE = re.compile(r"\d{3}")
"""A number of three digits: text as wide as that is a mistake, and may be as large as memory is."""
SAMPLES = (0.5, 1, "text")


def role(state: StateInline, content: str, line: int) -> None:
    """Put a value, or the text itself where it does not name one."""
    source = source_of(state.env)
    mention = read(content, source.place(line))
    if mention is None:
        source.problem(line, f"value {content!r}: expected figure.key, for example 'fig-tuning.half_width:.1f'")
        state.push("text", "", 0).content = content
        return
    token = state.push("value", "", 0)
    token.content = mention.key
    token.meta["element"] = replace(mention, format=_checked(mention.format, source, line))


def read(content: str, place: Place) -> ValueMention | None:
    """Read what names a value, like `fig-crops[units=mixed3b:163].peak:.1f`; None for what does not."""
    match = _VALUE.fullmatch(content)
    if match is None:
        return None
    return ValueMention(_label(match[1]), match[3], match[4] or "", place, _state(match[2]))


def read_figure(text: str) -> tuple[str, Mapping[str, str]]:
    """Read the label of a figure, and which of several is named behind it."""
    match = _FIGURE.fullmatch(text)
    return (_label(match[1]), _state(match[2])) if match else (_label(text), {})


def _label(name: str) -> str:
    return name if name.startswith("fig-") else f"fig-{name}"


def _state(text: str | None) -> Mapping[str, str]:
    pairs = (pair.partition("=") for pair in _NEXT.split(text or "") if pair)
    return {name.strip(): value.strip() for name, _, value in pairs}


def _checked(pattern: str, source: Source, line: int) -> str:
    if not WIDE.search(pattern) and any(_formats(sample, pattern) for sample in SAMPLES):
        return pattern
    source.problem(line, f"value: no format {pattern!r}; expected one like '.2f', '.0%' or ','")
    return ""


def _formats(sample: object, pattern: str) -> bool:
    try:
        format(sample, pattern)
    except ValueError:
        return False
    return True


def check(mentions: list[ValueMention], labels: list[str], source: Source) -> None:
    """Report values of figures that the article does not have."""
    for mention in mentions:
        if mention.label not in labels:
            hint = nearest(mention.label, labels)
            source.tell(mention.place, f"value: no figure {mention.label!r} in this article{hint}")
