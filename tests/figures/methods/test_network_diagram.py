"""Layers alike become one block, and what stands apart does not."""

import sys
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
    return models.made("repeated", Repeated, size_px=16, layers=layers)


def test_layers_alike_are_one_block(repeated: models.Model) -> None:
    seen = network_diagram.of(repeated)
    assert [block.name for block in seen.blocks] == ["stem", "blocks.0 to blocks.5"]
    assert set(seen.edges) == {("image", "stem"), ("stem", "blocks.0 to blocks.5"), ("blocks.0 to blocks.5", "logits")}
    assert len(network_diagram.of(repeated, collapse=False).blocks) == 7


def test_what_is_pointed_out_or_marked_stands_apart(repeated: models.Model) -> None:
    seen = network_diagram.of(repeated, ("blocks.3",), ("stem:2", "logits:1"))
    assert [block.name for block in seen.blocks] == ["stem", "blocks.0 to blocks.2", "blocks.3", "blocks.4", "blocks.5"]
    assert [layer.name for layer in seen.layers if layer.chosen] == ["blocks.3"]
    assert [str(unit) for unit in seen.blocks[0].marked] == ["stem:2"]
    assert [str(unit) for head in seen.heads for unit in head.marked] == ["logits:1"]


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
