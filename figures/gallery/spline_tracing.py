"""What curve does a family of units see in an image?

A spline bends, step by step, until the network answers the drawing as it answers the image.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import torch

from figures.artifact import Artifact, Control, Image, Table
from figures.charts import drawings
from figures.control import with_control
from figures.methods import datasets, models, strokes, tracing
from figures.methods.datasets.decoding import decoded
from figures.methods.models import Model as Network
from figures.methods.pictures import pixels
from figures.parameters import Dataset, Knots, Model, Seed, Side, Steps, Stroke, Units
from figures.ranges import AtLeast
from figures.registry import figure

COLUMNS = ("step", "cosine", "length_px", "distance_px")
STAGES = 12
_CONTROL = "step"


@dataclass(frozen=True)
class Source:
    """An image (channel, size, size) to trace, what it is called, and the curve that it shows, where that is known."""

    image: np.ndarray
    words: str
    truth: np.ndarray | None = None


@figure("spline-tracing")
def spline_tracing(
    *,
    units: Units = (
        "mixed3b:163",
        "mixed3b:188",
        "mixed3b:96",
        "mixed3b:175",
        "mixed3b:246",
        "mixed3b:154",
        "mixed3b:81",
        "mixed3b:194",
        "mixed3b:181",
        "mixed3b:164",
    ),
    source: Path | None = None,
    image: Annotated[int, AtLeast(0)] | None = None,
    knots: Knots = 7,
    steps: Steps = 96,
    width_px: Stroke | None = None,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    control: bool = False,
    size: Side = 192,
) -> Artifact:
    """Trace an image with one spline, found through the network; a slider shows it bend.

    units: the family that is to see the drawing as it sees the image, of one layer
    source: an image file beside the article
    image: or an image of the data set by its number; without either, a curve drawn by lot, which is known
    knots: how many points bend the spline
    steps: for how many steps it is bent
    dataset: where the image comes from
    seed: draws the starts, and the curve where there is no image
    control: trace the same with the network before training beside it
    """
    network = models.load(model)
    search = tracing.Search(knots=knots, steps=steps, width_px=width_px, seed=seed)
    shown = _source(network, source, image, dataset, search)
    return with_control(lambda one: _traced(one, units, shown, search, size), network, control)


def _source(network: Network, path: Path | None, index: int | None, dataset: str, search: tracing.Search) -> Source:
    if path is not None and index is not None:
        raise ValueError(f"image {index} and source {path.name}; expected one of the two")
    if path is not None:
        return Source(opened(path, network.input_size), path.name)
    if index is not None:
        data = datasets.load(dataset)
        return Source(numbered(network, data, (index,))[0], f"image {index} of {data.name}")
    truth = tracing.curve(network.input_size, search.seed).astype(np.float32)
    [drawn] = tracing.drawn(network, torch.tensor(truth)[None], search).numpy()
    return Source(drawn, "a curve drawn by lot", truth)


def opened(path: Path, size_px: int) -> np.ndarray:
    """Read an image file as the network sees it, (3, size, size) in [0, 1]; raises ValueError for what is none."""
    try:
        found = decoded(path.read_bytes(), size_px, 3)
    except (OSError, ValueError, SyntaxError) as error:
        raise ValueError(f"source {path.name}: not an image that can be read ({error})") from None
    return (np.moveaxis(found, -1, 0) / 255).astype(np.float32)


def numbered(network: Network, data: datasets.Dataset, indices: Sequence[int]) -> np.ndarray:
    """Return images (n, 3, size, size) of a data set by their numbers; raises ValueError for one that is not there."""
    for index in indices:
        if not 0 <= index < len(data):
            raise ValueError(f"image {index}; {data.name} has images 0 to {len(data) - 1}")
    return data.sized(network.input_size, 3).images(list(indices)).numpy()


def _traced(network: Network, units: Sequence[str], shown: Source, search: tracing.Search, size: int) -> Artifact:
    found = tracing.trace(network, shown.image, units, search=search)
    told = _told(found, shown)
    parts = tuple(_pictures(network, found, shown, search, size))
    rows = zip(*(told[name].tolist() for name in COLUMNS), strict=True)
    table = Table(COLUMNS, tuple(tuple(None if cell != cell else cell for cell in row) for row in rows))
    labels = tuple(map(_label, stages(search.steps)))
    steps = Control(_CONTROL, "slider", labels, "Bending the spline", start=labels[-1])
    alt = _alt(units, shown, told)
    return Artifact(alt, parts, table, _values(told, shown, found), tuple(_notes(network, units, shown)), (steps,))


def stages(steps: int) -> list[int]:
    """Choose which steps to show: close together at first, where most happens, and the last."""
    return sorted({round(steps * (i / (STAGES - 1)) ** 2) for i in range(STAGES)})


def _label(step: int) -> str:
    return f"step {step}"


def _told(found: Mapping[str, np.ndarray], shown: Source) -> dict[str, np.ndarray]:
    lines = strokes.sampled(torch.as_tensor(found["knots"]))
    apart = np.full(len(lines), np.nan)
    if shown.truth is not None:
        truth = strokes.sampled(torch.as_tensor(shown.truth)[None])
        apart = strokes.apart_px(lines, truth.expand(len(lines), -1, -1)).numpy()
    numbers = (np.arange(len(lines)), found["score"], strokes.lengths_px(lines).numpy(), apart)
    return {name: np.round(array.astype(float), 4) for name, array in zip(COLUMNS, numbers, strict=True)} | {
        "step": np.arange(len(lines))
    }


def _pictures(
    network: Network, found: Mapping[str, np.ndarray], shown: Source, search: tracing.Search, size: int
) -> Iterator[Image]:
    side, width = network.input_size, search.width(network.input_size)
    picture = pixels(torch.as_tensor(shown.image)[None])[0]
    yield drawings.framed(picture, alt=shown.words.capitalize(), name="image", title="Image", display_px=size)
    for step in stages(search.steps):
        cosine = f"cosine {found['score'][step]:.2f}"
        yield drawings.path(
            [strokes.path(torch.as_tensor(found["knots"][step]))], [drawings.INK], side_px=side, width_px=width,
            alt=f"The spline at {_label(step)}, {cosine}", title=cosine.capitalize(),
            name="path" if step == search.steps else f"step-{step}", display_px=size, shown={_CONTROL: _label(step)},
        )  # fmt: skip
    over = covered(network, found["knots"][-1:], search, 2 * size)
    laid = drawings.laid_over(picture, over, [drawings.COLOURS[0]], 2 * size)
    yield drawings.framed(
        laid, alt="The last spline over the image", name="over-image", title="Over the image", display_px=size
    )


def covered(network: Network, knots: np.ndarray, search: tracing.Search, side_px: int) -> np.ndarray:
    """Draw splines (n, k, 2) larger than the network sees them, (n, side, side)."""
    scale = side_px / network.input_size
    line = strokes.sampled(torch.as_tensor(knots) * scale)
    return strokes.coverage(line, size_px=side_px, width_px=search.width(network.input_size) * scale).cpu().numpy()


def _values(
    told: Mapping[str, np.ndarray], shown: Source, found: Mapping[str, np.ndarray]
) -> dict[str, float | int | str]:
    cosine, length, apart = (told[name] for name in COLUMNS[1:])
    values: dict[str, float | int | str] = {
        "source": shown.words, "steps": len(cosine) - 1, "knots": found["knots"].shape[1],
        "cosine_at_start": float(cosine[0]), "cosine": float(cosine[-1]), "length_px": float(length[-1]),
    }  # fmt: skip
    if shown.truth is None:
        return values
    return values | {"distance_at_start_px": float(apart[0]), "distance_px": float(apart[-1])}


def _alt(units: Sequence[str], shown: Source, told: Mapping[str, np.ndarray]) -> str:
    words = (
        f"{shown.words.capitalize()}, and the spline that {len(units)} units see like it: in {len(told['step']) - 1} "
        f"steps the cosine between what they rest on rose from {told['cosine'][0]:.2f} to {told['cosine'][-1]:.2f}."
    )
    if shown.truth is None:
        return words
    return f"{words} The spline lies {told['distance_px'][-1]:.2g} pixels from the curve on average."


def _notes(network: Network, units: Sequence[str], shown: Source) -> Iterator[str]:
    layer, _ = tracing.family(network, units)
    source = tracing.layer_before(network, layer)
    yield (
        f"The spline climbs the cosine between what the {len(units)} units of {layer} draw from {source} in the "
        "image and in the drawing, both weighted by the image's gradients."
    )
    if shown.truth is not None:
        yield "Distances are means between both curves in pixels of the network's input."
