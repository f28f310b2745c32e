"""Draw a Vega-Lite specification of an author's, held against the schema first."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from typing import Any

import altair
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import ValidationError  # type: ignore[import-untyped]

from figures.artifact import Chart
from figures.charts import vega
from figures.nearest import nearest

CONTAINERS = (("width", "container"), ("height", "container"))
NARROW_PX = 290
"""How wide a chart is on a narrow page that leaves its width to the page."""


def draw(spec: Mapping[str, Any], *, name: str = "chart", alt_text: str) -> Chart:
    """Draw a specification in the project's theme; one that leaves its width to the page, for a narrow one too."""
    sized = {key: value for key, value in spec.items() if (key, value) not in CONTAINERS}
    is_fixed = "width" in sized or not sized.keys() & {"mark", "layer"}
    narrow = None if is_fixed else {**sized, "width": NARROW_PX}
    return vega.chart(sized, name=name, alt=alt_text, narrow=narrow)


def mistake(spec: Mapping[str, Any]) -> tuple[str, str] | None:
    """Say what the schema has against a specification, with the text that it is about; None where all is well."""
    errors = list(_validator().iter_errors(spec))
    if not errors:
        return None
    error = min(_inmost(errors), key=_rank)
    where = ".".join(map(str, error.absolute_path))
    text, told = _told(error)
    return text, f"{where}: {told}" if where else told


@functools.cache
def _validator() -> Draft7Validator:
    return Draft7Validator(altair.vegalite.schema.core.load_schema())


def _inmost(errors: Iterable[ValidationError]) -> list[ValidationError]:
    """List what is wrong at the deepest places: of what a value might have been, that is what its author meant."""
    every = [inner for error in errors for inner in _leaves(error)]
    deepest = max(len(error.absolute_path) for error in every)
    return [error for error in every if len(error.absolute_path) == deepest]


def _leaves(error: ValidationError) -> Iterable[ValidationError]:
    if not error.context:
        return [error]
    return [leaf for inner in error.context for leaf in _leaves(inner)]


def _rank(error: ValidationError) -> tuple[int, int]:
    """Put first what can be said best: a property that is one letter off, then a value of a list."""
    kinds = ("additionalProperties", "enum", "const", "required", "type")
    told = 0 if "did you mean" in _told(error)[1] else 1
    return told, kinds.index(str(error.validator)) if error.validator in kinds else len(kinds)


def _told(error: ValidationError) -> tuple[str, str]:
    if error.validator == "additionalProperties" and isinstance(error.instance, Mapping):
        known = error.schema.get("properties", {})
        name = next((name for name in error.instance if name not in known), "")
        return json.dumps(name), f"no property {name!r}{nearest(name, known)}"
    text = json.dumps(error.instance)
    if error.validator in ("enum", "const"):
        options = error.validator_value if error.validator == "enum" else _constants(error)
        return text, f"{error.instance!r}; expected one of {', '.join(map(str, options))}{_near(error, options)}"
    return text, error.message if len(error.message) < 200 else f"{text[:80]} cannot stand here"


def _constants(error: ValidationError) -> list[object]:
    """List what else might have stood there: the schema has such lists one by one."""
    beside = error.parent.context if error.parent else [error]
    return [one.validator_value for one in beside or () if one.validator == "const"]


def _near(error: ValidationError, options: Iterable[object]) -> str:
    return nearest(error.instance, map(str, options)) if isinstance(error.instance, str) else ""
