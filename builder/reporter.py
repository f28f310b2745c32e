"""What the commands say while they work: on a terminal, in plain lines, or into a list."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from builder.pace import Pace

if TYPE_CHECKING:
    from rich.progress import TaskID

Foretell = Callable[[], float | None]
"""Returns how many seconds of a piece of work are left, None as long as that is not known."""

Begun = Any
"""What `begin` returned; only the reporter that returned it looks into it."""


class Reporter(Protocol):
    """Where messages and progress go; `begin`, `advance` and `end` are those of a lab's progress."""

    def say(self, message: str) -> None: ...

    def warn(self, message: str) -> None: ...

    def begin(self, description: str, total: int | None, foretell: Foretell | None = None) -> Begun: ...

    def advance(self, task: Begun, steps: int) -> None: ...

    def end(self, task: Begun) -> None: ...

    def close(self) -> None: ...


@dataclass
class Recorded:
    """Remember everything, show nothing."""

    lines: list[str] = field(default_factory=list)

    def say(self, message: str) -> None:
        self.lines.append(message)

    def warn(self, message: str) -> None:
        self.lines.append(message)

    def begin(self, description: str, total: int | None, foretell: Foretell | None = None) -> object:
        self.lines.append(description)
        return None

    def advance(self, task: object, steps: int) -> None:
        return None

    def end(self, task: object) -> None:
        return None

    def close(self) -> None:
        return None


@dataclass
class _Task:
    description: str
    pace: Pace
    shown: float = 0.0


@dataclass
class Plain:
    """Plain lines, for logs: at most one progress line every `interval_s` seconds a task."""

    interval_s: float = 10.0

    def say(self, message: str) -> None:
        """Write a line to standard output."""
        print(message, flush=True)  # noqa: T201

    def warn(self, message: str) -> None:
        """Write a line to standard error."""
        print(message, file=sys.stderr, flush=True)  # noqa: T201

    def begin(self, description: str, total: int | None, foretell: Foretell | None = None) -> _Task:
        """Name a piece of work that has begun."""
        now = time.monotonic()
        return _Task(description, Pace(total, now, foretell=foretell), shown=now)

    def advance(self, task: _Task, steps: int) -> None:
        """Count steps; say now and then how far the work is, and how long it will take once that is known."""
        now = time.monotonic()
        task.pace.advance(steps, now)
        if now - task.shown >= self.interval_s:
            task.shown = now
            self.say(f"  {task.description}: {_how_far(task.pace, now)}")

    def end(self, task: _Task) -> None:
        """Say how long the work took, if it was long."""
        seconds = time.monotonic() - task.pace.start
        if seconds >= 2:
            self.say(f"  {task.description}: {seconds:.0f} s")

    def close(self) -> None:
        """Finish."""


class Warnings(Plain):
    """Show nothing but warnings."""

    def say(self, message: str) -> None:
        """Say nothing."""


def _how_far(pace: Pace, now: float) -> str:
    if not pace.total:
        return f"{pace.done}"
    left = pace.left(now)
    return f"{pace.done} of {pace.total}" + (f", {left} left" if left else "")


class Rich:
    """A progress bar on a terminal, and lines above it."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
        from rich.text import Text

        class Left(ProgressColumn):
            """How long the work will take, once that is known: the library's own column guesses from the first step."""

            def render(self, task: Task) -> Text:
                left = task.fields["pace"].left(time.monotonic())
                return Text(f"{left} left" if left else "")

        self._console = Console(highlight=False)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=28),
            MofNCompleteColumn(),
            Left(),
            console=self._console,
            transient=True,
        )
        self._paces: dict[TaskID, Pace] = {}

    def say(self, message: str) -> None:
        """Print a line above the bars."""
        self._console.print(message, markup=False, soft_wrap=True)

    def warn(self, message: str) -> None:
        """Print a line in the colour of warnings."""
        self._console.print(message, markup=False, style="yellow", soft_wrap=True)

    def begin(self, description: str, total: int | None, foretell: Foretell | None = None) -> TaskID:
        """Add a bar."""
        if not self._paces:
            self._progress.start()
        pace = Pace(total, time.monotonic(), foretell=foretell)
        task = self._progress.add_task(description, total=total, pace=pace)
        self._paces[task] = pace
        return task

    def advance(self, task: TaskID, steps: int) -> None:
        """Move a bar on."""
        self._paces[task].advance(steps, time.monotonic())
        self._progress.advance(task, steps)

    def end(self, task: TaskID) -> None:
        """Take a bar away."""
        self._progress.remove_task(task)
        del self._paces[task]
        if not self._paces:
            self._progress.stop()

    def close(self) -> None:
        """Take all bars away."""
        self._progress.stop()


def reporter() -> Reporter:
    """Choose by where standard output goes."""
    return Rich() if sys.stdout.isatty() else Plain()
