"""What figures of synthetic stimuli share: which family is shown, what units answer to it, and how it looks."""

from __future__ import annotations

import functools
import importlib
import math
import pkgutil
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from figures import gallery
from figures.charts import heatmap, icons
from figures.charts.outlines import Look, hexed, key, outline
from figures.methods import families, tuning
from figures.methods.models import Model as Network

_SIDE, _TURNS, _PICTURE = 240, 24, 72
_WORDS = {"filled": "filled shapes", "coloured": "filled shapes in colours", "rounded": "rounded angles"}


@dataclass(frozen=True)
class Shown:
    """A family of stimuli in a figure, what it is called there, and its radii where it has some."""

    family: families.Family
    title: str
    radii_px: tuple[float, ...] | None = None
    phrase: str = ""

    @property
    def second(self) -> str:
        return self.family.second

    @property
    def many(self) -> str:
        """The second parameter in the plural."""
        return "radii" if self.second == "radius" else f"{self.second}s"

    @property
    def suffix(self) -> str:
        """What ends the name of a number in the family's unit."""
        return {"px": "_px", "°": "_deg", "": ""}.get(self.family.unit, f"_{self.family.unit}")

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
        return self.radii_px if self.second == "radius" else None

    def count(self, values: np.ndarray) -> str:
        """Write `8 radii from 6 to 83 pixels`."""
        finite = values[np.isfinite(values)]
        return f"{values.shape[1]} {self.range(finite.tolist() or [math.inf])}"

    def range(self, values: Sequence[float], style: str = "g") -> str:
        """Write `radii from 6 to 83 pixels`."""
        words = {"px": " pixels", "°": " degrees", "": ""}.get(self.family.unit, f" {self.family.unit}")
        return f"{self.many} from {format(min(values), style)} to {format(max(values), style)}{words}"


def known(name: str) -> families.Family:
    """Find a stimulus family; scripts of the gallery are read until it is there. Raises ValueError."""
    for module in pkgutil.iter_modules(gallery.__path__, f"{gallery.__name__}."):
        if name in families.FAMILIES:
            break
        importlib.import_module(module.name)
    return families.find(name)


def responses_to(network: Network, units: Sequence[str], shown: Shown, orientations: int) -> Mapping[str, np.ndarray]:
    """Measure pre-activations (units, orientations, values), `value` (units, values) and the positions read."""
    if shown.family.name == "arcs" and not shown.family.options:
        found = tuning.arc_responses(network, units, orientations=orientations, radii_px=shown.radii_px)
        return {**found, "value": found["radius_px"]}
    return families.family_responses(
        network, units, family=shown.family, orientations=orientations, values=shown.values
    )


def strips(
    network: Network, units: Sequence[str], shown: Shown, responses: np.ndarray, values: np.ndarray
) -> heatmap.Strips:
    """Prepare a family's responses (units, orientations, values), zero and above, for drawing."""
    turns = np.arange(heatmap.STIMULI) * (360 / heatmap.STIMULI)
    own = values[0]
    seen = tuning.view(network, network.unit(units[0]).layer)
    middle = float(np.sort(own)[len(own) // 2 - 1])
    drawn = families.portraits(shown.family, seen, turns, middle, side_px=56).cpu().numpy()
    uris = [icons.uri(image, side_px=56) for image in icons.pixels(drawn)]
    looks = look(network, units, shown, values)
    return heatmap.Strips(responses, values, uris, shown.title, shown.second, shown.family.unit, looks, shown.words)


def look(network: Network, units: Sequence[str], shown: Shown, values: np.ndarray) -> Look:
    """Draw the family at every second parameter as paths, or as pictures where a family draws whole images."""
    layers = {key(value): network.unit(unit).layer for unit, own in zip(units, values, strict=True) for value in own}
    paths, pictures = {}, {}
    for name, layer in layers.items():
        cover = families.ink(shown.family, tuning.view(network, layer), float(name), side_px=_SIDE)
        if cover is None:
            pictures[name] = _pictures(shown.family, tuning.view(network, layer), float(name))
        else:
            paths[name] = outline(cover)
    pairs = tuple((hexed(ink), hexed(ground)) for ink, ground in shown.family.pairs)
    return Look(paths, pictures, pairs, families.TURN)


def _pictures(kind: families.Family, seen: tuning.View, value: float) -> list[str]:
    turns = np.arange(_TURNS) * (360 / _TURNS)
    drawn = families.portraits(kind, seen, turns, value, side_px=_PICTURE).cpu().numpy()
    return [icons.uri(image, side_px=_PICTURE) for image in icons.pixels(drawn)]


def ideals(network: Network, units: Sequence[str], orientations: int) -> list[tuple[float, str, str]]:
    """Return for each unit the arc it answers to most: orientation, path, and words about it."""
    found = tuning.arc_responses(network, tuple(units), orientations=orientations)
    best = [best_arc(*one) for one in zip(found["pre_activation"], found["radius_px"], strict=True)]
    return [_ideal(network, network.unit(unit).layer, *one, unit) for unit, one in zip(units, best, strict=True)]


def best_arc(responses: np.ndarray, radii_px: np.ndarray) -> tuple[float, float]:
    """Return the orientation and the radius of the largest of responses (orientations, radii)."""
    at, radius = np.unravel_index(responses.argmax(), responses.shape)
    return at * 360 / len(responses), float(radii_px[radius])


def _ideal(network: Network, layer: str, angle: float, radius: float, unit: str) -> tuple[float, str, str]:
    path = _arc_path(tuning.view(network, layer), radius)
    return angle, path, f"the arc that {unit} prefers, towards {angle:.1f}°, radius {radius:g} px"


@functools.lru_cache(maxsize=64)
def _arc_path(seen: tuning.View, radius: float) -> str:
    return outline(families.ink(families.find("arcs"), seen, radius, side_px=_SIDE))


def worded(shown: Shown, values: np.ndarray, told: Sequence[str]) -> list[str]:
    """Put another family's words into the notes about arcs."""
    if shown.family.name == "arcs":
        return list(told)
    place = told[0].partition(";")[2] or "."
    for arcs, others in _OTHER_WORDS.items():
        place = place.replace(arcs, others)
    rest = [note.replace("No response to any arc", f"No response to {shown.words}") for note in told[1:]]
    return [f"{told[0].partition(' to ')[0]} to {shown.words}, {shown.count(values)};{place}", *rest]


_OTHER_WORDS = {"its curve peaks highest": "its curve to arcs peaks highest", "arcs lie": "stimuli lie"}
