"""What a layer says of a picture, made up for tests of words and drawings."""

from __future__ import annotations

import dataclasses

import numpy as np

from figures.methods.blocks.channel_flow import ChannelFlow, Flow
from figures.methods.blocks.dictionary import LayerDictionary, SemanticDictionary
from figures.methods.blocks.groups import BuildingBlocks, Groups

PICTURE = np.full((3, 16, 16), 0.5, np.float32)
ICON = np.full((8, 8, 3), 200, np.uint8)


def layer(name: str = "a", **changed: object) -> LayerDictionary:
    """Two by two cells, the last of which names one channel; of four channels three are drawn."""
    index = np.array([[3, 1], [1, 0], [1, 2], [3, -1]])
    value = np.array([[4.0, 1.0], [0.5, 0.25], [1.5, 0.5], [0.75, 0.0]])
    made = LayerDictionary(name, 2, 2, 1, index, value, (0, 2), np.array([3, 1, 2]), np.stack([ICON] * 3))
    return dataclasses.replace(made, **changed)


def dictionary(*layers: LayerDictionary) -> SemanticDictionary:
    return SemanticDictionary("net", PICTURE, "cat.jpg", layers or (layer(),))


def blocks(**changed: object) -> BuildingBlocks:
    """Two groups of three channels over two by two positions, and what they add to two classes."""
    groups = Groups(
        where=np.array([[[1.0, 0.5], [0.0, 0.0]], [[0.0, 0.0], [0.25, 2.0]]]),
        directions=np.array([[0.5, 0.5, 0.0], [0.0, 0.2, 0.8]]),
        share=np.array([0.5, 0.25]),
        error=np.array(0.5),
        below=np.array(0.0),
        classes=np.array([1, 0]),
        logit=np.array([3.0, -1.0]),
        attributed=np.array([[2.0, -0.5], [0.25, 0.25]]),
        total=np.array([1.0, 1.0]),
    )
    return BuildingBlocks(
        "net", PICTURE, "cat.jpg", "a", "logits", ("cat", "dog"), dataclasses.replace(groups, **changed),
        np.stack([ICON] * 2),
    )  # fmt: skip


def channel_flow() -> ChannelFlow:
    """Two upper channels, three lower ones of which two are shown."""
    flow = Flow(np.array([5, 2]), np.array([4.0, 2.0]), np.array([[3.0, 0.5, -1.0], [0.5, 0.5, 0.5]]))
    return ChannelFlow(
        "net", "cat.jpg", PICTURE, "b", "a", flow, np.array([0, 2]), np.stack([ICON] * 2), np.stack([ICON] * 2)
    )
