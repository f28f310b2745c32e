import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builder.workshop import hears

ROOT = Path(__file__).parents[2]
ARTICLE = """\
---
title: Watched
---

First words.

:::{{probe}}
:name: numbers
:units: mixed3b:1
:log: {log}
:::
"""


@pytest.fixture
def served(root: Path) -> Iterator[tuple[str, Path]]:
    """Serve a small site; give its address and its article."""
    path = root / "articles" / "watched.md"
    path.write_text(ARTICLE.format(log=root / "log.txt"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "builder", "serve", "--port", "8765", "--device", "cpu"],
        cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        preexec_fn=hears,
    )  # fmt: skip
    try:
        first = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", first)[0]
        while "built:" not in process.stdout.readline():
            assert process.poll() is None
        yield address, path
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


def news(address: str) -> Iterator[dict]:
    """Yield what the server tells browsers."""
    with urllib.request.urlopen(f"{address}-microscribe/events", timeout=60) as stream:
        for line in stream:
            if line.startswith(b"data: "):
                yield json.loads(line[6:])


def test_every_kind_of_edit_shows_and_errors_come_and_go(served) -> None:
    address, path = served
    page = fetch(f"{address}watched/index.html")
    assert "First words." in page
    assert '<script src="/-microscribe/live.js" data-changes=' in page
    assert "EventSource" in fetch(f"{address}-microscribe/live.js")
    heard = news(address)
    changes = next(heard)["changes"]
    time.sleep(0.5)

    path.write_text(path.read_text().replace("First words", "Second words"))
    told = next(heard)
    assert told == {"problems": [], "changes": changes + 1}
    assert "Second words." in fetch(f"{address}watched/index.html")

    path.write_text(path.read_text().replace("{probe}", "{prob}"))
    told = next(heard)
    assert told["problems"] == ["articles/watched.md:7: no figure 'prob'; did you mean 'probe'?"]
    assert "Second words." in fetch(f"{address}watched/index.html")

    path.write_text(path.read_text().replace("{prob}", "{probe}").replace("Second", "Third"))
    assert next(heard)["problems"] == []
    assert "Third words." in fetch(f"{address}watched/index.html")


def test_an_edited_figure_script_is_drawn_again(served, root: Path) -> None:
    address, _ = served
    heard = news(address)
    next(heard)
    time.sleep(0.5)
    script = root / "figures" / "gallery" / "zz_probe.py"
    script.write_text(script.read_text().replace("FACTOR = 2.0", "FACTOR = 21.0"))
    assert next(heard)["problems"] == []
    table = re.search(r"assets/[\w-]+\.\w+\.csv", fetch(f"{address}watched/index.html"))[0]
    assert fetch(f"{address}{table}") == "unit,value\nmixed3b:1,21.0\n"
