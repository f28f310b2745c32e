"""Do the people who labelled image crops agree?

Labels are only as good as the agreement of those who gave them: pairs of annotators, all of them
together beyond chance, and which labels are taken for which.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from figures.artifact import Artifact, Table
from figures.charts import confusion
from figures.control import beside
from figures.methods import agreement, datasets, labelled_crops, models, written_rubric
from figures.methods import labels as crop_labels
from figures.methods.agreement import Agreement
from figures.methods.written_rubric import Meaning
from figures.parameters import Dataset, Model, Seed, Unit
from figures.registry import figure
from figures.words import agreement as words
from figures.words.labels import LABELLED


@figure("label-agreement")
def label_agreement(
    *,
    labels: Path,
    rubric: Path | None = None,
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
    if unit:
        network = models.load(model)
        votes = labelled_crops.with_rubric(network, datasets.load(dataset), network.unit(unit), labels, order)
    else:
        votes = crop_labels.of_file(labels, names=order)
    table, told = agreement.ratings(votes), written_rubric.of_file(rubric, order) if rubric else ()
    artifact = _drawn(agreement.of(table, votes.annotators, order), bool(unit), told)
    if not control:
        return artifact
    chance = agreement.of(agreement.shuffled(table, seed), votes.annotators, order)
    return beside(artifact, _drawn(chance, bool(unit), told), words.SHUFFLED, own=LABELLED)


def _drawn(seen: Agreement, rubric: bool, told: Iterable[Meaning]) -> Artifact:
    said, (rows, columns) = words.agreement(seen, rubric=rubric, meanings=told), words.who(seen)
    chart = confusion.draw(
        seen.names, seen.confusion, rows=rows, columns=columns, name="label-agreement", alt_text=said.alt
    )
    return said.artifact([chart], Table.of(seen.columns(), decimals=None))
