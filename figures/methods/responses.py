"""Read the answers of people and networks as the cue-conflict experiments publish them.

A CSV with the columns `subj,session,trial,rt,object_response,category,condition,
imagename` (Geirhos et al., 2019). Columns are trusted over names: `category` is the
shape category, `rt` (seconds) is `NaN` for networks. Only the texture category has no
column; it is the second hyphen-separated field of the stimulus, which is the part of
`imagename` after the last underscore: `airplane1-bicycle2-108.png` has the texture of a
bicycle, and 108 is a rotation. `na`, no answer in time, is an answer like another.

Every cell stays the text that it is: nothing is taken for a missing value but `na` and `NaN`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from figures.methods.cue_conflict import NO_ANSWER, Trials
from figures.methods.observers import stimulus_names
from figures.methods.observers.entry_level import ENTRY_LEVEL
from figures.methods.observers.stimulus_names import stimulus_of as stimulus_of
from figures.nearest import nearest
from figures.rows import Row, RowsError, rows

COLUMNS = ("subj", "session", "trial", "rt", "object_response", "category", "condition", "imagename")
HUMANS = "humans"
HUMAN = "human"
_NOTHING = ("", "na", "nan")


class ResponsesError(RowsError):
    """A table of responses that cannot be read; `line` is the first line at fault."""


@dataclass(frozen=True)
class Source:
    """A table of responses: where it is told to be, the folder that it lies in, and its text."""

    file: str
    folder: str
    text: str


@dataclass(frozen=True)
class Response:
    """One answer; `timed` where a reaction time was taken."""

    source: Source
    line: int
    subject: str
    timed: bool
    condition: str
    shape: str
    texture: str
    answer: str
    stimulus: str


Problem = tuple[Source, int, str]


def read(text: str, *, file: str = "responses.csv") -> tuple[Trials, ...]:
    """Read a table of responses as one `Trials` for each observer and condition.

    All people together are one observer, `humans`; each network is one. A subject with any
    reaction time is a person: a person's own `na` carries none. Raises
    ResponsesError with every faulty line: a missing column, a name without a texture,
    an answer that is no category, a network that answers one image twice (which is how
    two networks of the same name show when their files are joined).
    """
    return _read([Source(file, "", text)])


def read_files(files: Iterable[Path]) -> tuple[Trials, ...]:
    """Read several tables as `read` does one; an observer's sessions lie in one folder.

    Raises ResponsesError, for the first file at fault, also where observers of one name lie in two folders.
    """
    return _read([Source(str(file), str(file.parent), file.read_text(encoding="utf-8")) for file in files])


def beside(text: str, taken: Sequence[str], *, file: str) -> list[Trials]:
    """Read published answers to stand beside observers whose names are `taken`; see `named`."""
    return named(read(text, file=file), taken, file=file)


def files_beside(files: Sequence[Path], taken: Sequence[str]) -> list[Trials]:
    """Read several tables to stand beside observers whose names are `taken`; see `named`."""
    return named(read_files(files), taken, file=", ".join(file.name for file in files)) if files else []


def named(trials: Sequence[Trials], taken: Sequence[str], *, file: str) -> list[Trials]:
    """Tell observers apart by name: one under several conditions is one for each.

    Raises ValueError for a name that is taken.
    """
    names = [each.observer for each in trials]
    if doubled := [name for name in names if name in taken]:
        raise ValueError(f"{file}: observer {doubled[0]!r} is measured here too; expected another name")
    several = {name for name in names if names.count(name) > 1}
    return [
        replace(each, observer=f"{each.observer} ({each.condition})") if each.observer in several else each
        for each in trials
    ]


def people(trials: Trials) -> list[Trials]:
    """Take people apart who stand together as one observer; anybody else is alone."""
    subjects: list[str] = list(np.unique(trials.subject)) if trials.kind == HUMAN else []
    suffix = trials.observer.removeprefix(HUMANS)
    return [replace(trials.chosen(trials.subject == who), observer=f"{who}{suffix}") for who in subjects] or [trials]


def texture_category(imagename: str) -> str:
    """Return the texture category that an image's name gives; raises ValueError where it has none."""
    return stimulus_names.read(imagename).texture


def _read(sources: Sequence[Source]) -> tuple[Trials, ...]:
    responses: list[Response] = []
    problems: list[Problem] = []
    for source in sources:
        table = [_response(row, source) for row in rows(source.text, COLUMNS, file=source.file, error=ResponsesError)]
        problems += [one for one in table if isinstance(one, tuple)]
        responses += [one for one in table if isinstance(one, Response)]
        problems += [] if table else [(source, 1, "no response below the header")]
    timed = {(one.source.folder, one.subject) for one in responses if one.timed}
    _refuse([*problems, *_unknown_answers(responses), *_repeated(responses, timed), *_in_two_folders(responses)])
    return _observers(responses, timed)


def _refuse(problems: Sequence[Problem]) -> None:
    """Raise ResponsesError for the first file at fault, with all that is wrong in it."""
    if problems:
        first = problems[0][0].file
        raise ResponsesError(first, sorted((line, text) for source, line, text in problems if source.file == first))


def _response(row: Row, source: Source) -> Response | Problem:
    try:
        timed = is_timed(row["rt"])
        texture = texture_category(row["imagename"])
    except ValueError as error:
        return source, row.line, str(error)
    answer = NO_ANSWER if row["object_response"].lower() in _NOTHING else row["object_response"]
    return Response(
        source, row.line, row["subj"], timed, row["condition"],
        row["category"], texture, answer, stimulus_of(row["imagename"]),
    )  # fmt: skip


def is_timed(rt: str) -> bool:
    """Tell whether a reaction time was taken; raises ValueError for what is neither a time nor missing."""
    if rt.lower() in _NOTHING:
        return False
    try:
        return bool(np.isfinite(float(rt)))
    except ValueError:
        raise ValueError(f"rt {rt!r} is not a number of seconds or NaN") from None


def _unknown_answers(responses: Sequence[Response]) -> list[Problem]:
    known = {one.shape for one in responses} | {one.texture for one in responses}
    known |= {NO_ANSWER, *(ENTRY_LEVEL if known <= ENTRY_LEVEL.keys() else ())}
    return [
        (one.source, one.line, f"response {one.answer!r} is no category of this table and not {NO_ANSWER!r}{close}")
        for one in responses
        if one.answer not in known
        for close in [nearest(one.answer, known)]
    ]


def _repeated(responses: Sequence[Response], timed: set[tuple[str, str]]) -> list[Problem]:
    first: dict[tuple[str, ...], Response] = {}
    problems = []
    for one in responses:
        before = first.setdefault((one.source.folder, one.subject, one.condition, one.stimulus), one)
        if before is not one and (one.source.folder, one.subject) not in timed:
            where = f"on line {before.line}" + (f" of {before.source.file}" if before.source != one.source else "")
            problems.append((one.source, one.line, f"{one.subject!r} already answered {one.stimulus!r} {where}"))
    return problems


def _in_two_folders(responses: Sequence[Response]) -> list[Problem]:
    """Find observers of one name in two folders: `alexnet` is one network of Caffe's and one of torchvision's."""
    home: dict[str, Source] = {}
    problems: dict[tuple[str, str], Problem] = {}
    for one in responses:
        before = home.setdefault(one.subject, one.source)
        if before.folder != one.source.folder:
            text = (
                f"{one.subject!r} answers in the folder {Path(before.folder).name!r} too; two observers of one name "
                f"would be taken for one: rename one of them, in its column subj"
            )
            problems.setdefault((one.subject, one.source.folder), (one.source, one.line, text))
    return list(problems.values())


def _observers(responses: Sequence[Response], timed: set[tuple[str, str]]) -> tuple[Trials, ...]:
    groups: dict[tuple[str, str, str], list[Response]] = {}
    for one in responses:
        is_person = (one.source.folder, one.subject) in timed
        who = (HUMANS, HUMAN) if is_person else (one.subject, "network")
        groups.setdefault((*who, one.condition), []).append(one)
    return tuple(_trials(key, group) for key, group in groups.items())


def _trials(key: tuple[str, str, str], group: Sequence[Response]) -> Trials:
    fields = ("shape", "texture", "answer", "subject", "stimulus")
    return Trials(*key, *(np.array([getattr(one, field) for one in group]) for field in fields))
