"""Does a network go by shape or by texture where the two disagree?

Images whose shape is of one class and whose texture is of another, shown to networks;
people's or other networks' published answers can be set beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from figures.artifact import Artifact, Table
from figures.charts import shape_bias as chart
from figures.methods import cue_conflict
from figures.methods import models as networks
from figures.methods import responses as published
from figures.methods.cue_conflict import ALL, Bias, Trials
from figures.parameters import Models, PerPair, Seed
from figures.registry import figure

COUNTS = ("observer", "kind", "condition", "category_axis", "category", "n", "shape", "texture", "other", "na")
RULE = (
    "Bias: shape / (shape + texture) over all answers that name one of the two cues; "
    "images whose cues agree are left out."
)


@figure("shape-bias")
def shape_bias(
    *,
    models: Models = ("glyphs", "glyphs-shape", "glyphs-texture"),
    responses: Path | None = None,
    axis: Literal["shape", "texture"] = "shape",
    per_pair: PerPair = 2,
    filled: bool = True,
    seed: Seed = 0,
) -> Artifact:
    """Draw the shape bias of networks, by category, and how many answers it rests on.

    models: networks with a head `shape`.
    responses: a CSV beside the article with published answers of people or networks, one row a trial.
    axis: whether a row stands for a shape or for a texture category.
    per_pair: images for each pair of a shape and another class's texture.
    seed: draws the images.
    """
    trials = [_observed(name, per_pair, seed, filled) for name in models]
    trials += _published(responses, [one.observer for one in trials]) if responses else []
    rows = [row for one in trials for row in cue_conflict.table(one, axis=axis, seed=seed)]
    pooled = [row for row in rows if row.category == ALL]
    alt = _alt(pooled)
    drawing = chart.draw([_drawn(row) for row in rows], name="shape-bias", alt_text=alt)
    table = Table((*COUNTS, "bias", "ci95_low", "ci95_high"), tuple(map(_row, rows)))
    return Artifact(alt, (drawing,), table, _values(pooled), (RULE,))


def _observed(name: str, per_pair: int, seed: int, filled: bool) -> Trials:
    return cue_conflict.observe(networks.load(name), n_per_pair=per_pair, seed=seed, filled=filled)


def _published(path: Path, taken: Sequence[str]) -> list[Trials]:
    """Read published answers; an observer under several conditions is one for each.

    Raises ValueError where a name is that of a network measured here.
    """
    found = published.read(path.read_text(encoding="utf-8"), file=path.name)
    names = [one.observer for one in found]
    doubled = next((name for name in names if name in taken), None)
    if doubled:
        raise ValueError(f"{path.name}: observer {doubled!r} is measured here too; expected another name")
    several = {name for name in names if names.count(name) > 1}
    return [
        replace(one, observer=f"{one.observer} ({one.condition})") if one.observer in several else one for one in found
    ]


def _drawn(row: Bias) -> dict[str, object]:
    names = ("observer", "category", "n", "shape", "texture", "coverage", "bias", "ci95")
    return {name: getattr(row, name) for name in names}


def _row(row: Bias) -> tuple[object, ...]:
    return (*(getattr(row, name) for name in COUNTS), row.bias, *(row.ci95 or (None, None)))


def _values(pooled: Iterable[Bias]) -> dict[str, float | int | str]:
    """Name each observer's numbers: `bias_NAME`, `bias_low_NAME`, `coverage_NAME`, `n_NAME`, …"""
    values: dict[str, float | int | str] = {}
    for row in pooled:
        name = re.sub(r"[^A-Za-z0-9_-]+", "-", row.observer).strip("-")
        low, high = row.ci95 or ("undefined", "undefined")
        bias = "undefined" if row.bias is None else row.bias
        shares = {"shape": row.shape / max(row.n, 1), "texture": row.texture / max(row.n, 1)}
        told = {"bias": bias, "bias_low": low, "bias_high": high, "coverage": row.coverage, "n": row.n, **shares}
        values |= {f"{key}_{name}": value for key, value in told.items()}
    return values


def _alt(pooled: Iterable[Bias]) -> str:
    said = [
        f"{row.observer} {'undefined' if row.bias is None else f'{row.bias:.0%}'} "
        f"(of the {row.coverage:.0%} of answers that follow a cue)"
        for row in pooled
    ]
    return f"Shape bias by category, one mark for each observer, with its coverage. Pooled: {', '.join(said)}."
