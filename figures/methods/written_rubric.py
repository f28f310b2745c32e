"""What annotators are told: a file that says what each label means, with crops for examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from figures.methods import labels
from figures.methods.labels import ANY, LabelsError, Place
from figures.rows import Row, rows

COLUMNS = ("label", "says", "examples")


@dataclass(frozen=True)
class Meaning:
    """A label, what it stands for, and crops that show it, by image, row and column."""

    label: str
    says: str
    examples: tuple[Place, ...] = ()


def of_file(
    path: Path, names: Sequence[str] = labels.NAMES, *, images: int = ANY, positions: tuple[int, int] = (ANY, ANY)
) -> tuple[Meaning, ...]:
    """Read what each of some labels means, in their order, from a CSV with the columns `label,says,examples`.

    `examples` are crop ids as in a labels file, parted by spaces; there may be none. Raises LabelsError with every
    faulty line, and where a label has no line.
    """
    meanings, problems = {}, []
    for row in rows(path.read_text(encoding="utf-8"), COLUMNS, file=path.name, error=LabelsError):
        try:
            name = labels.known(row["label"], names)
            if name in meanings:
                raise ValueError(f"label {name!r} a second time; expected one line for each")
            meanings[name] = Meaning(name, row["says"], tuple(_examples(row, images, positions)))
        except ValueError as error:
            problems.append((row.line, str(error)))
    missing = [name for name in names if name not in meanings]
    if missing and not problems:
        problems.append((1, f"no line for {', '.join(missing)}; expected one for each label"))
    if problems:
        raise LabelsError(path.name, problems)
    return tuple(meanings[name] for name in names)


def _examples(row: Row, images: int, positions: tuple[int, int]) -> Iterator[Place]:
    return (labels.place(name, images, positions) for name in row["examples"].split())
