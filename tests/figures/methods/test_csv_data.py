"""Columns of a table, as a chart takes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from figures.methods import csv_data

TEXT = """\
epoch,network,loss,val loss,low,high,day
1,a,0.5,0.7,0.4,0.8,2026-01-01
1,b,0.25,,0.2,0.3,2026-01-02
2,a,,0.6,,,2026-01-03
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "losses.csv"
    path.write_text(TEXT)
    return path


def test_rows_without_a_number_are_left_out(path: Path) -> None:
    lines = csv_data.of_file(path, x="epoch", y=["loss"], colour="network", panels="network", error=["low", "high"])
    assert (lines.x, lines.y, lines.kind) == ((1, 1), (0.5, 0.25), "number")
    assert lines.series == lines.panels == ("a", "b")
    assert lines.ends == ((0.4, 0.8), (0.2, 0.3))


def test_several_columns_are_series_and_one_error_reaches_to_both_sides(path: Path) -> None:
    lines = csv_data.of_file(path, x="day", y=["loss", "val loss"])
    assert lines.series == ("loss", "loss", "val loss", "val loss")
    assert (lines.kind, lines.panels[0], lines.ends) == ("date", "", ())
    (first, *_) = csv_data.of_file(path, x="network", y=["loss"], error=["low"]).ends
    assert first == pytest.approx((0.1, 0.9))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"x": "epoch", "y": ["los"]}, "y: losses.csv has no column 'los'; did you mean 'loss'?"),
        ({"x": "q", "y": ["loss"]}, r"x: losses.csv has no column 'q' \(it has epoch, "),
        ({"x": "epoch", "y": ["network"]}, "y: column 'network' holds 'a'; expected numbers"),
        ({"x": "epoch", "y": ["loss", "low"], "colour": "network"}, "colour: several columns of y"),
        ({"x": "epoch", "y": ["loss", "low"], "error": ["high"]}, "error: expected one column"),
    ],
)
def test_what_cannot_be_is_told(path: Path, asked: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        csv_data.of_file(path, **asked)


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("a,b\n")
    with pytest.raises(ValueError, match="empty.csv has no rows"):
        csv_data.of_file(path, x="a", y=["b"])
