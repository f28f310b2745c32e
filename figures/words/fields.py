"""How far layers see, in words and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.phrases import brief, key, listed

if TYPE_CHECKING:
    from figures.methods.fields.fields import LayerField, NetworkFields, ReceptiveFields

RULE = (
    "A layer's receptive field is its input's plus (kernel − 1) × stride, branches taken together; "
    "unit u of a row sees it from u × stride − padding on."
)
EFFECTIVE = (
    "Broken lines, and numbers in brackets: the effective field, the side of the square round the middle of the field "
    "that holds 95 % of the absolute gradient of a layer's middle unit, a mean over {}."
)
SURPLUS = 1.05
"""How much larger than its field an effective one is where something else than the field counts."""


def fields(seen: ReceptiveFields) -> Words:
    """Say how far the layers of each network see."""
    return Words(_alt(seen), dict(_values(seen)), tuple(_notes(seen)))


def squares(network: NetworkFields) -> str:
    """Say what the squares over a picture are."""
    sizes = ", ".join(f"{one.layer} {one.field_px} px" for one in network.layers)
    return f"Receptive fields of {network.network} as squares over an image of {network.input_px} px: {sizes}."


def _alt(seen: ReceptiveFields) -> str:
    each = [_range(network) for network in seen.networks]
    return f"Receptive fields by depth. {'. '.join(each)}."


def _range(network: NetworkFields) -> str:
    first, last = network.layers[0], network.deepest
    return (
        f"{network.network}: {len(network.layers)} layers, from {first.field_px} px in {first.layer} to "
        f"{last.field_px} px in {last.layer}, of images of {network.input_px} px"
    )


def _values(seen: ReceptiveFields) -> Iterator[tuple[str, Value]]:
    """Give each layer's numbers, `field_mixed3b`, with the network before the layer where there are several."""
    checked = [network.checked for network in seen.networks]
    yield "networks", len(seen.networks)
    yield "layers", sum(len(network.layers) for network in seen.networks)
    yield "verified", sum(right for right, _ in checked)
    yield "tried", sum(tried for _, tried in checked)
    several = len(seen.networks) > 1
    for network in seen.networks:
        own = f"{key(network.network)}_" if several else ""
        yield f"deepest_{own}".strip("_"), network.deepest.field_px
        if network.tested is not None:
            yield f"accuracy_{key(network.network)}", network.tested.share
        for layer in network.layers:
            for name, value in _of(layer, network.input_px):
                yield f"{name}_{own}{key(layer.layer)}", value


def _of(layer: LayerField, input_px: int) -> Iterator[tuple[str, Value]]:
    yield "field", layer.field_px
    yield "stride", layer.stride_px
    yield "share", layer.field_px / input_px
    if not layer.whole:
        yield "padding", layer.padding_px
    if math.isfinite(layer.effective_px):
        yield "effective", layer.effective_px


def _notes(seen: ReceptiveFields) -> Iterator[str]:
    yield RULE
    yield from _verified(seen)
    random = list(brief(network.network for network in seen.networks if network.random).values())
    if random:
        tell = "effective ones are those of weights drawn at random" if seen.images else "no weights enter them"
        yield f"Never trained: {listed(random)}. Receptive fields are the architecture's; {tell}."
    if seen.images:
        yield EFFECTIVE.format(f"{seen.images} picture{'s' if seen.images > 1 else ''} of {seen.dataset}")
        yield from _beyond(seen)
    if seen.tested:
        named = brief(network.network for network in seen.tested).values()
        yield f"Accuracy is of {listed(list(named))} on {_tests(seen)} images of {seen.dataset}, with 95 % intervals."


def _tests(seen: ReceptiveFields) -> int:
    return max(network.tested.trials for network in seen.tested if network.tested is not None)


def _verified(seen: ReceptiveFields) -> Iterator[str]:
    """Say how many fields a linear network with the same wiring confirmed."""
    layers = sum(len(network.layers) for network in seen.networks)
    right, tried = (sum(column) for column in zip(*(network.checked for network in seen.networks), strict=True))
    if tried:
        yield (
            f"{right} of {tried} fields that could be tried are just where the gradient of a linear network of the "
            "same wiring, all of its weights alike, is not zero."
        )
    wrong = [
        f"{layer.layer} of {network.network}"
        for network in seen.networks for layer in network.layers if layer.verified is False
    ]  # fmt: skip
    if wrong:
        yield f"Not so: {listed(wrong)}."
    if layers > tried:
        yield f"{layers - tried} of {layers} could not be tried: they see the whole image, or mix places in other ways."


def _beyond(seen: ReceptiveFields) -> Iterator[str]:
    """Say where the image, or something that is no receptive field, sets the size of an effective field."""
    pairs = [(network, layer) for network in seen.networks for layer in network.layers]
    if any(layer.field_px > network.input_px for network, layer in pairs):
        yield "Where a field is larger than the image, the image ends its effective field."
    wide = [f"{layer.layer} of {network.network}" for network, layer in pairs
            if not layer.whole and layer.effective_px > SURPLUS * layer.field_px]  # fmt: skip
    if wide:
        yield (
            f"Effective fields are larger than the receptive ones in {listed(wide)}: gates that look at the whole "
            "image, as in squeeze-and-excitation, count in the gradient and not in the arithmetic."
        )
