"""A network that answers in the page: what a reader draws, turns or chooses goes through it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from figures.artifact import Image, Keep
from figures.kept import checks, plain
from figures.kept.live import Answer, Handle, LivePart


@dataclass(frozen=True)
class Live:
    """The first state of a live figure, as `figures.kept.live.LivePart` has it, and what a script goes on with.

    `network` and `scene` become JSON; the weights of the network are base64 in it.
    """

    mode: str
    network: Mapping[str, object]
    scene: Mapping[str, object]
    image: Image
    size_px: int
    answers: tuple[Answer, ...]
    most: float
    handles: tuple[Handle, ...]
    first: str
    orientation_deg: float
    stroke_px: float
    length_px: float
    center_px: tuple[float, float]
    channels: int
    names: tuple[str, ...] = ()
    switches: tuple[str, ...] = ()
    curve: tuple[float, ...] = ()
    seen_px: tuple[float, ...] = ()
    name: str = "live"
    title: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with it."""
        yield from checks.within("image", checks.part(self.image, ()))
        yield from checks.texts("names", self.names)
        yield from checks.sizes(self, "size_px")
        if not self.answers:
            yield "there are no answers; expected at least one"
        choices = [*(one.family for one in self.handles), *self.names]
        if self.first not in choices:
            yield f"first is {self.first!r}; expected one of {', '.join(choices)}"

    def kept(self, keep: Keep) -> LivePart:
        """Hand over its bytes; return all else."""
        network, scene = plain.encoded(self.network), plain.encoded(self.scene)
        return LivePart(
            name=self.name,
            title=self.title,
            shown=dict(self.shown),
            mode=self.mode,
            network=keep(network),
            scene=keep(scene),
            image=self.image.kept(keep),
            size_px=int(self.size_px),
            answers=self.answers,
            most=float(self.most),
            handles=self.handles,
            first=self.first,
            orientation_deg=float(self.orientation_deg),
            stroke_px=float(self.stroke_px),
            length_px=float(self.length_px),
            center_px=tuple(map(float, self.center_px)),
            channels=int(self.channels),
            bytes=len(network) + len(scene),
            names=tuple(self.names),
            switches=tuple(self.switches),
            curve=tuple(map(float, self.curve)),
            field=tuple(map(float, self.seen_px)),
        )
