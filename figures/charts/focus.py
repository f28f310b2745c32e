"""Let a reader look at one series alone: by pointing at a mark, or by a click on the legend.

A chart declares `parameters()`, writes its opacity or height with the signals' names, and
has its compiled specification pass through `interactive`. The signals are empty until a
pointer sets them, so that the picture drawn ahead shows everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import altair as alt

from figures.charts import theme

ISOLATED, POINTED = "isolated", "pointed"


def parameters() -> list[alt.Parameter]:
    """Return the two signals: what was clicked, and what is under the pointer."""
    return [alt.param(name=name, value="") for name in (ISOLATED, POINTED)]


def others(*fields: str) -> str:
    """Return the expression that is true for series other than the one looked at, by whichever field it is named."""
    looked = f"({POINTED} || {ISOLATED})"
    return " && ".join([looked, *(f"{looked} !== datum.{field}" for field in fields)])


def opacity(*fields: str, shown: float = 1.0) -> Mapping[str, object]:
    """Fade the other series; several fields where several legends name some."""
    return alt.condition(others(*fields), alt.value(theme.FADED * shown), alt.value(shown))


def interactive(
    spec: dict, *, clicked: Mapping[str, str] | None = None, pointed: Mapping[str, str] | None = None
) -> dict:
    """Wire a compiled specification: {chart's name or mark's: field} that a click isolates, or the pointer.

    Legend entries always isolate; a second click brings the others back. Raises KeyError
    where no chart of that name is drawn.
    """
    legend = {"legend-label": "value", "legend-symbol": "value"}
    clicked, pointed = marks_of(spec, clicked or {}), marks_of(spec, pointed or {})
    signals = {signal["name"]: signal for signal in spec["signals"]}
    signals[ISOLATED]["on"] = [
        {"events": f"@{mark}:click", "update": f"datum.{field} === {ISOLATED} ? '' : datum.{field}"}
        for mark, field in {**legend, **clicked}.items()
    ]
    if pointed:
        signals[POINTED]["on"] = [
            on
            for mark, field in pointed.items()
            for on in (
                {"events": f"@{mark}:pointerover", "update": f"datum.{field}"},
                {"events": f"@{mark}:pointerout", "update": "''"},
            )
        ]
    for one in _legends(spec):
        _touchable(one)
    return spec


def marks_of(spec: Mapping, fields: Mapping[str, str]) -> dict[str, str]:
    """Find the marks of named charts; compiling numbers them where charts are layered."""
    marks = list(_marks(spec))
    found = {
        name: [mark for mark in marks if mark == name or re.fullmatch(rf"{name}(_\d+)?_marks", mark)] for name in fields
    }
    missing = [name for name, matching in found.items() if not matching]
    if missing:
        raise KeyError(f"no chart named {missing[0]!r} is drawn")
    return {mark: fields[name] for name, matching in found.items() for mark in matching}


def _marks(group: Mapping) -> Iterator[str]:
    for mark in group.get("marks", []):
        yield mark.get("name", "")
        yield from _marks(mark)


def _legends(group: Mapping) -> Iterator[dict]:
    yield from group.get("legends", [])
    for mark in group.get("marks", []):
        yield from _legends(mark)


def _touchable(legend: dict) -> None:
    encode = legend.setdefault("encode", {})
    for part in ("label", "symbol"):
        block = encode.setdefault(f"{part}s", {})
        block.update(name=f"legend-{part}", interactive=True)
        faded = {"test": others("value"), "value": 0.35}
        block.setdefault("update", {}).update(opacity=[faded, {"value": 1}], cursor={"value": "pointer"})
