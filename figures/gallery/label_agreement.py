"""Do the people who labelled image crops agree?

Labels are only as good as the agreement of those who gave them: pairs of annotators, all of them
together beyond chance, and which labels are taken for which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import confusion, vega
from figures.control import beside
from figures.methods import agreement, datasets, models, rubric
from figures.methods import labels as crop_labels
from figures.methods.agreement import Pair
from figures.methods.labels import ANY, Labels
from figures.parameters import Dataset, Model, Seed, Unit
from figures.registry import figure

COLUMNS = ("annotator", "other", "crops", "agreement", "kappa")
FORMULA = (
    "κ = (P − Pₑ) / (1 − Pₑ): P is the agreement found, Pₑ that of chance, 1 would be full agreement; for two "
    "annotators after Cohen (1960), for all together after Fleiss (1971)."
)
RUBRIC = "No person is behind the rubric: its labels are computed from the true outlines of the generated images."


@figure("label-agreement")
def label_agreement(
    *,
    labels: Path,
    order: tuple[str, ...] = ("curve", "imperfect", "unrelated", "opposing"),
    unit: Unit = "",
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    control: bool = False,
) -> Artifact:
    """Draw what one annotator called the crops against what others called them, with their agreement beyond chance.

    labels: a CSV beside the article with columns image,label,annotator, in which crops have two labels or more.
    unit: the unit that the crops were labelled for; a rubric that knows how glyphs are drawn is one more annotator.
    model: the network of that unit.
    dataset: the images that the labels file names, for that unit.
    seed: shuffles the labels of the control.
    control: draw the same with every annotator's labels shuffled among the crops beside it.
    """
    found, notes = _with_rubric(labels, order, unit, model, dataset) if unit else (_read(labels, order), ())
    table = agreement.ratings(found)
    made = _drawn(table, found.annotators, order, notes)
    if not control:
        return made
    chance = _drawn(agreement.shuffled(table, seed), found.annotators, order, notes)
    return beside(made, chance, "Control: labels shuffled among the crops", own="As labelled")


def _read(labels: Path, order: Sequence[str], images: int = ANY, positions: tuple[int, int] = (ANY, ANY)) -> Labels:
    text = labels.read_text(encoding="utf-8")
    return crop_labels.read(text, names=order, images=images, positions=positions, file=labels.name)


def _with_rubric(
    labels: Path, order: Sequence[str], unit: str, model: str, dataset: str
) -> tuple[Labels, tuple[str, ...]]:
    """Let the rubric label the crops of the file too."""
    network, data = models.load(model), datasets.load(dataset)
    target = network.unit(unit)
    part = network.part(target.layer)
    found = _read(labels, order, len(data), (part.height, part.width))
    places = np.unique(np.stack([found.image, found.y, found.x], axis=1), axis=0)
    given = rubric.given(network, data, target, places, order)
    return crop_labels.joined(found, "rubric", places, given), (RUBRIC,)


def _drawn(table: np.ndarray, annotators: Sequence[str], order: Sequence[str], notes: tuple[str, ...]) -> Artifact:
    pairs, counts = agreement.pairs(table, tuple(annotators), len(order)), agreement.confusion(table, len(order))
    together = agreement.fleiss(table, len(order))
    values = _values(order, table, annotators, pairs, counts, together)
    alt = _alt(values, order, counts)
    who = annotators if len(annotators) == 2 else ("one annotator", "another annotator")
    drawing = confusion.confusion(order, counts, rows=who[0], columns=who[1])
    chart = vega.chart(drawing, name="label-agreement", alt=alt)
    return Artifact(alt, (chart,), _table(pairs, together, values), values, (_said(values), FORMULA, *notes))


def _values(
    order: Sequence[str], table: np.ndarray, annotators: Sequence[str], pairs: Sequence[Pair], counts: np.ndarray,
    together: tuple[float, float],
) -> dict[str, float | int | str]:  # fmt: skip
    values: dict[str, float | int | str] = {
        "annotators": len(annotators), "crops": int(((table != agreement.NONE).sum(axis=1) > 1).sum()),
        "agreement": together[0],
    }  # fmt: skip
    values |= _known("fleiss_kappa", together[1])
    for pair in pairs:
        values |= _known(f"kappa_{_word(pair.one)}_{_word(pair.other)}", pair.kappa)
    known = [pair.kappa for pair in pairs if not np.isnan(pair.kappa)]
    if known:
        values |= {"mean_kappa": float(np.mean(known)), "least_kappa": min(known), "greatest_kappa": max(known)}
    for name, share in zip(order, agreement.by_label(counts), strict=True):
        values |= _known(f"agreement_{name}", share)
    return values


def _word(name: str) -> str:
    return re.sub(r"\W+", "_", name.lower())


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
