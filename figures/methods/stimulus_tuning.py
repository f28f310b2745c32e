"""How units answer families of stimuli, by orientation and by a second parameter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from figures import importing
from figures.methods import families, tuning
from figures.methods.models import Model
from figures.methods.reading import Reading, reading
from figures.methods.sigma import Sigma
from figures.methods.tuning_curves import rectify, width_deg

OPPOSITE_DEG = 45
"""How far from the opposite direction still counts as opposite, as in the echo of a tuning curve."""
_WORDS = {"filled": "filled shapes", "coloured": "filled shapes in colours", "rounded": "rounded angles"}


@dataclass(frozen=True)
class Shown:
    """A family of stimuli in a figure, what it is called there, and its radii where it has some."""

    family: families.Family
    title: str
    radii_px: tuple[float, ...] | None = None
    phrase: str = ""

    @property
    def is_arcs(self) -> bool:
        """Whether these are the arcs that decide where units are read."""
        return self.family.name == "arcs" and not self.family.options

    @property
    def second(self) -> str:
        """What the second parameter is called."""
        return self.family.second

    @property
    def unit(self) -> str:
        """The unit of the second parameter: `px`, `°` or another; empty for a plain number."""
        return self.family.unit

    @property
    def plural(self) -> str:
        """The second parameter in the plural."""
        return "radii" if self.second == "radius" else f"{self.second}s"

    @property
    def suffix(self) -> str:
        """What ends the name of a number in the unit of the second parameter."""
        return {"px": "_px", "°": "_deg", "": ""}.get(self.unit, f"_{self.unit}")

    def column(self, value: float) -> str:
        """Name the column of a second parameter in a table."""
        return f"{self.second}_{value:g}{self.suffix}"

    @property
    def slug(self) -> str:
        """The title as part of the name of a value."""
        return re.sub(r"\W+", "_", self.title).strip("_")

    @property
    def words(self) -> str:
        """What the stimuli are, in a sentence."""
        return self.phrase or _WORDS.get(self.title, self.title)

    @property
    def values(self) -> tuple[float, ...] | None:
        """The second parameters that were asked for; None for those that suit the layer."""
        return self.radii_px if self.second == "radius" else None


def named(name: str, radii_px: tuple[float, ...] | None = None) -> Shown:
    """Find a family by name, also among those that the gallery's scripts register; raises ValueError."""
    importing.read_for(name, families.FAMILIES)
    return Shown(families.find(name), name, radii_px)


@dataclass(frozen=True)
class StimulusTuning:
    """Responses (units, orientations, values) to one family, rectified where a rectifier ends the layer.

    They are in standard deviations where a `sigma` was given. value (units, values): the second parameters.
    """

    units: tuple[str, ...]
    shown: Shown
    response: np.ndarray
    value: np.ndarray
    reading: Reading

    @property
    def rectified(self) -> np.ndarray:
        """The responses, zero where they are below."""
        return rectify(self.response)

    @property
    def peaks(self) -> np.ndarray:
        """The largest response of each unit, (units,)."""
        return self.response.max(axis=(1, 2))

    @property
    def curves(self) -> np.ndarray:
        """Responses averaged over the second parameter, (units, orientations)."""
        return self.response.mean(axis=2)

    @property
    def angles_deg(self) -> np.ndarray:
        """The orientations shown, (orientations,)."""
        return np.arange(self.response.shape[1]) * 360 / self.response.shape[1]

    @property
    def best(self) -> tuple[np.ndarray, np.ndarray]:
        """The orientation in degrees and the second parameter that each unit answers most to, (units,) each."""
        at = [np.unravel_index(response.argmax(), response.shape) for response in self.response]
        angles, seconds = (np.array(index) for index in zip(*at, strict=True))
        return self.angles_deg[angles], np.take_along_axis(self.value, seconds[:, None], axis=1)[:, 0]

    def every(self, step: int) -> StimulusTuning:
        """Keep one orientation in so many."""
        return replace(self, response=self.response[:, ::step])

    def widths_deg(self, seconds: np.ndarray) -> np.ndarray:
        """Return widths at half height (units,) at one second parameter of each unit, by its index (units,)."""
        pairs = zip(self.response, seconds, strict=True)
        return np.array([width_deg(response[:, second]) for response, second in pairs])

    @property
    def straightest(self) -> tuple[np.ndarray, np.ndarray]:
        """The largest responses to the largest second parameter, an arc that is nearly straight, as shares of the peak.

        At any orientation, and within `OPPOSITE_DEG` of the opposite of the best one, (units,) each; nan for a unit
        that never responds.
        """
        rows = np.arange(len(self.units))
        lines = self.rectified[rows, :, self.value.argmax(axis=1)]
        away = np.abs((self.angles_deg[None] - self.best[0][:, None] + 180) % 360 - 180)
        opposite = np.where(away >= 180 - OPPOSITE_DEG, lines, 0)
        peaks = np.where(self.peaks > 0, self.peaks, np.nan)
        return lines.max(axis=1) / peaks, opposite.max(axis=1) / peaks

    def likeness(self, other: StimulusTuning) -> np.ndarray:
        """Correlate each unit's profile over orientation with that of another family; 0 where one is level."""
        pairs = zip(self.rectified.mean(axis=2), other.rectified.mean(axis=2), strict=True)
        return np.array([_correlation(*pair) for pair in pairs])


def of(
    model: Model, units: Sequence[str], shown: Shown, *, orientations: int, sigma: Sigma | None = None
) -> StimulusTuning:
    """Measure what units answer to a family of stimuli, where they answer most to arcs."""
    pre_activation, value = _measured(model, tuple(units), shown, orientations)
    response = tuning.responses(model, units, pre_activation)
    scaled = response if sigma is None else response / sigma.values[:, None, None]
    return StimulusTuning(tuple(units), shown, scaled, value, reading(model, units))


def columns(seen: Sequence[StimulusTuning]) -> dict[str, Sequence[object] | np.ndarray]:
    """Return every response: a row for each unit and orientation, a column for each second parameter.

    Several families stand one below the other; nan where a layer, or a family, was not shown a parameter.
    """
    rows = [len(each.units) * len(each.angles_deg) for each in seen]
    names = dict.fromkeys(name for each in seen for name in _seconds(each))
    table: dict[str, Sequence[object] | np.ndarray] = {
        "unit": [unit for each in seen for unit in each.units for _ in each.angles_deg],
        "orientation_deg": np.concatenate([np.tile(each.angles_deg, len(each.units)) for each in seen]),
        **{name: np.concatenate([_seconds(each).get(name, _blank(each)) for each in seen]) for name in names},
    }
    if len(seen) == 1:
        return table
    return {"family": [each.shown.title for each, count in zip(seen, rows, strict=True) for _ in range(count)], **table}


def grid(seen: StimulusTuning) -> dict[str, np.ndarray]:
    """Return the responses of the one unit: a row for each orientation, a column for each second parameter as given."""
    columns = zip(seen.value[0], seen.response[0].T, strict=True)
    return {"orientation_deg": seen.angles_deg, **{seen.shown.column(value): column for value, column in columns}}


def _seconds(seen: StimulusTuning) -> dict[str, np.ndarray]:
    """Return the responses to each second parameter, smallest first, (units * orientations,)."""
    responses = {}
    for second in sorted({float(value) for value in seen.value.ravel()}):
        column = _blank(seen).reshape(len(seen.units), -1)
        unit, at = np.nonzero(seen.value == second)
        column[unit] = seen.response[unit, :, at]
        responses[seen.shown.column(second)] = column.ravel()
    return responses


def _blank(seen: StimulusTuning) -> np.ndarray:
    return np.full(len(seen.units) * len(seen.angles_deg), np.nan)


def stages(steps: int) -> list[Shown]:
    """Return angles, angles with `steps` - 2 ever rounder corners, and arcs: strokes of one length and turn."""
    rounded = families.find("rounded")
    shares = [step / (steps - 1) for step in range(steps)]
    titles = ["angles", *(f"{share:.0%} round" for share in shares[1:-1]), "arcs"]
    phrases = ["angles", *(f"angles, {title}," for title in titles[1:-1]), "arcs"]
    named = zip(shares, titles, phrases, strict=True)
    return [Shown(rounded.using(roundness=share), title, phrase=phrase) for share, title, phrase in named]


def gains(first: StimulusTuning, last: StimulusTuning) -> np.ndarray:
    """Return by how much each unit's largest response to one family exceeds that to another, (units that answer,)."""
    before, after = np.maximum(first.peaks, 0), np.maximum(last.peaks, 0)
    return after[before > 0] / before[before > 0]


def _measured(model: Model, units: tuple[str, ...], shown: Shown, orientations: int) -> tuple[np.ndarray, np.ndarray]:
    if shown.is_arcs:
        arcs = tuning.arc_responses(model, units, orientations=orientations, radii_px=shown.radii_px)
        return arcs.pre_activation, arcs.radius_px
    answers = families.family_responses(
        model, units, family=shown.family, orientations=orientations, values=shown.values
    )
    return answers.pre_activation, answers.value


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    return 0.0 if np.ptp(one) == 0 or np.ptp(other) == 0 else float(np.corrcoef(one, other)[0, 1])
