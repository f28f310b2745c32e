"""Can a family of curve detectors find the curves in a picture, and better than an edge detector?

Drawn curves on a ground with noise, so that it is known where they are; beside them the pixels that
Canny's edge detector finds, and those of a picture of what drives the family.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

import numpy as np

from figures.artifact import Artifact, Sprite, Table, Tile
from figures.charts import sprites
from figures.control import with_control
from figures.methods import datasets, models
from figures.methods.contributions import source_layer
from figures.methods.curve_families import curve_family
from figures.methods.extraction import extraction
from figures.methods.models import Model as Network
from figures.parameters import Dataset, Layer, Model, Seed, Side, Units
from figures.ranges import Between, Length
from figures.registry import figure

COLUMNS = (
    "noise", "method", "precision", "recall", "F", "F on marking every pixel", "blur in px", "threshold",
)  # fmt: skip
METHODS = ("canny", "attribution")
_SHOWN = 2


@figure("curve-extraction")
def curve_extraction(
    *,
    layer: Layer,
    units: Units = (),
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    noises: Annotated[tuple[float, ...], Between(0, 10), Length(1, 16)] = (0.0, 0.1, 0.2, 0.3),
    ground: Literal["mottled", "striped"] = "mottled",
    images: Annotated[int, Between(1, 500)] = 12,
    tuning: Annotated[int, Between(1, 500)] = 8,
    tolerance_px: Annotated[float, Between(0, 100)] = 2.0,
    seed: Seed = 0,
    control: bool = False,
    tile: Side = 84,
) -> Artifact:
    """Draw curves, what an edge detector finds of them, and what a family of curve detectors does.

    layer: the layer of the curve detectors
    units: the family; without any, all units of the layer that meet the rule for curve detectors
    dataset: the images against which the rule is held
    noises: standard deviations of the noise on every pixel, where white is 1
    ground: blotches, with stripes or without
    images: how many images of each noise are counted
    tuning: how many others of each noise the thresholds are chosen on
    tolerance_px: how far from a curve a pixel may lie that is found
    seed: what curves, grounds and noise are drawn from
    control: let the same units of the network before training find them too
    """
    network, name = models.load(model), models.load(model).layer(layer)
    family = _family(network, datasets.load(dataset), name, units)
    options = {"noises": tuple(map(float, noises)), "ground": ground, "images": images, "tuning": tuning,
               "tolerance_px": float(tolerance_px), "seed": seed}  # fmt: skip
    return with_control(lambda one: _drawn(one, name, family, options, tile), network, control)


def _family(network: Network, data: datasets.Dataset, layer: str, units: Sequence[str]) -> tuple[int, ...]:
    """Return the units' numbers; raises ValueError for one of another layer, and where the rule finds none."""
    if not units:
        found = curve_family(network, data, layer)["unit"]
        if not len(found):
            raise ValueError(f"no unit of {layer} of {network.name} meets the rule for curve detectors; give units")
        return tuple(int(unit) for unit in found)
    chosen = [network.unit(unit) for unit in units]
    for unit in chosen:
        if unit.layer != layer or unit.position is not None or unit.negative:
            raise ValueError(
                f"{unit}; expected whole channels of {layer} without a minus, such as {layer}:{unit.index}"
            )
    return tuple(dict.fromkeys(unit.index for unit in chosen))


def _drawn(network: Network, layer: str, family: tuple[int, ...], options: Mapping[str, object], tile: int) -> Artifact:
    found = extraction(network, layer, family, **options)
    noises = options["noises"]
    values = _values(found, noises, len(family))
    source = source_layer(network, network.unit(f"{layer}:{family[0]}"))
    alt = _alt(values, network, layer, noises)
    rows = tuple(_sprites(found, noises, layer, tile))
    return Artifact(alt, rows, Table(COLUMNS, tuple(_rows(found, noises))), values, tuple(_notes(options, source)))


def _sprites(found: Mapping[str, np.ndarray], noises: Sequence[float], layer: str, tile: int) -> Iterator[Sprite]:
    """Draw a row of each: images, edges, pictures of what drives the family, and what is found in those."""
    rows = (
        ("scenes", "Drawn curves, by noise", None),
        ("canny", "Edges by Canny, and the F of each", 0),
        ("traces", f"Attribution to the curve detectors of {layer}", None),
        ("attribution", "Its brightest pixels, and the F of each", 1),
    )
    shown = min(_SHOWN, found["scenes"].shape[1])
    for name, title, method in rows:
        tiles, pictures = [], []
        for at, noise in enumerate(noises):
            for index in range(shown):
                score = "" if method is None else f"{found['by_image'][method, at, index, 2]:.2f}"
                line = f"{noise:g}" if name == "scenes" else score
                words = f"{title}: image {index + 1} of noise {noise:g}" + (f", F {score}" if score else "")
                tiles.append(Tile(words, lines=(line,) if line else ()))
                pictures.append(_grey(found[name][at, index], 2 * tile))
        yield sprites.sprite(pictures, tiles, display_px=tile, per_row=len(tiles), name=f"curves-{name}", title=title)


def _grey(picture: np.ndarray, side: int) -> np.ndarray:
    grey = np.round(np.clip(picture.astype(np.float64), 0, 1) * 255).astype(np.uint8)[..., None]
    return sprites.resized(np.repeat(grey, 3, axis=2), max(side, len(grey)))


def _rows(found: Mapping[str, np.ndarray], noises: Sequence[float]) -> Iterator[tuple[object, ...]]:
    for at, noise in enumerate(noises):
        every, (blur, high, level) = float(found["everything"][at, 2]), map(float, found["settings"][at])
        yield noise, "Canny", *map(float, found["rates"][0, at]), every, blur, high
        yield noise, "attribution", *map(float, found["rates"][1, at]), every, None, level


def _values(found: Mapping[str, np.ndarray], noises: Sequence[float], family: int) -> dict[str, float | int]:
    """Give each method's rates at the first and the last noise, and count where which wins."""
    ahead = found["rates"][1, :, 2] - found["rates"][0, :, 2]
    values: dict[str, float | int] = {
        "units": family,
        "noises": len(noises),
        "attribution_wins": int((ahead > 0).sum()),
        "canny_wins": int((ahead < 0).sum()),
        "everything_f": float(found["everything"][:, 2].mean()),
    }
    for method, rates in zip(METHODS, found["rates"], strict=True):
        for end, at in (("first", 0), ("last", -1)):
            parts = zip(("precision", "recall", "f"), rates[at], strict=True)
            values |= {f"{method}_{name}_{end}": float(number) for name, number in parts}
    return values


def _alt(values: Mapping[str, float | int], network: Network, layer: str, noises: Sequence[float]) -> str:
    ends = [
        f"at noise {noise:g} Canny's F is {values[f'canny_f_{end}']:.2f}, that of attribution "
        f"{values[f'attribution_f_{end}']:.2f}"
        for noise, end in ((noises[0], "first"), (noises[-1], "last"))
    ]
    return (
        f"Rows of drawn curves, the edges that Canny's detector finds, and a picture, white on black, of what drives "
        f"{values['units']} curve detectors of {layer} of {network.name}: {'; '.join(dict.fromkeys(ends))}. Of "
        f"{values['noises']} levels of noise Canny is better at {values['canny_wins']}, attribution at "
        f"{values['attribution_wins']}; marking every pixel has F {values['everything_f']:.2f}."
    )


def _notes(options: Mapping[str, object], source: str) -> Iterator[str]:
    yield (
        f"F is the harmonic mean of precision and recall, within {options['tolerance_px']:g} px of a curve, over "
        f"{options['images']} images of each noise. Thresholds, and Canny's blur, are those with the best F on "
        f"{options['tuning']} other images of that noise."
    )
    yield (
        f"Attribution: a picture that raises what {source} did for every unit of the family wherever it fired "
        "(after Cammarata et al., 2020); bright is where it has edges and is opaque."
    )
