"""What the keys of figures were in the last builds, so that one can ask why something is made again."""

from __future__ import annotations

import json
from pathlib import Path

from builder import atomic
from builder.plan.plan import Plan
from builder.settings import Settings

FOLDER = "last"


def remember(settings: Settings, plan: Plan) -> None:
    """Keep what the keys of an article's figures are made of, and what they were made of before."""
    last = {label: request.parts for label, request in plan.requests.items()}
    path = _path(settings, plan.article.slug, ".json")
    data = json.dumps(last, sort_keys=True).encode()
    if not path.is_file() or path.read_bytes() != data:
        if path.is_file():
            atomic.write(path.with_suffix(".before.json"), path.read_bytes())
        atomic.write(path, data)


def why(settings: Settings, plan: Plan, label: str) -> list[str]:
    """Say which parts of a figure's key changed since the last build, or in the last one."""
    from builder.engine import changes

    parts = json.loads(json.dumps(plan.requests[label].parts))
    before, last = (_kept(settings, plan.article.slug, kind).get(label) for kind in (".before.json", ".json"))
    fresh = changes(parts, last)
    if fresh:
        return [f"{label} will be made again at the next build:", *(f"  {change}" for change in fresh)]
    lines = [f"{label} is up to date: nothing changed since the last build."]
    earlier = changes(parts, before) if before is not None else []
    return lines + ["Before that:", *(f"  {change}" for change in earlier)] if earlier else lines


def _kept(settings: Settings, slug: str, kind: str) -> dict[str, object]:
    try:
        return json.loads(_path(settings, slug, kind).read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def _path(settings: Settings, slug: str, kind: str) -> Path:
    return settings.store_folder / FOLDER / f"{slug}{kind}"
