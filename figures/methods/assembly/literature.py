"""The names that papers give to layers which libraries call otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: The mixed layers of GoogLeNet, in forward order.
MIXED = ("mixed3a", "mixed3b", "mixed4a", "mixed4b", "mixed4c", "mixed4d", "mixed4e", "mixed5a", "mixed5b")
Aliases = tuple[tuple[str, str], ...]
#: Convolutions in each block of the networks of Simonyan and Zisserman (2015), tables A, B, D and E.
_VGG = {"vgg11": (1, 1, 2, 2, 2), "vgg13": (2, 2, 2, 2, 2), "vgg16": (2, 2, 3, 3, 3), "vgg19": (2, 2, 4, 4, 4)}
#: Branches of a block of GoogLeNet, as TensorFlow's InceptionV1 names them.
_BRANCHES = {
    "_1x1": "branch1",
    "_3x3_bottleneck": "branch2.0",
    "_3x3": "branch2.1",
    "_5x5_bottleneck": "branch3.0",
    "_5x5": "branch3.1",
    "_pool_reduce": "branch4.1",
}
_FULLY_CONNECTED = (("fc6", "classifier.1"), ("fc7", "classifier.4"), ("fc8", "classifier.6"))


def aliases(network: str) -> Aliases:
    """Return (name, dotted path) of a network's layers, the preferred name of a layer before its others.

    Layers of AlexNet and VGG are meant with their rectifiers.
    """
    if network.removesuffix("_bn") in _VGG:
        return (*_vgg(_VGG[network.removesuffix("_bn")], norm=network.endswith("_bn")), *_FULLY_CONNECTED)
    found = {"googlenet": _googlenet, "alexnet": _alexnet, "inceptionv1": _inceptionv1}.get(network)
    return tuple(found()) if found else ()


def main(network: str) -> tuple[str, ...]:
    """Return the preferred names of the layers that papers look into, in forward order, where they are settled."""
    if network in ("googlenet", "inceptionv1"):
        return ("conv2d0", "conv2d1", "conv2d2", *MIXED)
    if network == "alexnet" or network.removesuffix("_bn") in _VGG:
        return tuple(name for name, _ in aliases(network) if re.fullmatch(r"conv[\d_]+|fc\d", name))
    return ()


def _googlenet() -> Iterator[tuple[str, str]]:
    for number in (1, 2, 3):
        yield f"conv2d{number - 1}", f"conv{number}"
    for name in MIXED:
        block = name.replace("mixed", "inception")
        yield name, block
        for end, branch in _BRANCHES.items():
            yield name + end, f"{block}.{branch}"
            yield f"{name}{end}_pre_relu_conv", f"{block}.{branch}.bn"
    yield "softmax2_pre_activation", "fc"


def _alexnet() -> Iterator[tuple[str, str]]:
    for number, place in enumerate((1, 4, 7, 9, 11), start=1):
        yield f"conv{number}", f"features.{place}"
    for number, place in ((1, 2), (2, 5), (5, 12)):
        yield f"pool{number}", f"features.{place}"
    yield from (("fc6", "classifier.2"), ("fc7", "classifier.5"), ("fc8", "classifier.6"))


def _vgg(blocks: tuple[int, ...], *, norm: bool) -> Iterator[tuple[str, str]]:
    place = 0
    for block, count in enumerate(blocks, start=1):
        for number in range(1, count + 1):
            yield f"conv{block}_{number}", f"features.{place + (2 if norm else 1)}"
            place += 3 if norm else 2
        yield f"pool{block}", f"features.{place}"
        place += 1


def _inceptionv1() -> Iterator[tuple[str, str]]:
    units = [f"conv2d{number}" for number in range(3)] + [name + end for name in MIXED for end in _BRANCHES]
    outputs = [*(f"{unit}_pre_relu_conv" for unit in units), "softmax2_pre_activation_matmul"]
    yield from ((output, output) for output in outputs)
    yield from ((output.removesuffix("_conv").removesuffix("_matmul"), output) for output in outputs)
