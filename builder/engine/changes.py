"""Which parts of a key differ from what they were, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping

_KINDS = {"files": "file", "models": "weights of", "datasets": "data set", "sources": "source"}


def changes(parts: Mapping[str, object], before: Mapping[str, object] | None) -> list[str]:
    """Say in words which parts of a key differ from what they were."""
    if before is None:
        return ["it was not there in the last build"]
    found = []
    for name, part in parts.items():
        old = before.get(name, {})
        if isinstance(part, Mapping) and isinstance(old, Mapping):
            found += [_change(name, key, old, part) for key in sorted({*part, *old}) if old.get(key) != part.get(key)]
        elif part != old:
            found.append(f"{name}: {json.dumps(old)} became {json.dumps(part)}")
    return found


def _change(part: str, key: str, old: Mapping[str, object], new: Mapping[str, object]) -> str:
    if part == "parameters":
        return f"parameter {key}: {json.dumps(old.get(key))} became {json.dumps(new.get(key))}"
    verb = "was added" if key not in old else "is no longer used" if key not in new else "changed"
    return f"{_KINDS.get(part, part)} {key.replace(':', ', ') if part == 'sources' else key} {verb}"
