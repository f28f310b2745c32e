"""What the keys of figures were in the last builds, so that one can ask why something is made again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from builder import atomic
from builder.plan.plan import Plan
from builder.plan.request import Request
from builder.settings import Settings

FOLDER = "last"


def remember(settings: Settings, plan: Plan) -> None:
    """Keep what the keys of an article's figures are made of, and what they were made of before."""
    last = {name: request.parts for each in named(plan).values() for name, request in each.items()}
    path = _path(settings, plan.article.slug, ".json")
    data = json.dumps(last, sort_keys=True).encode()
    if not path.is_file() or path.read_bytes() != data:
        if path.is_file():
            atomic.write(path.with_suffix(".before.json"), path.read_bytes())
        atomic.write(path, data)


def named(plan: Plan) -> dict[str, dict[str, Request]]:
    """List the figures of an article by label, each of those that readers choose among by its own name."""
    several = {
        label: {label + one.name(state): state.request for state in one.states} for label, one in plan.choices.items()
    }
    return {label: several.get(label, {label: request}) for label, request in plan.requests.items()}


def why(settings: Settings, plan: Plan, requests: Mapping[str, Request]) -> list[str]:
    """Say which parts of the keys of figures changed since the last build, or in the last one.

    `requests` are some of those that `named` lists; of which the same is to be said, they are told together.
    """
    from builder.engine.changes import changes

    before, last = (_kept(settings, plan.article.slug, kind) for kind in (".before.json", ".json"))
    alike: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for name, request in requests.items():
        parts = json.loads(json.dumps(request.parts))
        earlier = changes(parts, before[name]) if name in before else []
        alike.setdefault((tuple(changes(parts, last.get(name))), tuple(earlier)), []).append(name)
    return [line for (fresh, earlier), names in alike.items() for line in _said(names, fresh, earlier)]


def _said(names: Sequence[str], fresh: Sequence[str], earlier: Sequence[str]) -> Iterator[str]:
    those = " and ".join(names)
    if fresh:
        yield f"{those} will be made again at the next build:"
    else:
        yield f"{those} {'are' if names[1:] else 'is'} up to date: nothing changed since the last build."
    if earlier and not fresh:
        yield "Before that:"
    yield from (f"  {change}" for change in fresh or earlier)


def _kept(settings: Settings, slug: str, kind: str) -> dict[str, Any]:
    known = atomic.kept(_path(settings, slug, kind))
    return known if isinstance(known, dict) else {}


def _path(settings: Settings, slug: str, kind: str) -> Path:
    return settings.store_folder / FOLDER / f"{slug}{kind}"
