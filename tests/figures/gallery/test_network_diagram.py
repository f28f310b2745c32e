"""Boxes, joints and marks of networks of many forms."""

import json
import re

import pytest
from torch import nn

from figures import run
from figures.artifact import pack
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
    assert {"stem", "blocks.0", "to blocks.5, × 6", "logits"} <= set(names(made))
    assert made.values == {"layers": 7, "boxes": 2, "units": 56}
    assert len(made.table.rows) == 7
    assert any("blocks.0 to blocks.5 (6)" in note for note in made.notes)


def test_a_highlighted_layer_stands_apart(repeated: models.Model) -> None:
    made = network_diagram.network_diagram(model="repeated", layers=("blocks.3",))
    assert {"to blocks.2, × 3", "blocks.3", "blocks.4", "blocks.5"} <= set(names(made))
    assert network_diagram.network_diagram(model="repeated", fold=False).values["boxes"] == 7


def test_a_diagram_is_as_wide_as_it_is_asked_for(repeated: models.Model) -> None:
    assert network_diagram.network_diagram(model="repeated").parts[0].width == 664
    wide = network_diagram.network_diagram(model="repeated", across_px=776, fold=False, columns=2).parts[0]
    assert wide.width == 776
    assert wide.height > 4 * 90  # nine boxes, two to a row


def test_units_are_marked_where_their_channel_lies() -> None:
    units = ("mixed3b:163", "mixed3b:250", "shape:2")
    made = network_diagram.network_diagram(layers=("mixed3a",), units=units, pictures=False)
    assert json.dumps(pack(made)[0])
    rows = {row[0]: dict(zip(made.table.columns, row, strict=True)) for row in made.table.rows}
    assert rows["mixed3b"]["marked"] == "mixed3b:163 (3×3), mixed3b:250 (5×5)"
    assert rows["mixed3a"]["chosen"] == "yes"
    assert rows["mixed4a"]["from"] == "mixed3b"
    assert "163, 250" in names(made)
    assert "Highlighted: mixed3a. Marked: mixed3b:163, mixed3b:250, shape:2." in made.alt


@pytest.mark.parametrize("wrong", [{"layers": ("mixd3a",)}, {"units": ("mixed3b:900",)}, {"columns": 1}])
def test_mistakes_are_told(wrong: dict) -> None:
    with pytest.raises(ValueError, match="mixed3a|mixed3b:900|columns: 1; expected 2 to 100"):
        run.figure("network-diagram", **wrong)
