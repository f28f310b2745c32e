"""Joints and branches of networks whose form is known."""

import torch
from torch import nn

from figures.methods import models, wiring


class Mixed(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.small, self.large = nn.Conv2d(channels, 3, 1), nn.Conv2d(channels, 4, 3, padding=1)
        self.before, self.huge = nn.Conv2d(channels, 2, 1), nn.Conv2d(2, 5, 5, padding=2)
        self.pool, self.project = nn.MaxPool2d(3, 1, 1), nn.Conv2d(channels, 2, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        huge = self.huge(torch.relu(self.before(x)))
        return torch.relu(torch.cat([self.small(x), self.large(x), huge, self.project(self.pool(x))], 1))


class Branched(nn.Module):
    """stem, then left and right beside each other; mixed takes both; the head looks at the stem too."""

    def __init__(self) -> None:
        super().__init__()
        self.stem, self.left, self.right = nn.Conv2d(3, 6, 3), nn.Conv2d(6, 4, 1), nn.Conv2d(6, 4, 1)
        self.mixed, self.fc = Mixed(4), nn.Linear(20, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        stem = self.stem(x)
        mixed = self.mixed(self.left(stem) + self.right(stem))
        return self.fc(torch.cat([mixed.mean((2, 3)), stem.mean((2, 3))], 1).view(x.shape[0], -1))


def branched() -> models.Model:
    return models.made("branched", Branched, size_px=16, layers=["stem", "left", "right", "mixed"])


def test_joints_pass_through_no_other_layer_and_no_shape() -> None:
    found = wiring.wiring(branched(), ("stem", "left", "right", "mixed"))
    assert found.traced
    assert set(found.edges) == {
        ("image", "stem"), ("stem", "left"), ("stem", "right"), ("left", "mixed"), ("right", "mixed"),
        ("mixed", "logits"), ("stem", "logits"),
    }  # fmt: skip


def test_a_layer_that_is_left_out_is_passed() -> None:
    found = wiring.wiring(branched(), ("stem", "mixed"))
    assert set(found.edges) == {("image", "stem"), ("stem", "mixed"), ("mixed", "logits"), ("stem", "logits")}


def test_a_layer_that_is_the_answer_goes_by_the_name_of_its_head() -> None:
    model = models.made("answering", Branched, size_px=16, layers=["stem", "mixed", "fc"])
    found = wiring.wiring(model, ("stem", "mixed", "fc"))
    assert found.answers == {"fc": "logits"}
    assert set(found.edges) == {("image", "stem"), ("stem", "mixed"), ("mixed", "logits"), ("stem", "logits")}
    assert not wiring.wiring(branched(), ("stem", "mixed")).answers


def test_branches_have_their_window_and_channels() -> None:
    found = wiring.wiring(branched(), ("stem", "mixed"))
    told = [(one.label, one.channels) for one in found.branches["mixed"]]
    assert told == [("1×1", 3), ("3×3", 4), ("5×5", 5), ("pool", 2)]
    assert "stem" not in found.branches


def test_curve_units_of_inceptionv1_lie_in_the_widest_branch() -> None:
    """Channels 320 to 415 of mixed3b are those of 5 x 5, the published curve units among them."""
    found = wiring.wiring(models.load("inceptionv1@none"), ("mixed3a", "mixed3b"))
    sizes = [one.channels for one in found.branches["mixed3b"]]
    assert [one.label for one in found.branches["mixed3b"]] == ["1×1", "3×3", "5×5", "pool"]
    assert (sum(sizes[:2]), sum(sizes[:3])) == (320, 416)
