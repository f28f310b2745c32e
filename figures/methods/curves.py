"""Find curve detectors: units that fire for arcs of one orientation and not the opposite one.

A unit is shown thin arcs of six radii in six colour pairs at 72 orientations, and
straight lines. The rule below was fixed before any network was measured. It asks for
one-sided, smooth tuning that holds across radii, colours and both polarities.

After Cammarata et al. (2020, "Curve Detectors", Distill), who selected units by hand and
joined them by tuning curves; we differ in selecting by fixed thresholds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from figures.methods import stimuli

RADII_PX: tuple[float, ...] = (6.0, 8.0, 11.0, 15.0, 20.0, 26.0)
STEP_DEG = 5.0
WIDTH_PX = 3.0
LENGTH_PX = 24.0
CEILING_IMAGES = 400
"""Over how many images a unit's ceiling is taken, in records and on pages alike: more or fewer move units at the edge
of a rule. Of `glyphs`, mixed3b:27 reaches 30.1 % of its ceiling over 200 images and 29.9 % of that over 400."""

Colour = tuple[float, ...]
#: Ink and ground, red green blue: three dark on light, the same three light on dark.
COLOURS: tuple[tuple[Colour, Colour], ...] = tuple(
    pair
    for dark, light in (
        ((0.1, 0.1, 0.1), (0.9, 0.9, 0.9)),
        ((0.3, 0.3, 0.3), (0.7, 0.7, 0.7)),
        ((0.15, 0.2, 0.4), (0.85, 0.8, 0.6)),
    )
    for pair in ((dark, light), (light, dark))
)

#: Maps images (n, 3, size, size) in [0, 1] to pre-activations (n, channels, height, width).
PreActivation = Callable[[torch.Tensor], torch.Tensor]


@dataclass(frozen=True)
class LayerResponses:
    """Rectified responses of every unit of a layer, at its best central position.

    `arcs` (colours, radii, orientations, units); `lines` (colours, orientations,
    units); `ceiling` (units,), the 99.95th percentile of the unit's responses to images.
    """

    arcs: torch.Tensor
    lines: torch.Tensor
    ceiling: torch.Tensor


@dataclass(frozen=True)
class Rule:
    """What a unit must do to be called a curve unit. Fractions are of its peak."""

    opposite: float = 0.30
    beyond_90_deg: float = 0.50
    half_width_deg: tuple[float, float] = (12.0, 75.0)
    near_deg: float = 30.0
    colours: int = 4
    radii: int = 3
    of_ceiling: float = 0.30
    line: float = float("inf")


LENIENT = Rule()
STRICT = Rule(colours=5, line=0.7)
#: Tuned to arcs rather than lines, whatever else on the circle it answers: with echoes, as early layers have.
TUNED = Rule(opposite=0.9, beyond_90_deg=float("inf"), colours=5, line=1.0)


@dataclass(frozen=True)
class CurveUnits:
    """The units that meet a rule, in order of preferred orientation; angles in degrees."""

    units: tuple[int, ...]
    preferred_deg: tuple[float, ...]
    half_width_deg: tuple[float, ...]

    def bins(self, count: int = 8) -> tuple[int, ...]:
        """Return how many units prefer each of `count` equal ranges; the first starts at 0."""
        filled = [0] * count
        for angle in self.preferred_deg:
            filled[int(angle % 360 // (360 / count)) % count] += 1
        return tuple(filled)


def central(response: torch.Tensor) -> torch.Tensor:
    """Return the rectified maximum over the middle quarter of each side, (n, channels)."""
    height, width = response.shape[-2:]
    top, left = (3 * height) // 8, (3 * width) // 8
    middle = response[..., top : height - top, left : width - left]
    return middle.amax(dim=(2, 3)).relu()


def measure_tuning(
    pre_activation: PreActivation, images: torch.Tensor, *, size_px: int = 64, scale: float = 1.0, batch: int = 144,
    answer: Callable[[torch.Tensor], torch.Tensor] | None = None,
) -> LayerResponses:  # fmt: skip
    """Show the arcs and lines, and `images` (n, channels, size, size) for each unit's ceiling.

    `scale` stretches radii, lengths and widths; `answer` gives responses (n, units) to stimuli, by default the
    `central` ones of their pre-activations.
    """
    answer = answer or (lambda drawn: central(pre_activation(drawn)))
    look: dict[str, Any] = {"size_px": size_px, "scale": scale, "channels": images.shape[1], "device": images.device}
    arcs = torch.stack([in_colours(answer, radius, batch=batch, **look) for radius in RADII_PX], dim=1)
    lines = in_colours(answer, float("inf"), batch=batch, **look)
    highest = ceiling((pre_activation(part) for part in images.split(batch)), len(images))
    return LayerResponses(arcs, lines, highest)


def in_colours(
    answer: Callable[[torch.Tensor], torch.Tensor], radius_px: float, pairs: Sequence[tuple[Colour, Colour]] = COLOURS,
    *, batch: int, channels: int, scale: float = 1.0, **look: Any,
) -> torch.Tensor:  # fmt: skip
    """Show arcs of a radius, straight lines at an infinite one, in pairs of ink and ground; shapes are drawn once.

    `answer` gives (n, units) for images (n, channels, size, size); returns (pairs, orientations, units). `look` as in
    `stimuli.arcs`.
    """
    length = min(LENGTH_PX, torch.pi * radius_px) * scale
    cover = stimuli.arcs(
        torch.arange(0, 360, STEP_DEG), radius_px * scale, length_px=length, width_px=WIDTH_PX * scale,
        ink=1.0, ground=0.0, channels=1, **look,
    )[:, 0]  # fmt: skip

    def shown(ink: Colour, ground: Colour) -> torch.Tensor:
        drawn = stimuli.paint(cover, ink=ink, ground=ground, channels=channels)
        return torch.cat([answer(part) for part in drawn.split(batch)])

    return torch.stack([shown(*pair) for pair in pairs])


def ceiling(maps: Iterable[torch.Tensor], images: int, share: float = 0.9995) -> torch.Tensor:
    """Return the value that `share` of each unit's rectified responses to so many images lies below, (units,).

    Of maps (n, units, height, width) no more is kept at a time than the largest values. Raises ValueError without any.
    """
    largest: torch.Tensor | None = None
    for part in maps:
        fresh = part.relu().transpose(0, 1).flatten(1)
        above = max(1, round((1 - share) * images * part[0, 0].numel()))
        joined = fresh if largest is None else torch.cat([largest, fresh], dim=1)
        largest = joined.topk(min(above, joined.shape[1]), dim=1).values
    if largest is None:
        raise ValueError("no images; expected some, to see how strongly units respond to them")
    return largest[:, -1]


@dataclass(frozen=True)
class Numbers:
    """What a rule asks of every unit, (units,): responses, angles in degrees, counts of radii and of colours.

    `opposite` (within 15 degrees of it) and `beyond_90_deg` are shares of the peak; `line` is the best
    straight line's response as a share of the best arc's.
    """

    peak: torch.Tensor
    ceiling: torch.Tensor
    preferred_deg: torch.Tensor
    half_width_deg: torch.Tensor
    opposite: torch.Tensor
    beyond_90_deg: torch.Tensor
    colours: torch.Tensor
    radii: torch.Tensor
    line: torch.Tensor

    def meet(self, rule: Rule) -> torch.Tensor:
        """Tell which units meet a rule, (units,)."""
        low, high = rule.half_width_deg
        return (
            (self.peak > rule.of_ceiling * self.ceiling)
            & (self.peak > 1e-6)
            & (self.opposite < rule.opposite)
            & (self.beyond_90_deg < rule.beyond_90_deg)
            & (self.half_width_deg >= low)
            & (self.half_width_deg <= high)
            & (self.colours >= rule.colours)
            & (self.radii >= rule.radii)
            & (self.line < rule.line)
        )


def numbers(seen: LayerResponses, near_deg: float = LENIENT.near_deg) -> Numbers:
    """Describe every unit; colours and radii agree whose own peak lies within `near_deg` of the common one."""
    overall = seen.arcs.mean(dim=(0, 1))
    peak, at = overall.max(dim=0)
    aligned = _turned_to_zero(overall, at) / peak.clamp(min=1e-9)
    return Numbers(
        peak, seen.ceiling, preferred_deg(overall), half_width_deg(aligned),
        opposite=_within(aligned, 165, 180).amax(0), beyond_90_deg=_within(aligned, 90, 180).amax(0),
        colours=agreeing(seen.arcs.mean(1), at, near_deg), radii=agreeing(seen.arcs.mean(0), at, near_deg),
        line=_line_share(seen),
    )  # fmt: skip


def curve_units(seen: LayerResponses, rule: Rule = STRICT) -> CurveUnits:
    """Return the units of a layer whose responses meet `rule`."""
    known = numbers(seen, rule.near_deg)
    preferred, width = known.preferred_deg, known.half_width_deg
    chosen = known.meet(rule).nonzero()[:, 0]
    chosen = chosen[preferred[chosen].argsort(stable=True)]
    return CurveUnits(tuple(chosen.tolist()), tuple(preferred[chosen].tolist()), tuple(width[chosen].tolist()))


def preferred_deg(curve: torch.Tensor) -> torch.Tensor:
    """Return the circular mean of the upper half of tuning curves (orientations, units)."""
    upper = (curve - 0.5 * curve.amax(dim=0)).clamp(min=0)
    angle = torch.arange(len(curve), device=curve.device) * (2 * torch.pi / len(curve))
    y, x = (upper * angle.sin()[:, None]).sum(0), (upper * angle.cos()[:, None]).sum(0)
    return torch.rad2deg(torch.atan2(y, x)) % 360


def half_width_deg(aligned: torch.Tensor) -> torch.Tensor:
    """Return the mean half-width at half maximum of curves that peak at 0 with height 1."""
    sides = [_first_below(aligned, 0.5), _first_below(aligned.flip(0).roll(1, 0), 0.5)]
    return (sides[0] + sides[1]) / 2 * (360 / len(aligned))


def _first_below(curve: torch.Tensor, level: float) -> torch.Tensor:
    """Return the interpolated index at which each column first falls below `level`."""
    below = curve < level
    after = torch.where(below.any(0), below.int().argmax(0), len(curve) - 1)
    before = (after - 1).clamp(min=0)
    high, low = (curve.gather(0, i[None])[0] for i in (before, after))
    return before + ((high - level) / (high - low).clamp(min=1e-9)).clamp(0, 1)


def _turned_to_zero(curve: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
    steps = torch.arange(len(curve), device=curve.device)[:, None]
    return curve.gather(0, (steps + at[None]) % len(curve))


def _within(aligned: torch.Tensor, low_deg: float, high_deg: float) -> torch.Tensor:
    """Return the rows whose distance from the peak lies in [low, high] degrees."""
    steps = torch.arange(len(aligned), device=aligned.device)
    away = torch.minimum(steps, len(aligned) - steps) * (360 / len(aligned))
    return aligned[(away >= low_deg) & (away <= high_deg)]


def agreeing(curves: torch.Tensor, at: torch.Tensor, near_deg: float) -> torch.Tensor:
    """Count the curves (k, orientations, units) whose own peak lies near the common one."""
    peak, own = curves.max(dim=1)
    gap = (own - at[None]).abs()
    gap = torch.minimum(gap, curves.shape[1] - gap) * (360 / curves.shape[1])
    return ((gap <= near_deg) & (peak > 0)).sum(dim=0)


def _line_share(seen: LayerResponses) -> torch.Tensor:
    """Return the best straight line's response as a share of the best arc's, over colours."""
    arc = seen.arcs.mean(0).amax(dim=(0, 1))
    return seen.lines.mean(0).amax(dim=0) / arc.clamp(min=1e-9)
