"""What is kept of a network that answers in a page: its first state, and where the bytes of the others lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from figures.kept.parts import ImagePart, KeptPart


@dataclass(frozen=True)
class Answer:
    """A line of answers at first: what answers, how much, and of a class how much before units were switched off."""

    name: str
    value: float
    unit: str = ""
    before: float | None = None


@dataclass(frozen=True)
class Handle:
    """A family of stimuli: its second number with its unit, how far that goes, and where it starts."""

    family: str
    second: str
    unit: str
    low: float
    high: float
    start: float


@dataclass(frozen=True, kw_only=True)
class LivePart(KeptPart, kind="live"):
    """A network that answers in the page; `mode` is units, classes or ablation.

    `network`, its steps and weights, and `scene`, what else a script needs, are JSON by digest: a reader's first touch
    fetches these `bytes`. All else is the first state: the picture, of `size_px` for the network; the `answers` to it,
    of at most `most`; `first`, a family or one of `names`, pictures to choose; the stimulus's direction, stroke,
    length and place; `curve`, responses in [0, 1] at equal steps round the circle; `field`, left, top, width and
    height of what the units see; `switches`, units that are off.
    """

    mode: str
    network: str
    scene: str
    image: ImagePart
    size_px: int
    answers: tuple[Answer, ...]
    most: float
    handles: tuple[Handle, ...]
    first: str
    orientation_deg: float
    stroke_px: float
    length_px: float
    center_px: tuple[float, ...]
    channels: int
    bytes: int
    names: tuple[str, ...] = ()
    switches: tuple[str, ...] = ()
    curve: tuple[float, ...] = ()
    field: tuple[float, ...] = ()

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> LivePart:
        own = {
            "image": ImagePart(**fields["image"]),
            "answers": tuple(Answer(**one) for one in fields["answers"]),
            "handles": tuple(Handle(**one) for one in fields["handles"]),
        }
        lists = {name: tuple(fields[name]) for name in ("names", "switches", "curve", "field", "center_px")}
        return cls(**{**fields, **own, **lists})

    @property
    def pictures(self) -> tuple[tuple[str, str], ...]:
        return self.image.pictures

    @property
    def raster(self) -> str:
        return self.image.raster

    @property
    def units(self) -> tuple[str, ...]:
        return (*(answer.unit for answer in self.answers if answer.unit), *self.switches)

    @property
    def path(self) -> str:
        """Draw the curve as the data of an SVG path over 360 by 100."""
        step = 360 / max(len(self.curve), 1)
        around = [*self.curve, *self.curve[:1]]
        return " ".join(
            f"{'L' if place else 'M'}{place * step:.0f} {100 - 100 * one:.1f}" for place, one in enumerate(around)
        )

    @property
    def begin(self) -> dict[str, object]:
        """Return what a script makes handles of."""
        return {
            "mode": self.mode,
            "handles": [vars(one) for one in self.handles],
            "names": list(self.names),
            "first": self.first,
            "orientation": self.orientation_deg,
            "width": self.stroke_px,
            "length": self.length_px,
            "centre": list(self.center_px),
            "size": self.size_px,
            "channels": self.channels,
            "bytes": self.bytes,
            "most": self.most,
            "switches": list(self.switches),
        }
