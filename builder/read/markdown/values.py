"""Measured numbers in prose: `` {value}`tuning.half_width:.0f` ``."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from builder.plan.catalogue.nearest import nearest
from builder.read.markdown.elements import ValueMention
from builder.read.markdown.explained import Explained
from builder.read.markdown.source import Source, source_of

EXPLAINED = Explained(
    title="Measured numbers",
    text="A number that a figure of the article has measured: its label, its key, and a format of Python.",
    example="""\
:::{dataset-examples}
:name: crops
:units: mixed3b:188
:::

The strongest reaches {value}`fig-crops.strongest:.1f`.""",
    roles=("value",),
    alone=False,
)

VALUE = re.compile(r"([A-Za-z][\w-]*)\.([^\s:]+)(?::(.*))?")
WIDE = re.compile(r"\d{3}")
"""A number of three digits: text as wide as that is a mistake, and may be as large as memory is."""
SAMPLES = (0.5, 1, "text")


def role(state: StateInline, content: str, line: int) -> None:
    """Put a value, or the text itself where it does not name one."""
    source = source_of(state.env)
    match = VALUE.fullmatch(content)
    if match is None:
        source.problem(line, f"value {content!r}: expected figure.key, for example 'fig-tuning.half_width:.1f'")
        state.push("text", "", 0).content = content
        return
    label = match[1] if match[1].startswith("fig-") else f"fig-{match[1]}"
    pattern = _checked(match[3] or "", source, line)
    token = state.push("value", "", 0)
    token.content = match[2]
    token.meta["element"] = ValueMention(label, match[2], pattern, source.place(line))


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
