"""Specifications that authors write: what they name, and what is put in its place."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from figures import specifications
from figures.specifications import SpecificationError, table
from figures.texts import file_in, specification

CSV = "a,b,c\n1,x,\n2.5,,3\n"


def written(folder: Path, spec: object) -> Path:
    path = folder / "chart.json"
    path.write_text(spec if isinstance(spec, str) else json.dumps(spec, indent=1))
    return path


def bound(folder: Path) -> tuple[Path, ...]:
    return specification("chart.json", lambda text: file_in(folder, text, "here"))


def test_columns_of_numbers_hold_numbers_and_empty_cells_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    assert table(tmp_path / "a.csv") == [{"a": 1, "b": "x", "c": None}, {"a": 2.5, "b": None, "c": 3}]


def test_data_and_pictures_beside_the_article_are_put_in(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    (tmp_path / "b.json").write_text('{"rows": [{"q": 1}]}')
    (tmp_path / "dot.png").write_bytes(b"dot")
    layers = [
        {"data": {"url": "a.csv", "name": "one"}, "mark": "line"},
        {"data": {"url": "b.json", "format": {"property": "rows"}}, "mark": {"type": "image", "url": "dot.png"}},
        {"data": {"values": [{"url": "https://example.org"}]}, "encoding": {"url": {"value": "dot.png"}}},
    ]
    path = written(tmp_path, {"layer": layers})
    assert [one.name for one in bound(tmp_path)] == ["chart.json", "a.csv", "b.json", "dot.png"]
    first, second, third = specifications.whole(path, bound(tmp_path)[1:])["layer"]
    assert first["data"] == {"name": "one", "values": table(tmp_path / "a.csv")}
    assert second["data"] == {
        "values": {"rows": [{"q": 1}]},
        "format": {"type": "json", "property": "rows"},
    }
    assert second["mark"]["url"] == third["encoding"]["url"]["value"] == "data:image/png;base64,ZG90"
    assert third["data"] == layers[2]["data"]


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ('{"mark":\n "line",,}', "chart.json, line 2: not valid JSON"),
        ("[]", "chart.json, line 1: expected a Vega-Lite specification"),
        ({"data": {"url": "https://x.org/a.csv"}}, "chart.json, line 3: 'https://x.org/a.csv' lies elsewhere"),
        ({"$schema": "https://vega.github.io/schema/vega/v6.json"}, "line 2: a specification of Vega; expected"),
        ({"data": {"url": "b.csv"}}, "no file 'b.csv' here; did you mean 'a.csv'?"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(tmp_path: Path, spec: object, said: str) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    written(tmp_path, spec)
    with pytest.raises(ValueError, match=re.escape(said)):
        bound(tmp_path)


def test_data_of_other_kinds_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<a/>")
    path = written(tmp_path, {"data": {"url": "a.xml"}})
    with pytest.raises(ValueError, match="data of kind 'xml'; expected CSV"):
        specifications.whole(path, [tmp_path / "a.xml"])
    (tmp_path / "a.json").write_text("[\n1,,]")
    path = written(tmp_path, {"data": {"url": "a.json"}})
    with pytest.raises(SpecificationError) as error:
        specifications.whole(path, [tmp_path / "a.json"])
    assert (error.value.file, error.value.line) == ("a.json", 2)
