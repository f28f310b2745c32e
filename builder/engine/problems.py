"""What a figure's script did wrong, at the place that its author can mend."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path

from builder.errors import Place, Problem, words
from builder.plan.request import Request

Frame = tuple[str, int, str]
MOST_FRAMES = 3
HOUSE = ("measurement.py", "dispatch.py", "worker.py", "lab.py")


def problems_of(error: BaseException, request: Request, root: Path) -> list[Problem]:
    """Say what went wrong: at the lines of the file it names, or at the directive.

    An error that has `file` and `problems`, as (line, message), is about a file of the author's.
    Of other errors the lines of the author's own scripts are named, the innermost first; where
    there are none, the innermost line of the figure library.
    """
    path = next((p for p in request.files if getattr(error, "file", None) in (p.name, str(p))), None)
    if path is not None:
        beside = _beside(path, request.place)
        lines: Sequence[tuple[int, str]] = getattr(error, "problems", ())
        return [Problem(Place(beside, line), f"{request.figure}: {message}") for line, message in lines]
    return [Problem(request.place, f"{request.figure}: {_text(error)}{_where(_frames(error), root)}")]


def _text(error: BaseException) -> str:
    kind = "" if isinstance(error, ValueError) else getattr(error, "kind", type(error).__name__)
    return f"{kind}: {words(error)}".removesuffix(": ") if kind else words(error)


def _frames(error: BaseException) -> list[Frame]:
    """List the lines that led to an error, here and, before it came here, on a worker."""
    here = [(f.filename, f.lineno or 0, f.name) for f in traceback.extract_tb(error.__traceback__)]
    return [*here, *getattr(error, "frames", ())]


def _where(frames: Sequence[Frame], root: Path) -> str:
    package = Path(__file__).parents[2]
    own = [frame for frame in frames if _is_below(frame[0], root) and not _is_ours(frame[0], package)]
    if own:
        return f" ({', called at '.join(_named(frame, root) for frame in reversed(own[-MOST_FRAMES:]))})"
    ours = [frame for frame in frames if _is_below(frame[0], package / "figures") and Path(frame[0]).name not in HOUSE]
    return f" ({Path(ours[-1][0]).relative_to(package)}:{ours[-1][1]})" if ours else ""


def _named(frame: Frame, root: Path) -> str:
    file, line, function = frame
    return f"{Path(file).relative_to(root)}:{line} in {function}"


def _is_ours(file: str, package: Path) -> bool:
    return any(_is_below(file, package / room) for room in ("builder", "figures"))


def _is_below(file: str, folder: Path) -> bool:
    path = Path(file)
    return path.is_relative_to(folder) and "site-packages" not in path.relative_to(folder).parts


def _beside(path: Path, place: Place) -> Path:
    """Name a file the way the article that stands beside it is named."""
    folder = str(place.path.parent)
    return Path(str(path)[str(path).rfind(f"/{folder}/") + 1 :]) if f"/{folder}/" in str(path) else path
