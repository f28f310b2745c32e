"""A server for this machine alone: who may ask it, where it listens, and what it says of what goes wrong."""

from __future__ import annotations

import http.server
import re
import sys
from collections.abc import Callable

from builder.errors import UsageError
from builder.reporter import Reporter

HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?", re.IGNORECASE)
"""Who may be asked for: a page of another site could else have its own name lead here, and read along."""
PATIENCE_S = 30
HIGHEST = 65535
PORTS = 50
"""How many ports are tried, from the one that is asked for."""


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers requests that are meant for this machine, and forbids caching."""

    protocol_version = "HTTP/1.0"
    timeout = PATIENCE_S
    name = "server"

    def parse_request(self) -> bool:
        """Read a request; refuse one that is not meant for this machine."""
        if not super().parse_request():
            return False
        asked = self.headers.get_all("Host", [])
        if len(asked) == 1 and HOST.fullmatch(asked[0].strip()):
            return True
        self.send_error(403, f"This {self.name} answers to localhost only")
        return False

    def send(self, data: bytes, kind: str = "text/html; charset=utf-8", status: int = 200) -> None:
        """Answer with some bytes."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def end_headers(self) -> None:
        """Forbid caching, so that an edit always shows."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class Server(http.server.ThreadingHTTPServer):
    """Answers each reader in a thread; of those who hang up nothing is said."""

    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], handler: Callable[..., http.server.BaseHTTPRequestHandler], report: Reporter
    ) -> None:
        self.report = report
        super().__init__(address, handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say in a line what else went wrong."""
        error = sys.exception()
        if not isinstance(error, OSError):
            self.report.warn(f"the server could not answer: {error!r}")


def opened(handler: Callable[..., http.server.BaseHTTPRequestHandler], port: int, report: Reporter) -> Server:
    """Listen on the first free port from one on; raises UsageError where all are taken."""
    last = min(port + PORTS, HIGHEST + 1)
    for number in range(port, last):
        try:
            return Server(("127.0.0.1", number), handler, report)
        except OSError:
            continue
    raise UsageError(f"ports {port} to {last - 1} of 127.0.0.1 are all taken")
