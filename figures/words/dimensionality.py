"""How many dimensions of layers belong to shape and to texture, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.phrases import listed, written

if TYPE_CHECKING:
    from figures.methods.probes.dimensionality import Dimensionality, Stage

_CUES = ("shape", "texture")
_SHARES = ("shape", "texture", "residual")


def dimensionality(seen: Dimensionality, *, bounds: tuple[float, float], least: float) -> Words:
    """Say scores and shares of the first and the last layer of each network, and what bounds them."""
    return Words(_alt(seen), _values(seen), tuple(_notes(seen, bounds, least)))


def _alt(seen: Dimensionality) -> str:
    return (
        "Dimensions of shape and of texture by layer: shares, the scores they come from, and how many units vary with "
        f"each. {' '.join(_course(seen, network) for network in seen.layers)}"
    )


def _course(seen: Dimensionality, network: str) -> str:
    layers = dict.fromkeys((seen.layers[network][0], seen.layers[network][-1]))
    return f"Of {network}, {'; '.join(_stage(seen.of(network, layer)) for layer in layers)}."


def _stage(stage: Stage) -> str:
    shape, texture, _ = stage.found.shares
    return (
        f"{stage.layer} scores {written(stage.found.score_shape, '.2f')} for shape and "
        f"{written(stage.found.score_texture, '.2f')} for texture, shares of {shape:.0%} and {texture:.0%}"
    )


def _values(seen: Dimensionality) -> dict[str, Value]:
    """Quote `score_shape_mixed4b`, `share_…`, `count_…`, by kind `units_…`; among several with the network's name."""
    values: dict[str, Value] = {}
    for stage in seen.stages:
        end = stage.layer + (f"_{stage.network}" if len(seen.layers) > 1 else "")
        found, kinds = stage.found, dict(zip((*_CUES, "neither"), stage.kinds, strict=True))
        values |= {f"score_shape_{end}": found.score_shape, f"score_texture_{end}": found.score_texture}
        values |= {f"share_{name}_{end}": share for name, share in zip(_SHARES, found.shares, strict=True)}
        values |= {f"count_{name}_{end}": count for name, count in zip(_SHARES, found.counts, strict=True)}
        values |= {f"units_{kind}_{end}": count for kind, count in kinds.items()}
    return values | {f"baseline_{cue}": score for cue, score in seen.baseline.items()}


def _notes(seen: Dimensionality, bounds: tuple[float, float], least: float) -> Iterator[str]:
    low, high = bounds
    pairs = " and ".join(f"{seen.pairs[cue]} that share the {cue}" for cue in _CUES)
    yield f"Shown: {seen.pictures}. Pairs: {pairs}; units are averaged over their maps."
    yield (
        "A score is the covariance within pairs that share a cue over the variance of all pictures, summed over units "
        f"(Islam et al., 2021). Shares are its softmax beside a residual of 1: for scores from 0 to 1 they lie between "
        f"{low:.1%} and {high:.1%} (broken lines, texture counted from the right) whatever a layer holds, and are "
        f"{1 / (2 + high / low):.1%} each where neither cue has any. So look at the scores."
    )
    yield from _of_the_other(seen)
    yield (
        f"A unit is of shape or of texture if its own correlation is above {least:g}, of that with the larger; these "
        "counts are not those of the shares."
    )


def _of_the_other(seen: Dimensionality) -> Iterator[str]:
    scores = listed([f"{written(seen.baseline[cue], '+.3f')} for {cue}" for cue in _CUES])
    how = "is drawn independently" if seen.other == "independent" else "is always of another class"
    yield (
        f"In pairs the other cue {how}: units that code only the other cue would score {scores} (broken lines among "
        "the scores)."
    )
