"""Do the people who labelled image crops agree?

Labels are only as good as the agreement of those who gave them: pairs of annotators, all of them
together beyond chance, and which labels are taken for which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import confusion, vega
from figures.methods import agreement
from figures.methods import labels as crop_labels
from figures.methods.agreement import Pair
from figures.registry import figure

COLUMNS = ("annotator", "other", "crops", "agreement", "kappa")
FORMULA = (
    "κ = (P − Pₑ) / (1 − Pₑ): P is the agreement found, Pₑ that of chance, 1 would be full agreement; for two "
    "annotators after Cohen (1960), for all together after Fleiss (1971)."
)


@figure("label-agreement")
def label_agreement(
    *, labels: Path, order: tuple[str, ...] = ("curve", "imperfect", "unrelated", "opposing")
) -> Artifact:
    """Draw what one annotator called the crops against what others called them, with their agreement beyond chance.

    labels: a CSV beside the article with columns image,label,annotator, in which crops have two labels or more.
    order: the labels' names.
    """
    text, many = labels.read_text(encoding="utf-8"), crop_labels.ANY
    found = crop_labels.read(text, names=order, images=many, positions=(many, many), file=labels.name)
    table = agreement.ratings(found)
    pairs = agreement.pairs(table, found.annotators, len(order))
    counts = agreement.confusion(table, len(order))
    together = agreement.fleiss(table, len(order))
    values = _values(order, table, found.annotators, pairs, counts, together)
    alt = _alt(values, order, counts)
    who = found.annotators if len(found.annotators) == 2 else ("one annotator", "another annotator")
    drawing = confusion.confusion(order, counts, rows=who[0], columns=who[1])
    chart = vega.chart(drawing, name="label-agreement", alt=alt)
    return Artifact(alt, (chart,), _table(pairs, together, values), values, (_said(values), FORMULA))


def _values(
    order: Sequence[str], table: np.ndarray, annotators: Sequence[str], pairs: Sequence[Pair], counts: np.ndarray,
    together: tuple[float, float],
) -> dict[str, float | int | str]:  # fmt: skip
    values: dict[str, float | int | str] = {
        "annotators": len(annotators), "crops": int(((table != agreement.NONE).sum(axis=1) > 1).sum()),
        "agreement": together[0],
    }  # fmt: skip
    values |= _known("fleiss_kappa", together[1])
    known = [pair.kappa for pair in pairs if not np.isnan(pair.kappa)]
    if known:
        values |= {"mean_kappa": float(np.mean(known)), "least_kappa": min(known), "greatest_kappa": max(known)}
    for name, share in zip(order, agreement.by_label(counts), strict=True):
        values |= _known(f"agreement_{name}", share)
    return values


def _known(name: str, value: float) -> dict[str, float]:
    return {} if np.isnan(value) else {name: float(value)}


def _table(pairs: Sequence[Pair], together: tuple[float, float], values: Mapping[str, object]) -> Table:
    """List the pairs, and last all together with Fleiss' kappa."""
    rows = [(pair.one, pair.other, pair.crops, pair.agreement, _cell(pair.kappa)) for pair in pairs]
    return Table(COLUMNS, (*rows, ("all", "", values["crops"], together[0], _cell(together[1]))))


def _cell(value: float) -> float | None:
    return None if np.isnan(value) else value


def _said(values: Mapping[str, object]) -> str:
    told = f"; Fleiss' κ {values['fleiss_kappa']:.2f}" if "fleiss_kappa" in values else ""
    return (
        f"{values['crops']} crops with labels by at least two of {values['annotators']} annotators, who agree on "
        f"{values['agreement']:.0%} of pairs{told}."
    )


def _alt(values: Mapping[str, object], order: Sequence[str], counts: np.ndarray) -> str:
    mixed = counts + counts.T - 2 * np.diag(np.diag(counts))
    one, other = np.unravel_index(mixed.argmax(), mixed.shape)
    confused = f" Most often taken for each other: {order[one]} and {order[other]}." if mixed.max() > 0 else ""
    return f"A square of counts, what one annotator said against what another said. {_said(values)}{confused}"
