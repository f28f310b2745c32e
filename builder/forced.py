"""What `--force` names: figures to be measured and drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder.errors import UsageError
from builder.plan.catalogue.nearest import nearest
from builder.plan.catalogue.signatures import Signature
from builder.plan.catalogue.units import NetworkUnit, read
from builder.plan.plan import Plan
from builder.plan.request import Request

UNITS = ("Unit", "Units")


def keys(name: str, plans: Iterable[Plan], signatures: Mapping[str, Signature]) -> frozenset[str]:
    """Return the keys of all figures that a kind, a label or a unit stands for.

    Raises UsageError where it stands for nothing. What is wrong about a figure is the build's to tell.
    """
    known: dict[str, set[str]] = {}
    for one, key in _names(plans, signatures):
        known.setdefault(one, set()).update(key)
    written = _unit(name)
    if written not in known:
        raise UsageError(f"--force: no article has a figure, a label or a unit {name!r}{nearest(name, known)}")
    return frozenset(known[written])


def _names(plans: Iterable[Plan], signatures: Mapping[str, Signature]) -> Iterator[tuple[str, list[str]]]:
    """Yield each name with keys of what it stands for."""
    for plan in plans:
        for directive in plan.article.directives:
            bare, own = directive.label.removeprefix("fig-"), _keys(plan, directive.label)
            for label in (directive.label, bare):
                yield from ((label, own), (f"{plan.article.slug}#{label}", own))
            if directive.figure in signatures:
                yield directive.figure, own
        for request in plan.wanted():
            for one in (request.figure, *_units(request, signatures[request.figure])):
                yield one, [request.key]


def _keys(plan: Plan, label: str) -> list[str]:
    """List the keys of a figure, of all its states."""
    if label in plan.choices:
        return [state.request.key for state in plan.choices[label].states]
    return [plan.requests[label].key] if label in plan.requests else []


def _units(request: Request, signature: Signature) -> Iterator[str]:
    """Yield the units that a figure shows, with and without their network."""
    for name, value in request.parameters.items():
        if value and signature.parameters[name].kind in UNITS:
            for unit in (value,) if isinstance(value, str) else tuple(value):
                yield from (unit, str(NetworkUnit(str(request.parameters.get("model", "")), read(unit))))


def _unit(name: str) -> str:
    """Write the name of a unit as figures are given it; other names stay."""
    try:
        return str(read(name))
    except ValueError:
        return name
