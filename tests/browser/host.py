"""A small host for tests: pages under the policy, text compressed, files cached as publishing says."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from builder.press import search
from builder.press.policy import policy
from builder.publish.headers import cache_control, content_type

TEXT = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


def sent(path: Path) -> bytes:
    """Return a file as a host sends it: compressed if it is text."""
    data = path.read_bytes()
    return gzip.compress(data, 6, mtime=0) if content_type(path.name).startswith(TEXT) else data


class Handler(http.server.BaseHTTPRequestHandler):
    """Answer with the files of `folder`, which stand under `base` and nowhere else."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, folder: Path, base: str, rule: str) -> None:
        self.folder, self.base, self.rule = folder, base, rule
        super().__init__(*arguments)

    def handle(self) -> None:
        """Answer until the browser has enough: it may hang up at any moment."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Send a file, or the page for addresses that lead nowhere."""
        path = unquote(urlsplit(self.path).path)
        name = path.removeprefix(self.base) if path.startswith(self.base) else "404.html"
        file = self.folder / (f"{name}index.html" if not name or name.endswith("/") else name)
        self._answer(200, file) if file.is_file() else self._answer(404, self.folder / "404.html")

    def _answer(self, status: int, file: Path) -> None:
        data = sent(file)
        self.send_response(status)
        self.send_header("Content-Type", content_type(file.name))
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", self.rule)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", cache_control(file.name))
        if content_type(file.name).startswith(TEXT):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serving(folder: Path, base: str = "/", rule: str = "") -> Iterator[str]:
    """Serve a folder under `base`, under another policy than its own if one is given; gives the address of its root."""
    rule = rule or policy(searched=(folder / search.START).is_file())
    handler = functools.partial(Handler, folder=folder, base=base, rule=rule)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base}"
        finally:
            server.shutdown()
