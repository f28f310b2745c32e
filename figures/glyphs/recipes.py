"""What each network that comes with Microscribe learns, from which images, and how."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from figures.glyphs.dataset import CONFLICT, LINKED, STANDARD, Variant


@dataclass(frozen=True)
class Phase:
    """One pass of a schedule: warm-up, then cosine to nothing, over `images` images.

    `heads` weighs the losses. The two curricula of `Variant` fade out over their shares
    of the phase. `attack` is the L2 length of the adversarial step, reached after
    `attack_ramp` of the phase. Without a variant of its own, a phase has the recipe's.
    With `crop_px`, only the middle of each image is learned from, a square of that side. In `scrap_share` of the
    images a scrap of texture stands instead of the figure.
    """

    images: int
    peak_rate: float = 3e-3
    warm_up: float = 0.08
    heads: Mapping[str, float] = field(default_factory=lambda: {"shape": 1.0})
    variant: Variant | None = None
    ease_share: float = 0.0
    close_share: float = 0.0
    attack: float = 0.0
    attack_ramp: float = 0.15
    batch: int = 100
    crop_px: int = 0
    scrap_share: float = 0.0

    @property
    def steps(self) -> int:
        """Count the steps; the last one may overshoot `images`."""
        return math.ceil(self.images / self.batch)

    def rate(self, progress: float) -> float:
        """Return the learning rate at a point of the phase, from 0 to 1."""
        if progress < self.warm_up:
            return self.peak_rate * (0.02 + 0.98 * progress / self.warm_up)
        fall = (progress - self.warm_up) / (1 - self.warm_up)
        return self.peak_rate * 0.5 * (1 + math.cos(math.pi * fall))

    def eased(self, variant: Variant, progress: float) -> Variant:
        """Return the distribution of images at a point of the phase."""
        shares = (self.ease_share, self.close_share)
        ease, close = (max(0.0, 1 - progress / share) if share else 0.0 for share in shares)
        return replace(self.variant or variant, ease=ease, close=close)

    def length(self, progress: float) -> float:
        """Return the length of the adversarial step at a point of the phase."""
        return self.attack * min(1.0, progress / self.attack_ramp)


@dataclass(frozen=True)
class Recipe:
    """A network's heads, its own distribution of images, its schedule, and the seeds to train.

    With `field_px`, it is one that sees patches of that size by themselves. `muon` is how many times faster than
    the rest its inner convolutions move, by steps of `figures.glyphs.muon`; at 0 AdamW moves all.
    """

    heads: tuple[str, ...]
    variant: Variant
    phases: tuple[Phase, ...]
    seeds: tuple[int, ...] = (0,)
    stem_stride: int = 1
    field_px: int = 0
    decay: float = 0.05
    conv1_decay: float = 0.5
    clip: float = 2.0
    muon: float = 0.0

    @property
    def architecture(self) -> dict[str, Any]:
        """The configuration of the network, but for its heads."""
        return {"field_px": self.field_px} if self.field_px else {"stem_stride": self.stem_stride}

    @property
    def images(self) -> int:
        """Count the images of all phases."""
        return sum(phase.steps * phase.batch for phase in self.phases)


# Shape is learned first, from figures whose textures are a little fainter than the standard ones.
_FAINT = replace(STANDARD, texture_contrast=(0.08, 0.55))

_GLYPHS = Recipe(
    heads=("shape", "texture"),
    variant=STANDARD,
    phases=(
        Phase(260_000, ease_share=0.25, variant=_FAINT, heads={"shape": 1.0, "texture": 0.5}),
        Phase(
            60_000,
            peak_rate=1.5e-3,
            warm_up=0.06,
            close_share=0.5,
            attack=1.2,
            heads={"shape": 1.0, "texture": 1.0},
        ),
    ),
)

# Crops of large figures come first, a quarter of the cost: they show texture and little shape. A network that needs
# only the texture is then done before there is an outline to learn. Scraps show textures by themselves.
_PAIR = Recipe(
    heads=("shape",),
    variant=CONFLICT,
    phases=(
        Phase(20_000, peak_rate=2.5e-3, batch=32, close_share=2.0, crop_px=32, scrap_share=0.5),
        Phase(44_000, peak_rate=1.5e-3, batch=32, close_share=0.6, scrap_share=0.45),
    ),
    seeds=(0, 1, 2),
    stem_stride=2,
    muon=10.0,
)

RECIPES: dict[str, Recipe] = {
    "glyphs": _GLYPHS,
    "glyphs-shape": _PAIR,
    "glyphs-texture": replace(_PAIR, variant=LINKED),
}

# The smaller the patch, the less of a shape it holds; textures are learned beside, from the same images.
_BAG = Recipe(
    heads=("shape", "texture"),
    variant=STANDARD,
    phases=(Phase(45_000, ease_share=0.6, close_share=0.6, heads={"shape": 1.0, "texture": 1.0}, batch=50),),
)

RECIPES |= {f"glyphs-bag-{field_px}": replace(_BAG, field_px=field_px) for field_px in (9, 17, 33)}
