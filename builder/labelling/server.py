"""The page on which people label, served on this machine to whoever has its whole address."""

from __future__ import annotations

import dataclasses
import json
import secrets
import urllib.parse
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from builder.engine import labelling
from builder.engine.engine import Engine
from builder.engine.labelling import Sheet
from builder.errors import UsageError
from builder.frozen import frozen
from builder.labelling import look
from builder.labelling.answers import Answers
from builder.labelling.directive import Task
from builder.labelling.session import Session, named
from builder.plan.plan import House
from builder.reporter import Reporter
from builder.serve import local

JSON = "application/json"
PICTURE = "image/png"
LONGEST = 4096
"""So many bytes a request may have that says what a crop is."""
HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What the policy in the page cannot say itself."""


@frozen
class Desk:
    """All that the page needs: the crops, who labelled them, files by name; `token` is part of its address."""

    session: Session
    sheet: Sheet
    files: Mapping[str, tuple[bytes, str]] = field(repr=False)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)


class _Handler(local.Handler):
    """Answers under the token alone: no other page, and no other user of this machine, can guess it."""

    name = "page"
    desk: Desk

    def do_GET(self) -> None:  # noqa: N802 - the name is the library's
        """Give the page, its files, a picture, or how far an annotator is."""
        path, asked = self._asked()
        if path is None:
            return
        if path in self.desk.files:
            self.send(*self.desk.files[path])
        elif path in READING:
            self._answer(READING[path], asked)
        else:
            self.send_error(404)

    def do_POST(self) -> None:  # noqa: N802 - the name is the library's
        """Write a label down, or take one back."""
        path, _ = self._asked()
        size = self.headers.get("Content-Length", "")
        if path is None:
            return
        if path not in WRITING:
            self.send_error(404)
        elif self.headers.get_content_type() != JSON or not size.isdecimal() or int(size) > LONGEST:
            self.send_error(400)
        else:
            self._answer(WRITING[path], _object(self.rfile.read(int(size))))

    def _asked(self) -> tuple[str | None, dict[str, str]]:
        """Return the path behind the token and what is asked; refuse other paths, and return none."""
        parts = urllib.parse.urlsplit(self.path)
        token, slash, path = parts.path.removeprefix("/").partition("/")
        if slash and secrets.compare_digest(token.encode(), self.desk.token.encode()):
            return path, dict(urllib.parse.parse_qsl(parts.query))
        self.send_error(403, "This page needs its whole address, as the command printed it")
        return None, {}

    def _answer(self, answer: Answer, given: Mapping[str, object]) -> None:
        try:
            self.send(*answer(self.desk, given))
        except (KeyError, ValueError, IndexError) as error:
            self.send(json.dumps({"error": str(error)}).encode(), JSON, 400)
        except OSError as error:
            said = f"{self.desk.session.answers.path.name}: {error.strerror or error}"
            self.send(json.dumps({"error": said}).encode(), JSON, 500)

    def end_headers(self) -> None:
        """Keep the page to itself."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()


Answer = Callable[[Desk, Mapping[str, object]], tuple[bytes, str]]


def _object(text: bytes) -> Mapping[str, object]:
    try:
        given = json.loads(text)
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}


def _who(given: Mapping[str, object]) -> str:
    return named(str(given["annotator"]))


def _state(desk: Desk, given: Mapping[str, object]) -> tuple[bytes, str]:
    return _json(desk.session.state(_who(given)))


def _label(desk: Desk, given: Mapping[str, object]) -> tuple[bytes, str]:
    return _json(desk.session.label(_who(given), int(str(given["number"])), str(given["label"])))


def _undo(desk: Desk, given: Mapping[str, object]) -> tuple[bytes, str]:
    return _json(desk.session.undo(_who(given)))


def _crop(desk: Desk, given: Mapping[str, object]) -> tuple[bytes, str]:
    return desk.sheet.crops[desk.session.crop(_who(given), int(str(given["number"])))], PICTURE


def _example(desk: Desk, given: Mapping[str, object]) -> tuple[bytes, str]:
    return desk.sheet.meanings[int(str(given["label"]))].examples[int(str(given["number"]))], PICTURE


def _agreement(desk: Desk, given: Mapping[str, object]) -> tuple[bytes, str]:
    """Compare the annotators for one who is done: before, it could sway what they say."""
    state = desk.session.state(_who(given))
    if state.number is not None:
        raise ValueError(f"{state.total - state.done} crops are left; expected none")
    return _json(labelling.agreed(desk.session.answers.path, desk.session.labels))


def _json(record: object) -> tuple[bytes, str]:
    return json.dumps(dataclasses.asdict(record)).encode(), JSON  # type: ignore[call-overload]


READING: Mapping[str, Answer] = {"state": _state, "crop": _crop, "example": _example, "agreement": _agreement}
WRITING: Mapping[str, Answer] = {"label": _label, "undo": _undo}


def opened(desk: Desk, port: int, report: Reporter) -> tuple[local.Server, str]:
    """Listen; return the server and the address of the page."""
    server = local.opened(type("Handler", (_Handler,), {"desk": desk}), port, report)
    return server, f"http://127.0.0.1:{server.server_port}/{desk.token}/"


def desk_of(house: House, engine: Engine, task: Task, annotator: str, pause: int) -> Desk:
    """Draw the crops and set the page; raises UsageError for a name that is none."""
    try:
        annotator = annotator and named(annotator)
    except ValueError as error:
        raise UsageError(f"--{error}") from error
    answers = Answers(task.file, house.settings.store_folder / "labels.lock")
    if answers.rows():
        labelling.check(task.file, task.wanted.names, _relative(task.file, house.settings.root))
    sheet = labelling.sheet(engine, task.wanted)
    session = Session(tuple(sheet.crops), task.wanted.names, answers, task.wanted.seed)
    known = (annotator,) if annotator else answers.annotators()
    page = look.Page(task.title, sheet.meanings, annotator, known, pause, task.file.name, task.missing)
    return Desk(session, sheet, look.files(house, page))


def run(desk: Desk, report: Reporter, *, port: int, open_browser: bool = False) -> None:
    """Serve until interrupted, and say then how far everybody is."""
    server, address = opened(desk, port, report)
    report.say(f"labelling at {address} (Ctrl-C ends)")
    if open_browser:
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        for line in ended(desk):
            report.say(line)
    finally:
        server.server_close()


def ended(desk: Desk) -> Iterator[str]:
    """Say how far every annotator is, and how far they agree."""
    session = desk.session
    names = session.answers.annotators()
    for name in names:
        state = session.state(name)
        yield f"{name}: {state.done} of {state.total} crops labelled"
    if len(names) > 1:
        yield labelling.agreed(session.answers.path, session.labels).summary


def _relative(path: Path, root: Path) -> Path:
    return path.relative_to(root.resolve()) if path.is_relative_to(root.resolve()) else path
