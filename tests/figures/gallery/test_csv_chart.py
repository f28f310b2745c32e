"""A table of an author's as a chart."""

from __future__ import annotations

from pathlib import Path

from figures.gallery.csv_chart import csv_chart


def test_the_chart_and_its_table_hold_what_the_file_holds(tmp_path: Path) -> None:
    path = tmp_path / "losses.csv"
    path.write_text("epoch,loss,net\n1,0.5,a\n2,0.25,a\n")
    artifact = csv_chart(data=path, x="epoch", y=("loss",), x_title="Epoch", colour="net")
    assert artifact.table.columns == ("epoch", "loss", "net")
    assert artifact.values["last_a"] == 0.25
    assert list(artifact.problems()) == []
    (chart,) = artifact.parts
    assert ">Epoch</text>" in chart.svg
