"""Does a unit that answers to curves also answer to angles, and what happens as their corner is rounded?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from figures.artifact import Artifact
from figures.control import with_control
from figures.gallery.stimulus_looks import Shown
from figures.gallery.tuning_heatmap import drawn
from figures.methods import families, models
from figures.parameters import Dataset, Model, Units
from figures.registry import figure


@figure("angle-to-curve")
def angle_to_curve(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    steps: int = 4,
    orientations: int = 120,
    row: float = 6.0,
    zoom: bool = True,
    control: bool = False,
) -> Artifact:
    """Draw strips of responses for angles, for angles with ever rounder corners, and for arcs, with one scale.

    units: whose responses to draw
    model: the network
    dataset: the images over which the standard deviation of a unit's activations is taken
    steps: how many shapes from the sharp corner to the arc, 2 to 6
    orientations: how many directions to try, evenly spaced
    row: height of one opening angle in pixels
    zoom: show the stimulus of a cell that is chosen, over the arc that the unit prefers
    control: draw the same of the network before training beside it
    """
    if not 2 <= steps <= 6:
        raise ValueError(f"steps {steps}; expected 2 to 6")
    network, shown = models.load(model), stages(steps)
    options = {"orientations": orientations, "row": row, "zoom": zoom, "name": "angle-to-curve"}
    return with_control(lambda one: _told(drawn(one, dataset, units, shown, **options), shown), network, control)


def stages(steps: int) -> list[Shown]:
    """Return angles, angles with `steps` - 2 rounder corners, and arcs: strokes of one length and turn."""
    rounded = families.find("rounded")
    shares = [step / (steps - 1) for step in range(steps)]
    titles = ["angles", *(f"{share:.0%} round" for share in shares[1:-1]), "arcs"]
    phrases = ["angles", *(f"angles, {title}," for title in titles[1:-1]), "arcs"]
    told = zip(shares, titles, phrases, strict=True)
    return [Shown(rounded.using(roundness=share), title, phrase=phrase) for share, title, phrase in told]


def _told(made: Artifact, shown: list[Shown]) -> Artifact:
    """Add how many units answer more to arcs than to angles, and how much more."""
    peaks = [_peaks(made, one.title) for one in (shown[0], shown[-1])]
    gains = sorted(arc / angle for angle, arc in zip(*(one.values() for one in peaks), strict=True) if angle > 0)
    known = {"median_gain": gains[len(gains) // 2]} if gains else {}
    return replace(made, values={**made.values, "prefer_arcs": sum(gain > 1 for gain in gains), **known})


def _peaks(made: Artifact, title: str) -> Mapping[str, float]:
    """Return each unit's largest response to one family, in the order of the units."""
    peaks: dict[str, float] = {}
    for kind, unit, _, *responses in made.table.rows:
        if kind == title:
            peaks[unit] = max(peaks.get(unit, 0.0), *(one for one in responses if one is not None))
    return peaks
