"""What moves units in pictures and in crops, and what units of each depth look for, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words
from figures.words.images import unreadable
from figures.words.phrases import listed

if TYPE_CHECKING:
    from figures.methods.patches.hierarchy import Hierarchy
    from figures.methods.patches.top_patches import TopPatches
    from figures.methods.patches.unit_gradients import UnitGradients

CALLED = {"guided": "guided backpropagation", "deconvolution": "deconvolution", "gradient": "the gradient"}
RECOVERING = ("guided", "deconvolution")
"""The methods that partly draw the picture again."""
SCALED = "Grey is zero; each picture of a gradient has its own scale, full at the 99th percentile of absolute values."
_WHOLE = 0.995


def unit_gradients(seen: UnitGradients, best: TopPatches | None = None) -> Words:
    """Say which units look where in which pictures, and which of them are inactive."""
    units, images = (list(dict.fromkeys(getattr(one, name) for one in seen.several)) for name in ("unit", "word"))
    alt = (
        f"{', '.join(units)} of {seen.network} in {', '.join(images)}: each picture with what the unit sees framed, "
        f"beside what of it moves the unit by {listed([CALLED[one] for one in seen.methods])}; then the same enlarged."
    )
    silent = [one for one in seen.several if one.is_inactive]
    values: dict[str, Value] = {
        "units": len(units),
        "images": len(images),
        "inactive": len(silent),
        "activation": seen.several[0].value,
    }
    return Words(alt, values, tuple(_of_gradients(seen, best)))


def _of_gradients(seen: UnitGradients, best: TopPatches | None) -> Iterator[str]:
    yield f"Each gradient starts from one position alone, where the unit answers most. {SCALED}"
    if best is not None:
        yield f"Below, the crops of {best.dataset} that drive a unit most, beside what of each moves it there."
    yield from _fields(seen.sees)
    silent = [f"{one.unit} in {one.word} ({one.value:.2f})" for one in seen.several if one.is_inactive]
    if silent:
        yield f"Inactive: {listed(silent)}. Nothing leaves the rectifier; drawn is what moves that which enters it."
    pairs = [(one, index) for one in seen.several for index in range(len(seen.methods))]
    empty = [f"{seen.methods[index]} of {one.unit} in {one.word}" for one, index in pairs if not one.scale(index)]
    if empty:
        yield f"Empty: {listed(empty)}. Nothing comes back from the unit there."
    yield from _beyond([one.within(index) for one, index in pairs], "framed window")
    yield from _recovering(seen.methods)


def top_patches(seen: TopPatches) -> Words:
    """Say whose crops are shown, and what of them moves the units."""
    units = [one.unit for one in seen.units]
    best = [one.crops.positions.value for one in seen.units]
    alt = (
        f"The {max(map(len, best))} crops of {seen.dataset} that drive each of {len(units)} units of {seen.network} "
        f"most, {listed(units)}, beside what of each crop moves the unit, by {CALLED[seen.method]}."
    )
    values: dict[str, Value] = {
        "units": len(units),
        "strongest": max(float(one.max()) for one in best),
        "weakest": min(float(one.min()) for one in best),
        "method": seen.method,
    }
    return Words(alt, values, tuple(_of_patches(seen)))


def _of_patches(seen: TopPatches) -> Iterator[str]:
    yield (
        "Left, crops with their activations, the strongest first; right, in the same order, what of each moves the "
        "unit, from that position alone."
    )
    yield SCALED
    yield from _fields(seen.sees)
    best = [(one.unit, one.crops.positions.value) for one in seen.units if one.crops.rectified]
    silent = [f"{unit} at {np.sum(value <= 0)} of {len(value)}" for unit, value in best if value.min() <= 0]
    lowered = any(unit.endswith("-") for unit, _ in best)
    if silent and not lowered:
        yield f"Inactive: {listed(silent)} crops. Nothing leaves the rectifier there."
    within = np.concatenate([one.patches.within for one in seen.units])
    if np.isnan(within).any():
        yield f"At {np.isnan(within).sum()} crops nothing comes back from the unit; these stay grey."
    yield from _beyond(within.tolist(), "crop")
    yield from _recovering([seen.method])
    yield from unreadable(seen.units[0].crops.scanned)


def feature_hierarchy(seen: Hierarchy) -> Words:
    """Say which layers are shown, how much of a picture their units see, and how units were chosen."""
    layers = ", ".join(f"{level.layer} ({level.sees})" for level in seen.levels)
    kinds = {
        "visualization": "a picture made for it",
        "crops": f"the {seen.wish.count} crops of {seen.dataset} that drive it most",
        "gradients": f"what of these moves it, by {CALLED[seen.wish.method]}",
    }
    alt = (
        f"Units of {seen.network} by depth, a row for each layer with how much of a picture its units see: {layers}. "
        f"Of each unit: {listed([kinds[kind] for kind in seen.wish.kinds])}."
    )
    units = [unit for level in seen.levels for unit in level.units]
    return Words(alt, {"layers": len(seen.levels), "units": len(units)}, tuple(_of_hierarchy(seen)))


def _of_hierarchy(seen: Hierarchy) -> Iterator[str]:
    chosen = [level.layer for level in seen.levels if level.chosen]
    if chosen:
        yield (
            f"Units of {listed(chosen)} are those that answer most sparsely to {seen.dataset}, by 1 - mean(r)² / "
            "mean(r²) of what is above zero, among those that all their crops drive; nobody picked them."
        )
    if "visualization" in seen.wish.kinds:
        yield f"Pictures were made in {seen.wish.recipe.steps} steps from seed {seen.wish.seed}."
        yield from _dead(seen)
    if "crops" in seen.wish.kinds:
        yield "Below crops, the strongest and the weakest activation among them."
    if "gradients" in seen.wish.kinds:
        yield f"What moves a unit starts from one position of each crop, in the same order. {SCALED}"
        yield from _recovering([seen.wish.method])
    yield from unreadable(seen.scanned)


def _dead(seen: Hierarchy) -> Iterator[str]:
    portraits = [level.portraits for level in seen.levels if level.portraits is not None]
    dead = [unit for one in portraits for unit, is_dead in zip(one.units, one.portraits.dead, strict=True) if is_dead]
    if dead:
        yield f"Never answered to a picture: {', '.join(dead)}."


def _fields(sees: Mapping[str, str]) -> Iterator[str]:
    """Say how much of a picture units of each layer see."""
    yield f"Units see: {'; '.join(f'{layer} {words}' for layer, words in sees.items())}."


def _beyond(within: Sequence[float], place: str) -> Iterator[str]:
    """Say where gradients leave what a unit sees by its receptive field."""
    known = [share for share in within if not np.isnan(share)]
    if known and min(known) < _WHOLE:
        yield f"As little as {min(known):.0%} of a gradient lies in its {place}: some units answer to more."


def _recovering(methods: Sequence[str]) -> Iterator[str]:
    which = [CALLED[method] for method in methods if method in RECOVERING]
    if which:
        verb = "draws" if len(which) == 1 else "draw"
        text = f"{listed(which)} partly {verb} the picture again, whatever the unit (Nie, Zhang and Patel, 2018)."
        yield text[0].upper() + text[1:]
