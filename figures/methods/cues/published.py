"""Published answers of people and networks, counted by condition: was the picture's own category named?

The columns are those of `figures.methods.responses`; here names of images say nothing, since under most conditions
there is no second category. `category` is what is right, `condition` what was done to the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from figures.methods.cues import conditions
from figures.methods.cues.accuracy import Accuracy
from figures.methods.responses import COLUMNS, HUMAN, HUMANS, ResponsesError, is_timed
from figures.rows import Row, rows

OTHERWISE = {
    "colour": conditions.ORIGINAL, "color": conditions.ORIGINAL, "natural": conditions.ORIGINAL,
    "greyscale": conditions.GREY, "grayscale": conditions.GREY, "gray": conditions.GREY,
    "silhouettes": conditions.SILHOUETTE, "edge": conditions.EDGES, "line drawing": conditions.EDGES,
    "textures": conditions.TEXTURE, "cue conflict": conditions.CONFLICT, "cue": conditions.CONFLICT,
    "conflicts": conditions.CONFLICT,
    "rotated silhouette": conditions.TURNED, "turned": conditions.TURNED, "filled silhouette": conditions.TURNED,
}  # fmt: skip
"""What our conditions are called elsewhere."""


def read(text: str, taken: Sequence[str], *, file: str) -> list[Accuracy]:
    """Count right answers of each observer and condition; all people together are `humans`.

    Raises ResponsesError with the line of a time that is no number, and ValueError for an observer that is measured
    here too.
    """
    return _counts(_table(text, file), taken, file)


def read_files(files: Sequence[Path], taken: Sequence[str]) -> list[Accuracy]:
    """Count the answers of several files together, as `read` does those of one."""
    table = [row for file in files for row in _table(file.read_text(encoding="utf-8"), str(file))]
    return _counts(table, taken, ", ".join(file.name for file in files)) if files else []


def _table(text: str, file: str) -> list[Row]:
    table = list(rows(text, COLUMNS, file=file, error=ResponsesError))
    wrong = [(row.line, problem) for row in table for problem in _problems(row)]
    if not table:
        wrong.append((1, "no response below the header"))
    if wrong:
        raise ResponsesError(file, wrong)
    return table


def _problems(row: Row) -> Iterator[str]:
    try:
        is_timed(row["rt"])
    except ValueError as error:
        yield str(error)


def _counts(table: Sequence[Row], taken: Sequence[str], file: str) -> list[Accuracy]:
    people = {row["subj"] for row in table if is_timed(row["rt"])}
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in table:
        who = HUMANS if row["subj"] in people else row["subj"]
        groups.setdefault((who, condition(row)), []).append(row)
    if doubled := [who for who, _ in groups if who in taken]:
        raise ValueError(f"{file}: observer {doubled[0]!r} is measured here too; expected another name")
    chance = 1 / len({row["category"] for row in table})
    return [_counted(who, what, group, chance) for (who, what), group in groups.items()]


def condition(row: Row) -> str:
    """Return the condition of a trial as we call it: by its column, else by the experiment in its image's name.

    Columns often hold a mere 0, where a whole file is of one condition; names begin with `trial_experiment_…`. What
    we do not know keeps its name.
    """
    _, _, rest = row["imagename"].partition("_")
    by_column, by_name = (_plainly(written) for written in (row["condition"], rest.partition("_")[0]))
    for plain in (by_column, by_name):
        known = OTHERWISE.get(plain, plain)
        if known in conditions.CONDITIONS:
            return known
    return by_name if by_column in ("", "0") and by_name else by_column


def _plainly(written: str) -> str:
    return written.strip().lower().replace("-", " ").replace("_", " ")


def _counted(who: str, what: str, group: Iterable[Row], chance: float) -> Accuracy:
    answers = [row["object_response"] == row["category"] for row in group]
    kind = HUMAN if who == HUMANS else "network"
    return Accuracy(sum(answers), len(answers), observer=who, kind=kind, condition=what, chance=chance)
