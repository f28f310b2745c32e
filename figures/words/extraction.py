"""How well two methods find drawn curves, in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from figures.words import Value, Words

if TYPE_CHECKING:
    from figures.methods.extraction import Extraction

METHODS = ("canny", "attribution")


def extraction(
    seen: Extraction, noises: Sequence[float], family: str, *, units: int, images: int, tuning: int,
    tolerance_px: float, source: str,
) -> Words:  # fmt: skip
    """Say which method wins at how many levels of noise; `family` names the units, `source` what they build on."""
    numbers = values(seen, units)
    notes = (
        f"F is the harmonic mean of precision and recall, within {tolerance_px:g} px of a curve, over "
        f"{images} images of each noise. Thresholds, and Canny's blur, are those with the best F on "
        f"{tuning} other images of that noise.",
        f"Attribution: a picture that raises what {source} did for every unit of the family wherever it fired "
        "(after Cammarata et al., 2020); bright is where it has edges and is opaque.",
    )
    return Words(_alt(numbers, noises, family), numbers, notes)


def values(seen: Extraction, units: int) -> dict[str, Value]:
    """Give each method's rates at the first and the last noise, and count where which wins."""
    ahead = seen.rates[1, :, 2] - seen.rates[0, :, 2]
    numbers: dict[str, Value] = {
        "units": units,
        "noises": seen.rates.shape[1],
        "attribution_wins": int((ahead > 0).sum()),
        "canny_wins": int((ahead < 0).sum()),
        "everything_f": float(seen.everything[:, 2].mean()),
    }
    for method, rates in zip(METHODS, seen.rates, strict=True):
        for end, at in (("first", 0), ("last", -1)):
            named = zip(("precision", "recall", "f"), rates[at], strict=True)
            numbers |= {f"{method}_{name}_{end}": float(number) for name, number in named}
    return numbers


def _alt(numbers: dict[str, Value], noises: Sequence[float], family: str) -> str:
    ends = [
        f"at noise {noise:g} Canny's F is {numbers[f'canny_f_{end}']:.2f}, that of attribution "
        f"{numbers[f'attribution_f_{end}']:.2f}"
        for noise, end in ((noises[0], "first"), (noises[-1], "last"))
    ]
    return (
        f"Rows of drawn curves, the edges that Canny's detector finds, and a picture, white on black, of what drives "
        f"{numbers['units']} curve detectors of {family}: {'; '.join(dict.fromkeys(ends))}. Of "
        f"{numbers['noises']} levels of noise Canny is better at {numbers['canny_wins']}, attribution at "
        f"{numbers['attribution_wins']}; marking every pixel has F {numbers['everything_f']:.2f}."
    )
