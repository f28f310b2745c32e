"""Receptive fields and curves of networks, made up for tests of words and drawings."""

from __future__ import annotations

from dataclasses import replace

from figures.methods.fields.fields import LayerField, NetworkFields, ReceptiveFields
from figures.methods.rates import Rate
from figures.methods.robustness.robustness import Curve, Robustness


def layer(name: str, depth: int, field_px: int, **changed: object) -> LayerField:
    made = LayerField(name, depth, field_px, 2, field_px // 2, False, True, 0.8 * field_px)
    return replace(made, **changed)


def network(name: str = "lib/net@none", *, tested: Rate | None = None, **changed: object) -> NetworkFields:
    layers = (layer("conv1", 1, 7), layer("conv2", 2, 31), layer("conv3", 5, 90), layer("conv4", 6, 400))
    return replace(NetworkFields(name, 64, False, layers, tested), **changed)


def seen(*networks: NetworkFields, images: int = 4) -> ReceptiveFields:
    return ReceptiveFields(networks or (network(),), "glyphs:9", images)


def curves(score: str = "accuracy", kinds: tuple[str, ...] = ("noise", "contrast")) -> Robustness:
    """Two networks, of which one falls to chance and the other does not fall."""
    steps = {
        "noise": (0.0, 0.1, 0.2),
        "blur": (0.0, 1.0, 2.0),
        "contrast": (1.0, 0.5, 0.1),
        "rotation": (0.0, 90.0, 180.0),
    }
    falls = {"a": (90, 50, 10), "lib/b@none": (80, 80, 80)}
    rows = tuple(
        Curve(name, kind, steps[kind], tuple(Rate(hits, 100) for hits in hit))
        for kind in kinds for name, hit in falls.items()
    )  # fmt: skip
    return Robustness("glyphs:9", dict.fromkeys(falls, "shape"), score, 100, 0, rows, dict.fromkeys(falls, 0.1))
