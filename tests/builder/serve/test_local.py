"""A server of this machine takes the next port that is free, and tells of what goes wrong in a line."""

import http.client
import threading

import pytest

from builder.errors import UsageError
from builder.reporter import Recorded
from builder.serve import local


class Broken(local.Handler):
    def do_GET(self) -> None:  # noqa: N802 - the name is the library's
        raise KeyError("odd")


def test_the_next_free_port_is_taken_until_there_is_none(monkeypatch):
    monkeypatch.setattr(local, "PORTS", 2)
    report = Recorded()
    with local.opened(local.Handler, 8930, report) as one, local.opened(local.Handler, one.server_port, report) as two:
        assert two.server_port == one.server_port + 1
        with pytest.raises(
            UsageError, match=f"ports {one.server_port} to {two.server_port} of 127.0.0.1 are all taken"
        ):
            local.opened(local.Handler, one.server_port, report)


def test_a_mistake_of_ours_ends_no_server():
    report = Recorded()
    with local.opened(Broken, 8940, report) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        for _ in range(2):
            connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
            connection.request("GET", "/")
            with pytest.raises(http.client.HTTPException):
                connection.getresponse()
        server.shutdown()
    assert report.lines == ["the server could not answer: KeyError('odd')"] * 2
