"""What people are to label: crops of a unit, and how far those who labelled them agree."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import islice
from pathlib import Path

from builder.engine.engine import Engine
from builder.errors import BuildError, Place, Problem
from builder.frozen import frozen


@frozen
class Wanted:
    """Which crops to draw, and for which labels; `rubric` is the file that says what these mean. Names are full ones.

    `samples` is how many crops a scan keeps of each bin of activations.
    """

    model: str
    dataset: str
    unit: str
    names: tuple[str, ...]
    count: int
    samples: int
    seed: int
    place: Place
    rubric: Path | None = None


@frozen
class Meaning:
    """A label, what it stands for, and pictures that show it."""

    label: str
    says: str = ""
    examples: tuple[bytes, ...] = field(default=(), repr=False)


@frozen
class Sheet:
    """Crops to label, pictures by crop id, and what the labels mean; neither tells how strongly a unit answers."""

    crops: Mapping[str, bytes] = field(repr=False)
    meanings: tuple[Meaning, ...]


@frozen
class Agreed:
    """How far annotators agree: in words, and for every pair their names, crops, share alike and Cohen's kappa.

    A kappa is None where chance leaves it open.
    """

    summary: str
    pairs: tuple[tuple[str, str, int, float, float | None], ...]


def sheet(engine: Engine, wanted: Wanted) -> Sheet:
    """Draw crops for people to label.

    Raises BuildError where the network cannot be measured or the rubric cannot be read, UsageError for a device that
    is none.
    """
    with engine.measuring():
        from figures.rows import RowsError

        try:
            return _drawn(wanted)
        except RowsError as error:
            file = wanted.place.path.parent / error.file
            raise BuildError(Problem(Place(file, line), message) for line, message in error.problems) from error
        except ValueError as error:
            raise BuildError([Problem(wanted.place, str(error))]) from error
        except RuntimeError as error:  # what a network or a device says
            raise BuildError([Problem(wanted.place, f"{wanted.model}: {error}")]) from error


def _drawn(wanted: Wanted) -> Sheet:
    from figures.methods import crops_to_label, datasets, labels, models, written_rubric
    from figures.methods.written_rubric import Meaning as Told

    network, images = models.load(wanted.model), datasets.load(wanted.dataset)
    unit = network.unit(wanted.unit)
    layer = network.part(unit.layer)
    told = tuple(Told(name, "") for name in wanted.names)
    if wanted.rubric is not None:
        positions = layer.height, layer.width
        told = written_rubric.of_file(wanted.rubric, wanted.names, images=len(images), positions=positions)
    shown = [place for one in told for place in one.examples]
    depth = {"samples": wanted.samples, "seed": wanted.seed}
    places = crops_to_label.drawn(network, images, unit, wanted.count, without=shown, **depth)
    pictures = crops_to_label.pictures(network, images, unit.layer, [*places, *shown])
    crops = dict(zip(map(labels.written, places), pictures, strict=False))  # the others are of the examples
    meanings = (Meaning(one.label, one.says, tuple(islice(pictures, len(one.examples)))) for one in told)
    return Sheet(crops, tuple(meanings))


def check(path: Path, names: Sequence[str], place: Path) -> None:
    """Raise BuildError, with the name of the file and every line at fault, where labels cannot be read."""
    from figures.methods import labels

    try:
        labels.of_file(path, names=names)
    except labels.LabelsError as error:
        raise BuildError(Problem(Place(place, line), message) for line, message in error.problems) from error


def agreed(path: Path, names: Sequence[str]) -> Agreed:
    """Compare the annotators of a file of labels; where they cannot be compared, the summary says why."""
    from figures.methods import agreement, labels
    from figures.words import agreement as words

    try:
        votes = labels.of_file(path, names=names)
        seen = agreement.of(agreement.ratings(votes), votes.annotators, names)
    except ValueError as error:
        return Agreed(str(error), ())
    kappas = (None if math.isnan(one.kappa) else one.kappa for one in seen.pairs)
    pairs = tuple((one.one, one.other, one.crops, one.agreement, k) for one, k in zip(seen.pairs, kappas, strict=True))
    return Agreed(words.summary(seen), pairs)
