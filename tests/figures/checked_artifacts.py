"""What every artifact of a figure is to be: it can be packed, says something, and draws what it says."""

from __future__ import annotations

import json

from figures.artifact import Artifact, pack


def check_chart(artifact: Artifact) -> None:
    """An artifact can be packed, says something, and draws what it says at its true size."""
    record, _ = pack(artifact)
    assert json.dumps(record)
    (chart,) = artifact.parts
    assert chart.alt == artifact.alt
    assert chart.svg.startswith("<svg")
    assert f'width="{chart.width}"' in chart.svg
    assert artifact.notes


def check_parts(artifact: Artifact, parts: int = 1) -> None:
    assert pack(artifact)
    assert len(artifact.parts) == parts
    assert artifact.notes
    assert artifact.table.rows
    assert all(part.svg.startswith("<svg") for part in artifact.parts)
