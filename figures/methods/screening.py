"""Find the units of a layer that are tuned to a family of stimuli: lines, corners, combs, or an author's own.

Every unit is shown the family at every orientation and second parameter, dark on light and light on dark.
A family that looks the same after part of a turn, as a line does after half of one, has that part as its
circle: the direction that a unit prefers is told within it, and its echo is what it answers half of it away.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import torch

from figures.measurement import measurement
from figures.methods import curves, families, tuning, tuning_curves
from figures.methods.activations import activations
from figures.methods.curves import CEILING_IMAGES, Rule
from figures.methods.datasets import Dataset
from figures.methods.families import Family
from figures.methods.models import Model
from figures.methods.views import View
from figures.nearest import nearest

ORIENTATIONS = 72
POLARITIES = 2
_FOLDS = (6, 4, 3, 2)
_SAME = 0.002
_BATCH, _PIXELS = 144, 2**20


def rules(values: int) -> Mapping[str, Rule]:
    """Return the rules by name, for a family of so many second parameters: half of them are to agree.

    As those of `finding.RULES`, with the two polarities instead of six colour pairs, and no lines to compare with.
    """
    half = (values + 1) // 2
    strict = Rule(colours=POLARITIES, radii=half)
    lenient = replace(strict, colours=1)
    return {"strict": strict, "lenient": lenient, "tuned": replace(lenient, opposite=0.9, beyond_90_deg=float("inf"))}


@dataclass(frozen=True)
class LayerTuning:
    """How every unit of a layer answers what it was shown, (units,) each.

    peak: the largest of the mean responses; ceiling: the 99.95th percentile of the responses to images.
    preferred_deg, half_width_deg: of the mean response, as in `curves`; echo, resultant: as in
    `tuning_curves.Summary`. curve (units, orientations): the mean over all that was shown, orientation i at
    i * 360 / orientations degrees. tuned, lenient, strict: which units meet that rule. images (): how many images
    gave the ceiling; broken (n,): the names of those that could not be read.
    """

    peak: np.ndarray
    ceiling: np.ndarray
    preferred_deg: np.ndarray
    half_width_deg: np.ndarray
    echo: np.ndarray
    resultant: np.ndarray
    curve: np.ndarray
    tuned: np.ndarray
    lenient: np.ndarray
    strict: np.ndarray
    images: np.ndarray = field(default_factory=lambda: np.array(0), kw_only=True)
    broken: np.ndarray = field(default_factory=lambda: np.zeros(0, str), kw_only=True)

    @property
    def width_deg(self) -> np.ndarray:
        """The full width at half the peak, (units,)."""
        return 2 * self.half_width_deg

    @property
    def circle_deg(self) -> float:
        """How far a stimulus turns until it looks the same."""
        return 360.0

    def meeting(self, rule: str) -> np.ndarray:
        """Tell which units meet a rule, (units,); raises ValueError for a rule that there is not."""
        rules = {"strict": self.strict, "lenient": self.lenient, "tuned": self.tuned}
        if rule not in rules:
            raise ValueError(f"rule {rule!r}; expected {', '.join(rules)}{nearest(rule, rules)}")
        return rules[rule]

    def columns(self) -> dict[str, np.ndarray]:
        """Return what a list of units says of each, (units,)."""
        return {
            "preferred_deg": self.preferred_deg,
            "echo": self.echo,
            "resultant": self.resultant,
            "peak": self.peak,
            "ceiling": self.ceiling,
            "width_deg": self.width_deg,
        }


@dataclass(frozen=True)
class FamilyTuning(LayerTuning):
    """How every unit of a layer answers a family of stimuli; see `LayerTuning`.

    fold (): into how many equal parts the family parts the circle, of which angles and widths are told within
    one. best: the second parameter with the largest response. values, polarities: how many second parameters and
    polarities agree with the common peak.
    """

    fold: np.ndarray
    best: np.ndarray
    values: np.ndarray
    polarities: np.ndarray

    @property
    def circle_deg(self) -> float:
        """How far a stimulus turns until it looks the same."""
        return 360 / int(self.fold)

    def columns(self) -> dict[str, np.ndarray]:
        """Return what a list of units says of each, (units,)."""
        counts = {"values": self.values, "polarities": self.polarities}
        return {**super().columns(), "best": self.best, **counts, "strict": self.strict}


@measurement
def family_tuning(
    model: Model, dataset: Dataset, layer: str, *, family: Family, images: int = CEILING_IMAGES
) -> FamilyTuning:
    """Show a whole layer a family; `images` images of the data set give its ceiling."""
    seen = tuning.looking(model, layer, None)
    second = family.default_values(tuning.looking(model, layer, None, 0))
    parts = fold(family, seen, second[len(second) // 2])
    shown = torch.stack([_answers(model, layer, one, seen, second) for one in (family, _swapped(family))])
    answered = shown.unflatten(2, (parts, -1)).mean(dim=2)  # (polarities, values, orientations, units)
    looked = first_images(model, dataset, images)
    ceiling = _ceiling(model, looked.pixels, layer)
    known = curves.numbers(curves.LayerResponses(answered, torch.zeros_like(answered[:, 0]), ceiling))
    summary = tuning_curves.summary(answered.mean(dim=(0, 1)).T.numpy())
    return FamilyTuning(
        peak=known.peak.numpy(), ceiling=known.ceiling.numpy(),
        preferred_deg=known.preferred_deg.numpy() / parts, half_width_deg=known.half_width_deg.numpy() / parts,
        echo=summary.echo, resultant=summary.resultant, curve=shown.mean(dim=(0, 1)).T.numpy(),
        fold=np.array(parts), best=np.array(second)[answered.mean(dim=0).amax(dim=1).argmax(dim=0).numpy()],
        values=known.radii.numpy(), polarities=known.colours.numpy(), **looked.told,
        **{name: known.meet(rule).numpy() for name, rule in rules(len(second)).items()},
    )  # fmt: skip


def fold(family: Family, seen: View, value: float) -> int:
    """Return into how many equal parts a family's pictures part the circle: 1 for arcs, 2 for lines."""
    bare = replace(family, pairs=families.BLACK_ON_WHITE)
    drawn = functools.partial(families.portraits, bare, seen, value=value, side_px=64)
    upright = drawn(orientation_deg=0.0)
    return next((n for n in _FOLDS if (drawn(orientation_deg=360 / n) - upright).abs().mean() < _SAME), 1)


def _swapped(family: Family) -> Family:
    return replace(family, pairs=tuple((ground, ink) for ink, ground in family.pairs))


def _answers(model: Model, layer: str, family: Family, seen: View, second: tuple[float, ...]) -> torch.Tensor:
    """Return the largest rectified responses near the middle, (values, orientations, units)."""
    draw = functools.partial(families.draw, family, seen, channels=model.channels)
    every = list(range(model.size(layer)))
    maps = tuning.shown_maps(model, layer, every, ORIENTATIONS, second, seen, draw, family.name)
    return torch.as_tensor(tuning_curves.rectify(maps).max(axis=(3, 4))).permute(2, 1, 0)


def _ceiling(model: Model, images: torch.Tensor, layer: str) -> torch.Tensor:
    parts = images.split(batch_size(model))
    return curves.ceiling((activations(model, part, layer) for part in parts), len(images))


@dataclass(frozen=True)
class First:
    """The first images of a data set as a network takes them, and the names of those that could not be read."""

    pixels: torch.Tensor
    broken: tuple[str, ...]

    @property
    def told(self) -> dict[str, np.ndarray]:
        """What `LayerTuning` says of them."""
        return {"images": np.array(len(self.pixels)), "broken": np.array(self.broken, str)}


def first_images(model: Model, dataset: Dataset, count: int) -> First:
    """Return up to `count` images of a data set, without those that cannot be read."""
    data, wanted = dataset.sized(model.input_size, model.channels), np.arange(min(count, len(dataset)))
    there, images = data.usable(wanted)
    return First(images, tuple(data.names(np.setdiff1d(wanted, there))))


def batch_size(model: Model) -> int:
    """Return how many images a network is shown at once."""
    return max(8, min(_BATCH, _PIXELS // model.input_size**2))
