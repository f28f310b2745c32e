"""Boxes, joints and marks of networks of many forms."""

import json
import re

import pytest
from torch import nn

from figures import run
from figures.artifact import pack
from figures.charts import diagram
from figures.gallery import network_diagram
from figures.methods import models


class Repeated(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3)
        self.blocks = nn.Sequential(*(nn.Conv2d(8, 8, 3, padding=1) for _ in range(6)))

    def forward(self, x):
        return self.blocks(self.stem(x)).mean((2, 3))


@pytest.fixture
def repeated(monkeypatch: pytest.MonkeyPatch) -> models.Model:
    layers = ["stem", *(f"blocks.{i}" for i in range(6))]
    model = models.made("repeated", Repeated, size_px=16, layers=layers)
    monkeypatch.setattr(network_diagram.models, "load", lambda name: model)
    return model


def names(made) -> list[str]:
    return re.findall(r">([^<>]+)</text>", made.parts[0].svg)


def test_repeated_layers_are_one_box(repeated: models.Model) -> None:
    made = network_diagram.network_diagram(model="repeated")
    assert {"stem", "blocks.0", "to 5, × 6", "logits"} <= set(names(made))
    assert made.values == {"layers": 7, "boxes": 2, "units": 56}
    assert len(made.table.rows) == 7
    assert any("blocks.0 to blocks.5 (6)" in note for note in made.notes)


def test_a_highlighted_layer_stands_apart(repeated: models.Model) -> None:
    made = network_diagram.network_diagram(model="repeated", layers=("blocks.3",))
    assert {"to 2, × 3", "blocks.3", "blocks.4", "blocks.5"} <= set(names(made))
    assert network_diagram.network_diagram(model="repeated", collapse=False).values["boxes"] == 7


def test_units_are_marked_where_their_channel_lies() -> None:
    units = ("mixed3b:163", "mixed3b:250", "shape:2")
    made = network_diagram.network_diagram(layers=("mixed3a",), units=units, pictures=False)
    assert json.dumps(pack(made)[0])
    row = {row[0]: row for row in made.table.rows}
    assert row["mixed3b"][7] == "mixed3b:163 (3×3), mixed3b:250 (5×5)"
    assert row["mixed3a"][6] == "yes"
    assert row["mixed4a"][4] == "mixed3b"
    assert "163, 250" in names(made)
    assert "Highlighted: mixed3a. Marked: mixed3b:163, mixed3b:250, shape:2." in made.alt


@pytest.mark.parametrize("wrong", [{"layers": ("mixd3a",)}, {"units": ("mixed3b:900",)}, {"columns": 1}])
def test_mistakes_are_told(wrong: dict) -> None:
    with pytest.raises(ValueError, match="mixed3a|mixed3b:900|columns: 1; expected 2 to 100"):
        run.figure("network-diagram", **wrong)


BOXES = [diagram.Box(name, 4**i, 64 // 2**i, (name,)) for i, name in enumerate("abcd")]
EDGES = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]


def test_boxes_beside_each_other_share_a_column() -> None:
    places, size = diagram.layout(BOXES, EDGES, columns=5, below=30)
    assert [places[name].column for name in "abcd"] == [0, 1, 1, 2]
    assert places["b"].y < places["a"].y < places["c"].y
    assert places["a"].y == places["d"].y == pytest.approx((places["b"].y + places["c"].y) / 2)
    assert [places[name].width for name in "abcd"] == sorted(places[name].width for name in "abcd")
    assert [places[name].height for name in "dcba"] == sorted(places[name].height for name in "dcba")
    assert size[0] == 3 * diagram.CELL


def test_no_two_boxes_overlap_and_rows_are_broken() -> None:
    boxes = [diagram.Box(str(i), 9, 9, (str(i),)) for i in range(9)]
    chain = [(str(i), str(i + 1)) for i in range(8)]
    places, (width, height) = diagram.layout(boxes, chain, columns=3, below=30)
    assert {(place.row, place.column % 3) for place in places.values()} == {(r, c) for r in range(3) for c in range(3)}
    assert all(place.x + place.width / 2 <= width and place.y + place.height / 2 <= height for place in places.values())
    points = diagram.path(places["2"], places["3"], 3)
    assert points[0][1] == places["2"].y
    assert points[-1][1] == places["3"].y
    assert places["2"].y + 39 < points[2][1] < places["3"].y - 39  # between the rows
