"""Find the units of a layer that are tuned to arcs, in any network.

Every unit is shown the arcs of `curves`, scaled to what it sees, and shapes whose outline follows them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from figures.measurement import measurement
from figures.methods import curves, families, screening, tuning_curves
from figures.methods.activations import activations, window
from figures.methods.curves import CEILING_IMAGES, LENIENT, STRICT, TUNED, Rule
from figures.methods.datasets import Dataset
from figures.methods.layers import map_size
from figures.methods.models import Model
from figures.methods.surroundings import Cut, stands_alone

FIELD_PX = 46
"""The receptive field that the arcs of `curves` were drawn for; those of others grow or shrink with it."""
RULES: Mapping[str, Rule] = {"strict": STRICT, "lenient": LENIENT, "tuned": TUNED}
"""The rules by name: `tuned` asks for less than `lenient` of what a unit answers away from its peak."""
CURVES = "curves"
DECIMALS = 4
"""Of the numbers that `listed` gives."""


@dataclass(frozen=True)
class CurveTuning(screening.LayerTuning):
    """How every unit of a layer answers arcs; see `screening.LayerTuning`.

    opposite, beyond_90_deg, line: as in `curves.Numbers`. radii, colours, fills: how many of 6, 6 and 6 agree
    with the common peak, the last of shapes filled on the concave side.
    """

    opposite: np.ndarray
    beyond_90_deg: np.ndarray
    line: np.ndarray
    radii: np.ndarray
    colours: np.ndarray
    fills: np.ndarray

    def columns(self) -> dict[str, np.ndarray]:
        """Return what a list of units says of each, (units,)."""
        counts = {"radii": self.radii, "colours": self.colours, "fills": self.fills}
        return {**super().columns(), "line": self.line, **counts, "strict": self.strict}


@measurement
def curve_tuning(model: Model, dataset: Dataset, layer: str, *, images: int = CEILING_IMAGES) -> CurveTuning:
    """Show a whole layer arcs of six radii in six pairs of colours; `images` images of the data set give its ceiling.

    Responses are means over radii and colours, at orientations `curves.STEP_DEG` degrees apart.
    """
    shown, larger, few = _shown(model, layer), scale(model, layer), screening.batch_size(model)

    def whole(batch: torch.Tensor) -> torch.Tensor:
        return activations(model, batch, layer)

    def answer(batch: torch.Tensor) -> torch.Tensor:
        return shown.answer(model, batch, layer)

    looked = screening.first_images(model, dataset, images)
    tuned = curves.measure_tuning(whole, looked.pixels, size_px=shown.side_px, scale=larger, batch=few, answer=answer)
    overall = tuned.arcs.mean(dim=(0, 1))
    filled = _filled(answer, model, shown.side_px, larger, few)
    known = curves.numbers(tuned)
    summary = tuning_curves.summary(overall.T.numpy())
    return CurveTuning(
        **{name: value.numpy() for name, value in vars(known).items()},
        fills=curves.agreeing(filled, overall.argmax(0), LENIENT.near_deg).numpy(),
        resultant=summary.resultant,
        echo=summary.echo,
        curve=overall.T.numpy(),
        **looked.told,
        **{name: known.meet(rule).numpy() for name, rule in RULES.items()},
    )


def chosen(seen: screening.LayerTuning, rule: str = "strict", most: int = 0) -> np.ndarray:
    """Return the units that meet a rule in order of preferred direction, `most` of them (0: all).

    Of too many, first those stay that answer the most concentratedly of their share of the circle,
    then of the others. Raises ValueError for a rule that there is not.
    """
    units = np.flatnonzero(seen.meeting(rule))
    units = units[np.argsort(-seen.resultant[units], kind="stable")]
    if most and len(units):
        shares = (seen.preferred_deg[units] // (seen.circle_deg / most)).astype(int)
        first = np.sort(np.unique(shares, return_index=True)[1])
        units = np.concatenate([units[first], np.delete(units, first)])[:most]
    return units[np.argsort(seen.preferred_deg[units], kind="stable")]


def listed(
    model: Model, dataset: Dataset, layer: str, rule: str = "strict", most: int = 0, kind: str = CURVES
) -> list[dict[str, object]]:
    """List the units that meet a rule with their numbers, in plain types.

    `kind` is `curves`, see `curve_tuning`, or a family of stimuli, see `screening.family_tuning`. Raises
    ValueError for a family or a rule that there is not.
    """
    seen: screening.LayerTuning
    if kind == CURVES:
        seen = curve_tuning(model, dataset, layer)
    else:
        seen = screening.family_tuning(model, dataset, layer, family=families.find(kind))
    return rows(seen, chosen(seen, rule, most))


def rows(seen: screening.LayerTuning, units: np.ndarray) -> list[dict[str, object]]:
    """Return a row of plain numbers for each of some units."""
    columns = {"unit": units, **{name: column[units] for name, column in seen.columns().items()}}
    cells = zip(*(_plain(column) for column in columns.values()), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in cells]


def _plain(column: np.ndarray) -> list[object]:
    return [round(value, DECIMALS) if isinstance(value, float) else value for value in column.tolist()]


def scale(model: Model, layer: str) -> float:
    """Return how much larger a layer's arcs are than those of `curves`, as its receptive field is."""
    return min(model.receptive_field(layer).size_px, model.input_size) / FIELD_PX


@dataclass(frozen=True)
class _Shown:
    """The middle of an image, which is all that the middle quarter of a map sees, and that quarter's place in it."""

    side_px: int
    rows: slice
    columns: slice

    def answer(self, model: Model, images: torch.Tensor, layer: str) -> torch.Tensor:
        """Return the rectified maximum, (n, channels)."""
        return window(model, images, layer, self.rows, self.columns).amax(dim=(2, 3)).relu()


def _shown(model: Model, layer: str) -> _Shown:
    """Cut the borders off where less than the image will do, in step with the layer's stride."""
    height, width = map_size(model, layer, model.input_size) or (1, 1)
    top, left = (3 * height) // 8, (3 * width) // 8
    field, size = model.receptive_field(layer), model.input_size
    ends = [size - field.first_px(at - 1) - field.size_px for at in (height - top, width - left)]
    steps = min(field.first_px(top), field.first_px(left), *ends) // field.stride_px
    if height > 1 and steps > 0:
        side = size - 2 * steps * field.stride_px
        kept = Cut(side, steps * field.stride_px, top - steps, height - top - steps)
        fits = map_size(model, layer, side) == (height - 2 * steps, width - 2 * steps)
        if fits and stands_alone(model, layer, kept):
            return _Shown(side, slice(top - steps, height - top - steps), slice(left - steps, width - left - steps))
    return _Shown(size, slice(top, height - top), slice(left, width - left))


def _filled(answer: Callable, model: Model, side_px: int, larger: float, batch: int) -> torch.Tensor:
    """Return responses to filled shapes, dark on light and light on dark on average, (radii, orientations, units)."""
    look: dict[str, Any] = {"scale": larger, "size_px": side_px, "filled": True, "device": "cpu"}

    def tuned(radius_px: float) -> torch.Tensor:
        return curves.in_colours(
            answer, radius_px, curves.COLOURS[:2], batch=batch, channels=model.channels, **look
        )  # fmt: skip

    return torch.stack([tuned(radius) for radius in curves.RADII_PX], dim=1).mean(dim=0)
