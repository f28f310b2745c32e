"""A network as a look at it describes it, and a catalogue that knows it."""

from __future__ import annotations

from pathlib import Path

from builder.plan import plan
from builder.plan.catalogue import specs
from builder.plan.catalogue.catalogue import Catalogue
from builder.plan.closure import Sources
from builder.store import Store
from figures.cards import Input, LayerCard, NetworkCard, Weights

NAME = "torchvision/googlenet@none"


def layer(module: str, channels: int, side: int, *, main: bool = True, pre: bool = True) -> LayerCard:
    return LayerCard(module, channels, side, side, receptive_field=(7, 2, -3), rectified=pre, pre=pre, main=main)


def card(name: str, sha256: str = "", *, kind: str = "none", file: str = "", url: str = "") -> NetworkCard:
    """What a look at a network says."""
    layers = {"conv2d0": layer("conv1", 64, 112), "pool": layer("maxpool1", 64, 56, pre=False)}
    layers |= {"mixed3b": layer("inception3b", 480, 28)}
    layers |= {f"inception3b.branch{i}": layer(f"inception3b.branch{i}", 32, 28, main=False) for i in range(200)}
    return NetworkCard(
        name, f"digest of {sha256 or name}", Weights(kind, file, sha256, url), Input(224, 3, (0.5,), (0.5,)), layers,
        {"logits": ("cat", "dog")}, {"inception3b": "mixed3b", "3b": "mixed3b", "conv1": "conv2d0"}, kind == "none",
    )  # fmt: skip


class Describer:
    """Stands in for the engine, and counts how often a network had to be loaded."""

    def __init__(self, **answer: str) -> None:
        self.answer, self.asked = answer, []

    def __call__(self, name: str) -> NetworkCard:
        self.asked.append(name)
        return card(name, **self.answer)


def open_catalogue(root: Path, describe=None, networks=None, datasets=None) -> Catalogue:
    sources = Sources({"figures": plan.package_folder(), "": root})
    site = specs.site(root, networks or {}, datasets or {})
    store = root / ".microscribe"
    return Catalogue(sources, store / "digests.json", site, Store(store), describe)


def factory(root: Path, text: str) -> None:
    (root / "mynet.py").write_text(f"from mylayers import WIDTH\n\ndef build():\n    return {text}, WIDTH\n")
