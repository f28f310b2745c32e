"""Watch what is read."""

from __future__ import annotations

import pytest

from figures.manifests import memory


@pytest.fixture
def reads(monkeypatch) -> list[str]:
    """The names of files that are read for their digest."""
    found: list[str] = []
    plain = memory._sha256
    monkeypatch.setattr(memory, "_sha256", lambda path: found.append(path.name) or plain(path))
    return found
