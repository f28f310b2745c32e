"""How long from saving an article to the event that makes a browser load it again?"""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse

from builder.serve.live import OUTCOME, WORK
from builder.serve.preview import EVENTS
from tests.benchmarks.sites import processes
from tests.benchmarks.sites.tools.microscribe import run
from tests.benchmarks.sites.turns import Result, Site, sentence

PATIENCE_S = 1200
STEP = "preview, one sentence"


def previews(site: Site, articles: int, count: int) -> Iterator[Result]:
    """Yield how long browsers wait for an edited sentence, so many times in one preview."""
    with processes.watched() as watch, _serving(site, watch) as address:
        events = _events(address)
        _rest(events)
        for _ in range(count):
            time.sleep(1)
            start = time.perf_counter()
            words = sentence(site)
            _shown(events, address, site, words)
            seconds = time.perf_counter() - start
            yield Result(site.tool.name, articles, STEP, seconds, None, watch.memory_bytes, True, None, None, None)
            _rest(events)


@contextmanager
def _serving(site: Site, watch: processes.Watch) -> Iterator[str]:
    port = _free_port()
    command = run("serve", "--site", ".", "--port", str(port))
    variables = processes.environment(site.tool.variables(site.folder))
    serving = subprocess.Popen(command, cwd=site.folder, env=variables, stdout=-3, stderr=-3)
    watch.process = serving.pid
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        serving.terminate()
        serving.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _events(address: str) -> Iterator[tuple[str, dict]]:
    """Yield kinds of news and what they say, as a browser hears them."""
    kind = ""
    with _stream(address + EVENTS) as lines:
        for line in lines:
            name, _, value = line.decode().strip().partition(": ")
            if name == "event":
                kind = value
            elif name == "data":
                yield kind, json.loads(value)


def _stream(address: str) -> HTTPResponse:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return urllib.request.urlopen(address, timeout=PATIENCE_S)
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _rest(events: Iterator[tuple[str, dict]]) -> None:
    """Wait until nothing is under way any more."""
    next(news for kind, news in events if kind == WORK and not news["words"])


def _shown(events: Iterator[tuple[str, dict]], address: str, site: Site, words: str) -> None:
    """Wait for an event after which the page says what was written."""
    page = f"{address}/{site.page.parent.name}/"
    next(kind for kind, _ in events if kind == OUTCOME and words in _text(page))


def _text(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE_S) as answer:
        return answer.read().decode()
