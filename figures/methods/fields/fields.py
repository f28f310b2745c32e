"""The receptive fields of the layers of networks, side by side."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods.datasets import Dataset
from figures.methods.fields.effective import effective
from figures.methods.fields.surrogate import Boxes, boxes
from figures.methods.models import Model
from figures.methods.rates import Rate
from figures.methods.receptive_field import everything
from figures.methods.robustness.answered import accuracy, can_be_wrong
from figures.units import PRE


@dataclass(frozen=True)
class LayerField:
    """What one layer sees: unit u of a row sees `field_px` pixels from u * stride_px - padding_px on.

    `whole` tells that it sees the whole image whichever unit it is. `depth` counts the layers with weights on the
    longest way from the image, else the layers listed. `verified` says whether a linear network's gradient covered
    just these pixels, None where that could not be tried; `effective_px` is NaN where it was not asked for.
    """

    layer: str
    depth: int
    field_px: int
    stride_px: int
    padding_px: int
    whole: bool
    verified: bool | None
    effective_px: float

    @property
    def centre_px(self) -> float:
        """The middle of what the first unit sees."""
        return (self.field_px - 1) / 2 - self.padding_px


@dataclass(frozen=True)
class NetworkFields:
    """The layers of one network, its input's side, and how many images it named right, where that is known."""

    network: str
    input_px: int
    random: bool
    layers: tuple[LayerField, ...]
    tested: Rate | None

    @property
    def deepest(self) -> LayerField:
        """The layer that sees most, the first of equal ones."""
        return max(self.layers, key=lambda one: one.field_px)

    @property
    def checked(self) -> tuple[int, int]:
        """How many layers' fields were found as they should be, and how many could be tried."""
        tried = [one.verified for one in self.layers if one.verified is not None]
        return sum(tried), len(tried)


@dataclass(frozen=True)
class ReceptiveFields:
    """The fields of several networks; `images` of a data set were looked at for the effective ones, 0 for none."""

    networks: tuple[NetworkFields, ...]
    dataset: str
    images: int

    @property
    def tested(self) -> tuple[NetworkFields, ...]:
        """The networks whose accuracy is known."""
        return tuple(one for one in self.networks if one.tested is not None)

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each layer; what was not measured of any is left out."""
        rows = [dict(_row(network, layer)) for network in self.networks for layer in network.layers]
        names = [name for name in rows[0] if any(row[name] is not None for row in rows)]
        return {name: [row[name] for row in rows] for name in names}


def _row(network: NetworkFields, layer: LayerField) -> Iterator[tuple[str, object]]:
    known = math.isfinite(layer.effective_px)
    yield "network", network.network
    yield "layer", layer.layer
    yield "depth", layer.depth
    yield "field_px", layer.field_px
    yield "stride_px", layer.stride_px
    yield "padding_px", None if layer.whole else layer.padding_px
    yield "centre_px", None if layer.whole else layer.centre_px
    yield "of_image", round(layer.field_px / network.input_px, 3)
    yield "effective_px", round(layer.effective_px, 1) if known else None
    yield "effective_share", round(layer.effective_px / layer.field_px, 3) if known else None
    yield "verified", None if layer.verified is None else "yes" if layer.verified else "no"


def of(
    models: Sequence[Model], dataset: Dataset, *, layers: Sequence[str] = (), images: int = 4, test_images: int = 0,
    head: str = "", seed: int = 0,
) -> ReceptiveFields:  # fmt: skip
    """Work out, try and measure what layers of networks see; by default all main layers that have places.

    Raises ValueError with the nearest name for a layer that no network has.
    """
    chosen = [chosen_layers(model, layers) for model in models]
    if not any(chosen):
        models[0].card.layer(layers[0], heads=False)
    pairs = [(model, names) for model, names in zip(models, chosen, strict=True) if names]
    for name in layers:
        _check_known(models, name)
    tested = test_images if sum(can_be_wrong(model, dataset, head) for model, _ in pairs) > 1 else 0
    return ReceptiveFields(
        networks=tuple(_network(model, names, dataset, images, tested, head, seed) for model, names in pairs),
        dataset=dataset.name,
        images=min(images, len(dataset)),
    )


def _check_known(models: Sequence[Model], name: str) -> None:
    """Raise the first network's error where no network has a layer."""
    problems = []
    for model in models:
        try:
            model.card.layer(name, heads=False)
            return
        except ValueError as error:
            problems.append(error)
    raise problems[0]


def chosen_layers(model: Model, asked: Sequence[str]) -> tuple[str, ...]:
    """Return those of some layers that a network has; by default its main ones, and the one that sees most after them.

    Layers without places see the whole image: they come only where they are asked for, or nothing else is there.
    """
    if asked:
        known = {**{name: name for name in model.layers}, **model.card.aliases}
        names = (name.removesuffix(PRE) for name in asked)
        return tuple(dict.fromkeys(known[name] for name in names if known.get(name) in model.layers))
    main = [name for name in model.main if has_places(model, name)]
    if not main:
        return model.main
    sizes = {name: model.receptive_field(name).size_px for name in model.layers if has_places(model, name)}
    last = max(sizes, key=sizes.__getitem__)
    return (*main, *([last] if sizes[last] > max(sizes[name] for name in main) else []))


def has_places(model: Model, layer: str) -> bool:
    """Tell whether a layer is a map of more than one position."""
    return model.card.layers[layer].has_places


def sees_all(model: Model, layer: str) -> bool:
    """Tell whether every position of a layer sees the whole image, as behind attention.

    Such layers have a field as wide as the image by convention; one that has it by chance is followed by wider ones.
    """
    last = [name for name in model.layers if has_places(model, name)][-1:]
    return not has_places(model, layer) or all(_is_everything(model, name) for name in (layer, *last))


def _is_everything(model: Model, layer: str) -> bool:
    part = model.part(layer)
    return part.receptive_field == everything(model.input_size, max(part.height, part.width))


def _network(
    model: Model, layers: tuple[str, ...], dataset: Dataset, images: int, test_images: int, head: str, seed: int
) -> NetworkFields:
    tried = boxes(model, layers)
    sides = effective(model, dataset, layers, images=images, seed=seed).side_px if images else [math.nan] * len(layers)
    return NetworkFields(
        network=model.name,
        input_px=model.input_size,
        random=model.random,
        layers=tuple(_layer(model, name, i, tried, float(sides[i])) for i, name in enumerate(layers)),
        tested=accuracy(model, dataset, head=head, count=test_images, seed=seed),
    )


def _layer(model: Model, name: str, place: int, tried: Boxes, effective_px: float) -> LayerField:
    field, whole = model.receptive_field(name), sees_all(model, name)
    known = not whole and bool((tried.tried[place] >= 0).all())
    return LayerField(
        layer=name,
        depth=int(tried.depth[place]) or place + 1,
        field_px=field.size_px,
        stride_px=field.stride_px,
        padding_px=-field.start_px,
        whole=whole,
        verified=bool(np.array_equal(tried.tried[place], tried.expected[place])) if known else None,
        effective_px=effective_px,
    )
