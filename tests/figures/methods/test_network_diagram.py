"""Layers alike become one block, and what stands apart does not."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from torch import nn

from figures.methods import models, network_diagram

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records


class Repeated(nn.Module):
    """A stem, and six layers alike that see more than the picture."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, padding=1)
        self.blocks = nn.Sequential(*(nn.Conv2d(8, 8, 5, padding=2) for _ in range(6)))

    def forward(self, x):
        return self.blocks(self.stem(x)).mean((2, 3))


@pytest.fixture(scope="module")
def repeated() -> models.Model:
    layers = ["stem", *(f"blocks.{i}" for i in range(6))]
    return models.made("repeated by windows of five", Repeated, size_px=16, layers=layers)


def test_layers_alike_are_one_block(repeated: models.Model) -> None:
    seen = network_diagram.of(repeated)
    assert [block.name for block in seen.blocks] == ["stem", "blocks.0 to blocks.5"]
    assert set(seen.edges) == {("image", "stem"), ("stem", "blocks.0 to blocks.5"), ("blocks.0 to blocks.5", "logits")}
    assert len(network_diagram.of(repeated, fold=False).blocks) == 7


def test_what_is_pointed_out_or_marked_stands_apart(repeated: models.Model) -> None:
    seen = network_diagram.of(repeated, ("blocks.3",), ("stem:2", "logits:1"))
    assert [block.name for block in seen.blocks] == ["stem", "blocks.0 to blocks.2", "blocks.3", "blocks.4", "blocks.5"]
    assert [layer.name for layer in seen.layers if layer.chosen] == ["blocks.3"]
    assert [str(unit) for unit in seen.blocks[0].marked] == ["stem:2"]
    assert [str(unit) for head in seen.heads for unit in head.marked] == ["logits:1"]


class Deep(nn.Module):
    """Pairs of layers alike, with layers inside, and a last one whose output is the answer."""

    def __init__(self) -> None:
        super().__init__()
        sides = [4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10]
        pairs = zip([3, *sides], sides, strict=False)
        self.body = nn.Sequential(*(nn.Sequential(nn.Conv2d(start, end, 1), nn.ReLU()) for start, end in pairs))
        self.pool, self.fc = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), nn.Linear(10, 3)

    def forward(self, x):
        return self.fc(self.pool(self.body(x)))


def deep() -> models.Model:
    layers = [f"body.{i}{end}" for i in range(14) for end in (".0", "")]
    model = models.made("deep", Deep, size_px=8, layers=[*layers, "fc"])
    main = {
        name: replace(layer, main=name.count(".") == 1 or name == "fc") for name, layer in model.card.layers.items()
    }
    return replace(model, card=replace(model.card, layers=main))


def test_of_a_deep_network_pairs_are_one_block_unless_something_inside_is_marked() -> None:
    seen = network_diagram.of(deep(), (), ("body.2.0:1",))
    assert [len(block.layers) for block in seen.blocks] == [2, 1, 1, 1, 2, 2, 2, 2, 2]
    assert [block.name for block in seen.blocks][1:4] == ["body.2.0", "body.2", "body.3"]


def test_a_layer_that_is_the_answer_is_the_head() -> None:
    seen = network_diagram.of(deep(), ("fc",), ("fc:2", "logits:1"))
    assert (seen.layers[-1].name, seen.blocks[-1].name) == ("fc", "body.12 to body.13")
    head = seen.heads[0]
    assert (head.name, head.layer, head.chosen) == ("logits", "fc", True)
    assert [str(unit) for unit in head.marked] == ["fc:2", "logits:1"]
    assert seen.edges[-1] == ("body.12 to body.13", "logits")
    assert network_diagram.of(deep(), ("logits",)).heads[0].chosen


def test_receptive_fields_are_as_they_are_beside_their_share_of_the_picture(repeated: models.Model) -> None:
    layers = {layer.name: layer for layer in network_diagram.of(repeated).layers}
    assert (layers["stem"].sees_px, layers["stem"].sees_share) == (3, pytest.approx(3 / 16))
    assert (layers["blocks.5"].sees_px, layers["blocks.5"].sees_share) == (27, 1)


def test_channels_lie_in_their_branches() -> None:
    mixed = records.network_diagram().layers[-1]
    assert [str(mixed.branch_of(index)) for index in (0, 5, 6, 7)] == ["1×1 6", "1×1 6", "5×5 2", "5×5 2"]
    assert mixed.branch_of(8) is None


def test_the_table_has_a_row_for_each_layer() -> None:
    columns = records.network_diagram().columns()
    assert {len(column) for column in columns.values()} == {5}
    assert columns["marked"][-1] == "mixed:6 (5×5)"
    assert columns["branches"][-1] == "1×1 6, 5×5 2"
    assert columns["from"][-1] == "blocks.2"
    assert columns["chosen"] == ["yes", "no", "no", "no", "no"]


def test_a_wrong_layer_is_told_with_the_nearest(repeated: models.Model) -> None:
    with pytest.raises(ValueError, match="blocks.3"):
        network_diagram.of(repeated, ("block.3",))
