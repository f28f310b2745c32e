"""Turn an Altair chart into what a page carries: a compiled Vega specification and an SVG."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import altair
from altair.utils import schemapi

from figures import lab
from figures.artifact import Chart
from figures.charts import focus, rendering, schemas, theme

schemas.keep()
VEGA_LITE = altair.SCHEMA_VERSION.lstrip("v").rpartition(".")[0]


def chart(
    drawing: altair.TopLevelMixin | Mapping[str, object],
    *,
    name: str,
    alt: str,
    title: str = "",
    pointed: Mapping[str, str] | None = None,
    narrow: altair.TopLevelMixin | Mapping[str, object] | None = None,
) -> Chart:
    """Compile an Altair chart (or a Vega-Lite dictionary) and draw it.

    Both forms have the same outer size and no background. Ids in the SVG begin with
    `name`, so that charts can stand in one page. Equal charts give equal bytes. A page sets `title` above. With
    `pointed`, {view: field}, pointing at a mark of a named view looks at its series
    alone (see `focus`). `narrow` is the same for pages that are no wider than `theme.NARROW_PX`: `fitted`, or with
    its panels below each other. A selection must not be called `unit`: Vega-Lite compiles its
    own signal by that name.
    """
    wide = _form(compiled(drawing), name, alt, title, pointed)
    if narrow is None or wide.width <= theme.NARROW_PX:
        return wide
    return replace(wide, narrow=_form(compiled(narrow, narrow=True), name, alt, title, pointed))


def fitted(drawing: altair.TopLevelMixin) -> dict[str, object]:
    """Return a chart of one panel, layered or not, as wide as a narrow page together with its axes and words."""
    spec = drawing.to_dict(validate=schemapi.DEBUG_MODE)
    return {**spec, "width": theme.NARROW_PX, "autosize": {"type": "fit-x", "contains": "padding"}}


def _form(spec: dict[str, object], name: str, alt: str, title: str, pointed: Mapping[str, str] | None) -> Chart:
    if pointed:
        spec = focus.interactive(spec, pointed=pointed)
    spec["description"] = alt
    svg, width, height = drawn(spec, name=name, alt=alt)
    return Chart(spec=spec, svg=svg, width=width, height=height, name=name, alt=alt, title=title)


def compiled(drawing: altair.TopLevelMixin | Mapping[str, object], *, narrow: bool = False) -> dict[str, object]:
    """Compile to Vega in the project's theme; what the chart configures itself goes before it.

    On `narrow` pages legends stand below each other, and titles of axes may have several lines.
    """
    spec: dict[str, Any] = (
        dict(drawing) if isinstance(drawing, Mapping) else drawing.to_dict(validate=schemapi.DEBUG_MODE)
    )
    look = _merged(theme.config(), theme.NARROW if narrow else {})
    spec["config"] = _merged(look, spec.get("config", {}))
    vega = lab.beside(rendering.compiled, spec, VEGA_LITE)
    if narrow:
        _wrap(vega)
    return vega


def _wrap(group: dict[str, Any]) -> None:
    """Set long titles of axes in lines."""
    for axis in group.get("axes", []):
        if len(axis.get("title", "")) > theme.NARROW_LETTERS:
            axis["title"] = textwrap.wrap(axis["title"], theme.NARROW_LETTERS)
    for mark in group.get("marks", []):
        _wrap(mark)


def unchecked() -> AbstractContextManager[None]:
    """Take it on trust that charts are as Vega-Lite wants them: our own are held against its schema when tested.

    Holding them against it takes longer than all else that Altair does.
    """
    return schemapi.debug_mode(False)


def drawn(spec: Mapping[str, object], *, name: str, alt: str) -> tuple[str, int, int]:
    """Draw a Vega specification; return a labelled SVG and its outer size in pixels."""
    return lab.beside(rendering.svg, dict(spec), name, alt)


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = _merged(merged[key], value) if both else value
    return merged
