"""Read the answers of people and networks as the cue-conflict experiments publish them.

A CSV with the columns `subj,session,trial,rt,object_response,category,condition,
imagename` (Geirhos et al., 2019). Columns are trusted over names: `category` is the
shape category, `rt` (seconds) is `NaN` for networks. Only the texture category has no
column; it is the second hyphen-separated field of the stimulus, which is the part of
`imagename` after the last underscore: `airplane1-bicycle2-108.png` has the texture of a
bicycle, and 108 is a rotation. `na`, no answer in time, is an answer like another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

import numpy as np

from figures.methods.cue_conflict import NO_ANSWER, Trials
from figures.nearest import nearest
from figures.rows import RowsError, rows

COLUMNS = ("subj", "session", "trial", "rt", "object_response", "category", "condition", "imagename")
HUMANS = "humans"


class ResponsesError(RowsError):
    """A table of responses that cannot be read; `line` is the first line at fault."""


@dataclass(frozen=True)
class Response:
    """One answer; `timed` where a reaction time was taken."""

    line: int
    subject: str
    timed: bool
    condition: str
    shape: str
    texture: str
    answer: str
    stimulus: str


def read(text: str, *, file: str = "responses.csv") -> tuple[Trials, ...]:
    """Read a table of responses as one `Trials` for each observer and condition.

    All people together are one observer, `humans`; each network is one. A subject with any
    reaction time is a person: a person's own `na` carries none. Raises
    ResponsesError with every faulty line: a missing column, a name without a texture,
    an answer that is no category, a network that answers one image twice (which is how
    two networks of the same name show when their files are joined).
    """
    table = [_response(row, file) for row in rows(text, COLUMNS, file=file, error=ResponsesError)]
    problems = [problem for problem in table if isinstance(problem, tuple)]
    found = [response for response in table if isinstance(response, Response)]
    people = {response.subject for response in found if response.timed}
    problems += _unknown_answers(found) + _repeated(found, people)
    if not table:
        problems.append((1, "no response below the header"))
    if problems:
        raise ResponsesError(file, sorted(problems))
    return _observers(found, people)


def beside(text: str, taken: Sequence[str], *, file: str) -> list[Trials]:
    """Read published answers to stand beside observers whose names are `taken`.

    An observer under several conditions is one for each. Raises ValueError where a name is taken.
    """
    trials = read(text, file=file)
    names = [each.observer for each in trials]
    if doubled := [name for name in names if name in taken]:
        raise ValueError(f"{file}: observer {doubled[0]!r} is measured here too; expected another name")
    several = {name for name in names if names.count(name) > 1}
    return [
        replace(each, observer=f"{each.observer} ({each.condition})") if each.observer in several else each
        for each in trials
    ]


def texture_category(imagename: str) -> str:
    """Return the texture category that an image's name gives; raises ValueError where it has none."""
    fields = stimulus_of(imagename).split("-")
    category = fields[1].rstrip("0123456789") if len(fields) > 1 else ""
    if not category:
        raise ValueError(f"image name {imagename!r} has no texture: expected …_SHAPE1-TEXTURE2.png")
    return category


def stimulus_of(imagename: str) -> str:
    """Return the part of an image's name that is the same for every observer and trial."""
    return PurePosixPath(imagename).stem.rsplit("_", 1)[-1]


def _response(row, file: str) -> Response | tuple[int, str]:
    try:
        seconds = float(row["rt"])
        texture = texture_category(row["imagename"])
    except ValueError as error:
        message = str(error) if "image name" in str(error) else f"rt {row['rt']!r} is not a number of seconds or NaN"
        return row.line, message
    return Response(
        row.line, row["subj"], not np.isnan(seconds), row["condition"],
        row["category"], texture, row["object_response"], stimulus_of(row["imagename"]),
    )  # fmt: skip


def _unknown_answers(found: list[Response]) -> list[tuple[int, str]]:
    known = {r.shape for r in found} | {r.texture for r in found} | {NO_ANSWER}
    return [
        (r.line, f"response {r.answer!r} is no category of this table and not {NO_ANSWER!r}{nearest(r.answer, known)}")
        for r in found
        if r.answer not in known
    ]


def _repeated(found: list[Response], people: set[str]) -> list[tuple[int, str]]:
    first: dict[tuple[str, str, str], int] = {}
    problems = []
    for r in found:
        line = first.setdefault((r.subject, r.condition, r.stimulus), r.line)
        if r.subject not in people and line != r.line:
            problems.append((r.line, f"{r.subject!r} already answered {r.stimulus!r} on line {line}"))
    return problems


def _observers(found: list[Response], people: set[str]) -> tuple[Trials, ...]:
    groups: dict[tuple[str, str, str], list[Response]] = {}
    for r in found:
        who = (HUMANS, "human") if r.subject in people else (r.subject, "network")
        groups.setdefault((*who, r.condition), []).append(r)
    return tuple(_trials(key, group) for key, group in groups.items())


def _trials(key: tuple[str, str, str], group: list[Response]) -> Trials:
    fields = ("shape", "texture", "answer", "subject", "stimulus")
    return Trials(*key, *(np.array([getattr(r, field) for r in group]) for field in fields))
