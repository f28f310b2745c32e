"""A specification of an author's as a figure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from figures.gallery.vega_lite import vega_lite
from figures.specifications import SpecificationError

SPEC = {
    "title": "Losses",
    "data": {"url": "losses.csv"},
    "mark": "line",
    "encoding": {"x": {"field": "epoch", "type": "quantitative"}, "y": {"field": "loss", "type": "quantitative"}},
}


def test_the_chart_holds_the_data_that_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "losses.csv").write_text("epoch,loss\n1,0.5\n2,0.25\n")
    (tmp_path / "chart.json").write_text(json.dumps(SPEC))
    artifact = vega_lite(spec=(tmp_path / "chart.json", tmp_path / "losses.csv"))
    assert artifact.alt == "Losses"
    assert artifact.table.rows == ((1, 0.5), (2, 0.25))
    assert list(artifact.problems()) == []


def test_a_mistake_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "losses.csv").write_text("epoch,loss\n1,0.5\n")
    (tmp_path / "chart.json").write_text(json.dumps({**SPEC, "mark": "lime"}, indent=1))
    with pytest.raises(SpecificationError) as error:
        vega_lite(spec=(tmp_path / "chart.json", tmp_path / "losses.csv"))
    assert (error.value.file, error.value.line) == ("chart.json", 6)
    assert "mark: 'lime'; expected one of" in error.value.message
