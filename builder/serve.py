"""Preview: build, serve on this machine, rebuild on every edit, and tell the browser."""

from __future__ import annotations

import dataclasses
import functools
import http.server
import json
import queue
import threading
import webbrowser
from collections.abc import Iterable, Iterator
from pathlib import Path

from builder import engine, plan, site
from builder.errors import BuildError, Problem, UsageError
from builder.reporter import Reporter
from builder.settings import Settings, load
from builder.store import StoreError

EVENTS = "/-microscribe/events"
SCRIPT = "/-microscribe/live.js"


@dataclasses.dataclass
class Listeners:
    """The browsers that wait for news; each new one first hears the last news."""

    queues: set[queue.SimpleQueue] = dataclasses.field(default_factory=set)
    last: str = ""
    changes: int = 0

    def tell(self, problems: list[str], changed: bool) -> None:
        """Send the outcome of a build to every browser."""
        self.changes += changed
        self.last = json.dumps({"problems": problems, "changes": self.changes})
        for listener in list(self.queues):
            listener.put(self.last)

    def listen(self) -> Iterator[str]:
        """Yield messages as they come, and an empty one now and then to notice who left."""
        mine: queue.SimpleQueue = queue.SimpleQueue()
        self.queues.add(mine)
        try:
            while True:
                try:
                    yield mine.get(timeout=5)
                except queue.Empty:
                    yield ""
        finally:
            self.queues.discard(mine)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the output folder, adds the live script to pages, and streams events."""

    protocol_version = "HTTP/1.0"
    listeners: Listeners
    live: bytes

    def do_GET(self) -> None:  # noqa: N802 - the name is the library's
        """Answer a request."""
        path = self.path.partition("?")[0]
        if path == EVENTS:
            self._stream()
        elif path == SCRIPT:
            self._send(self.live, "text/javascript; charset=utf-8")
        elif (file := self._page(path)) is not None:
            script = f'<script src="{SCRIPT}" data-changes="{self.listeners.changes}" defer></script></head>'
            self._send(file.read_bytes().replace(b"</head>", script.encode(), 1))
        else:
            super().do_GET()

    def _page(self, path: str) -> Path | None:
        file = Path(self.translate_path(path))
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        return file if file.is_file() and file.suffix == ".html" else None

    def _send(self, data: bytes, kind: str = "text/html; charset=utf-8") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            if self.listeners.last:
                self.wfile.write(f"data: {self.listeners.last}\n\n".encode())
            for message in self.listeners.listen():
                self.wfile.write(f"data: {message}\n\n".encode() if message else b": still here\n\n")
                self.wfile.flush()
        except OSError:
            return

    def end_headers(self) -> None:
        """Forbid caching, so that an edit always shows."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


def run(settings: Settings, report: Reporter, *, port: int, open_browser: bool = False, device: str = "") -> None:
    """Serve until interrupted."""
    listeners = Listeners()
    server = _server(settings, listeners, port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    options = site.Options(drafts=True, device=device)
    report.say(f"serving {address} (Ctrl-C ends)")
    _rebuild(settings, report, listeners, options, ())
    if open_browser:
        webbrowser.open(address)
    try:
        for changes in _changes(settings):
            _rebuild(settings, report, listeners, options, changes)
    except KeyboardInterrupt:
        report.say("stopped")
    finally:
        report.close()
        server.shutdown()


def _server(settings: Settings, listeners: Listeners, port: int) -> http.server.ThreadingHTTPServer:
    settings.output_folder.mkdir(parents=True, exist_ok=True)
    live = (plan.template_folders(settings)[-1] / "live" / "live.js").read_bytes()
    handler = type("Handler", (_Handler,), {"listeners": listeners, "live": live})
    serving = functools.partial(handler, directory=str(settings.output_folder))
    for number in range(port, port + 50):
        try:
            server = http.server.ThreadingHTTPServer(("127.0.0.1", number), serving)
        except OSError:
            continue
        server.daemon_threads = True
        return server
    raise UsageError(f"ports {port} to {port + 49} of 127.0.0.1 are all taken")


def _rebuild(
    settings: Settings, report: Reporter, listeners: Listeners, options: site.Options, changes: Iterable[Path]
) -> None:
    if any(path.suffix == ".py" for path in changes):
        engine.forget_figures()
    try:
        if any(path.name == "pyproject.toml" for path in changes):
            settings = load(settings.root)
        result = site.build(settings, report, options)
    except (UsageError, StoreError, BuildError) as error:
        report.warn(str(error))
        listeners.tell([str(error)], changed=False)
        return
    for problem in result.problems:
        report.warn(str(problem))
    report.say(f"built: {len(result.changed)} files changed, {result.measured} figures measured")
    listeners.tell(_shown(result.problems), changed=bool(result.changed))


def _shown(problems: Iterable[Problem]) -> list[str]:
    return [str(problem) for problem in problems if not problem.warning]


def _changes(settings: Settings) -> Iterator[list[Path]]:
    """Yield the files that changed, as they change."""
    from watchfiles import watch

    folders = {settings.articles_folder, *plan.template_folders(settings), *plan.source_folders(settings)}
    files = [settings.root / "pyproject.toml", *sorted(settings.root.glob("*.py"))]
    places = [*(folder for folder in folders if folder.is_dir()), *files]
    for changes in watch(*places, debounce=120, step=30, raise_interrupt=True):
        paths = [Path(path) for _, path in changes]
        wanted = [path for path in paths if "__pycache__" not in path.parts and not path.name.startswith(".")]
        if wanted:
            yield wanted
