"""Preview: build, serve on this machine, rebuild on every edit, and tell the browser."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import threading
import traceback
import webbrowser
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from builder import site
from builder.engine.setup import forget_figures
from builder.errors import BuildError, Problem, UsageError
from builder.plan import plan
from builder.press import addresses, policy
from builder.reporter import Reporter
from builder.serve import local
from builder.serve.live import Listeners, Telling
from builder.settings import Settings, load, own_templates
from builder.store import StoreError

PREFIX = "/-microscribe/"
EVENTS = PREFIX + "events"
FILES = {"live.js": "text/javascript; charset=utf-8", "live.css": "text/css; charset=utf-8"}
"""What the preview adds to every page."""
WAITING = "waiting.html"
TICK_MS = 300
_POLICY = f'<head><meta http-equiv="Content-Security-Policy" content="{policy.policy()}">'.encode()


class _Handler(local.Handler, http.server.SimpleHTTPRequestHandler):
    """Serves the output folder, adds the live script to pages, and streams events."""

    name = "preview"
    listeners: Listeners
    live: Path
    base: str = ""

    def translate_path(self, path: str) -> str:
        """Find a file also under the path at which the site is to stand: the page for lost readers names it."""
        found = super().translate_path(path)
        if self.base and path.startswith(self.base) and not os.path.exists(found):
            return super().translate_path(f"/{path.removeprefix(self.base)}")
        return found

    def do_GET(self) -> None:  # noqa: N802 - the name is the library's
        """Answer a request."""
        path = self.path.partition("?")[0]
        name = path.removeprefix(PREFIX)
        if path == EVENTS:
            self._stream()
        elif name != path and name in FILES:
            self.send((self.live / name).read_bytes(), FILES[name])
        elif (file := self._page(path)) is not None:
            self.send(self._alive(file.read_bytes(), self.listeners.changes))
        elif self._asks_for_page(path):
            self._send_instead()
        elif not os.path.exists(self.translate_path(path)):
            self.send_error(404)
        elif self.command == "HEAD":
            super().do_HEAD()
        else:
            super().do_GET()

    def do_HEAD(self) -> None:  # noqa: N802 - the name is the library's
        """Answer as to GET, without what it would send."""
        self.do_GET()

    def _page(self, path: str) -> Path | None:
        file = Path(self.translate_path(path))
        if path.endswith("/"):
            file /= "index.html"
        # Unlike those of paths, these answer no matter what was asked for.
        return file if os.path.isfile(file) and file.suffix == ".html" else None

    def _asks_for_page(self, path: str) -> bool:
        file = Path(self.translate_path(path))
        return path.endswith("/") or not (os.path.exists(file) or file.suffix not in ("", ".html"))

    def _send_instead(self) -> None:
        """Say that nothing is built yet, or that nothing stands here.

        The page that waits is older than any build, so that the first one shows.
        """
        lost = Path(self.directory) / "404.html"
        if self.listeners.built and lost.is_file():
            text = lost.read_bytes().replace(b"<head>", b'<head><base href="/">', 1)
            self.send(self._alive(text, self.listeners.changes), status=404)
        else:
            seen = self.listeners.changes if self.listeners.built else -1
            text = (self.live / WAITING).read_bytes().replace(b"<head>", _POLICY, 1)
            self.send(self._alive(text, seen), status=503)

    @staticmethod
    def _alive(text: bytes, changes: int) -> bytes:
        added = (
            f'<link rel="stylesheet" href="{PREFIX}live.css">'
            f'<script src="{PREFIX}live.js" data-changes="{changes}" defer></script></head>'
        )
        return text.replace(b"</head>", added.encode(), 1)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if self.command == "HEAD":
            return
        try:
            for event in self.listeners.listen():
                self.wfile.write(event.encode())
                self.wfile.flush()
        except OSError:
            return


def run(settings: Settings, report: Reporter, *, port: int, open_browser: bool = False, device: str = "") -> None:
    """Serve until interrupted; the first build shows in the browser too."""
    listeners = Listeners()
    server = _server(settings, listeners, port, report)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    options = site.Options(drafts=True, device=device)
    report.say(f"serving {address} (Ctrl-C ends)")
    if open_browser:
        webbrowser.open(address)
    try:
        for changes in _changes(settings):
            _rebuild(settings.root, report, listeners, options, changes)
    except KeyboardInterrupt:
        report.say("stopped")
    finally:
        report.close()
        server.shutdown()


def _server(settings: Settings, listeners: Listeners, port: int, report: Reporter) -> local.Server:
    settings.output_folder.mkdir(parents=True, exist_ok=True)
    live = own_templates() / "live"
    handler = type("Handler", (_Handler,), {"listeners": listeners, "live": live, "base": addresses.base(settings.url)})
    serving = functools.partial(handler, directory=str(settings.output_folder))
    return local.opened(serving, port, report)


def _rebuild(
    root: Path, report: Reporter, listeners: Listeners, options: site.Options, changes: Iterable[Path]
) -> None:
    changes = list(changes)
    if not changes or any(path.suffix == ".py" for path in changes):  # without any, folders came or went
        forget_figures()
    listeners.work("building")
    if not listeners.built:
        options = replace(options, opened=lambda index: listeners.early())
    result = _built(root, Telling(report, listeners), listeners, replace(options, searched=False))
    if result is None:
        return
    for problem in result.problems:
        report.warn(str(problem))
    _tell(listeners, _shown(result.problems), changed=bool(result.changed))
    report.say(f"built: {len(result.changed)} files changed, {result.measured} figures measured")
    if not result.failed and _has_search(root):
        # To index a thousand pages takes seconds, and nobody searches for what was just written.
        _built(root, report, listeners, replace(options, opened=None))


def _has_search(root: Path) -> bool:
    """Ask the settings, which may be broken by now: the next build will tell."""
    try:
        return load(root).search
    except (UsageError, OSError):
        return False


def _built(root: Path, report: Reporter, listeners: Listeners, options: site.Options) -> site.Result | None:
    """Build the site; where something stops that, tell of it and return None."""
    try:
        return site.build(load(root), report, options)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever it is, even the end of Python that a script asks for: an edit may mend it
        report.warn(_said(error))
        _tell(listeners, [_said(error)], changed=False)
        return None


def _said(error: BaseException) -> str:
    """Say what stopped a build; of what nobody expected also where."""
    if isinstance(error, UsageError | StoreError | BuildError):
        return str(error)
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"the build stopped: {type(error).__name__}: {error} ({last.filename}:{last.lineno})"


def _tell(listeners: Listeners, problems: list[str], *, changed: bool) -> None:
    listeners.tell(problems, changed)
    listeners.work("")


def _shown(problems: Iterable[Problem]) -> list[str]:
    return [str(problem) for problem in problems if not problem.warning]


def _changes(settings: Settings) -> Iterator[list[Path]]:
    """Yield nothing for a start, then the files that changed, as they change: also while the caller is at work.

    A folder that comes later, such as that of the site's own templates, is watched from then on.
    """
    from watchfiles import watch

    while True:
        places, first = _places(settings), True
        # A folder may be gone, or another thing, before it is watched.
        with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            for changes in watch(*places, debounce=120, step=30, rust_timeout=TICK_MS, yield_on_timeout=True):
                paths = [Path(path) for _, path in changes]
                wanted = [path for path in paths if "__pycache__" not in path.parts and not path.name.startswith(".")]
                if wanted or first:
                    yield wanted
                first = False
                if _places(settings) != places:
                    break


def _places(settings: Settings) -> list[Path]:
    own = settings.root / settings.templates
    folders = {settings.articles_folder, own, *settings.template_folders, *plan.source_folders(settings)}
    files = [settings.root / "pyproject.toml", *settings.root.glob("*.py")]
    return sorted(place for place in (*folders, *files) if place.exists())
