"""Weights are fetched by one command only, whole and checked."""

from __future__ import annotations

import hashlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
import torchvision

from figures import lab
from figures.methods import models, networks, pull
from figures.methods.assembly import random

NAME = networks.read("torchvision/squeezenet1_1")


class Line(lab.Silent):
    """Counts what a progress line is told."""

    def __init__(self) -> None:
        self.total, self.done, self.ended = 0, 0, False

    def begin(self, description: str, total: int | None) -> object:
        self.description, self.total = description, total
        return self

    def advance(self, task: object, steps: int) -> None:
        self.done += steps

    def end(self, task: object) -> None:
        self.ended = True


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    return tmp_path / "hub" / "checkpoints"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Serve a folder of this machine; yield it and its URL."""
    folder = tmp_path / "served"
    folder.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(folder))

        def log_message(self, *args: object) -> None:
            return None

        def end_headers(self) -> None:
            if "short" in self.path:
                self._headers_buffer = [
                    h.replace(b"Content-Length: 9", b"Content-Length: 99") for h in self._headers_buffer
                ]
            super().end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def left(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir())


def test_weights_come_whole_and_are_used(cache, served, monkeypatch):
    folder, url = served
    network = random.drawn(lambda: torchvision.models.squeezenet1_1(weights=None), 1)
    torch.save(network.state_dict(), folder / "draft.pth")
    data = (folder / "draft.pth").read_bytes()
    name = f"squeezenet1_1-{hashlib.sha256(data).hexdigest()[:8]}.pth"
    (folder / "draft.pth").rename(folder / name)
    plan = networks.blueprint(NAME)
    weights = torchvision.models.SqueezeNet1_1_Weights.DEFAULT
    monkeypatch.setattr(type(weights), "url", property(lambda _: f"{url}/{name}"), raising=False)
    assert plan.file.parent == cache
    assert pull.weights_path(NAME) is None
    line = Line()
    assert pull.pull(NAME, line) == cache / name == pull.weights_path(NAME)
    assert (line.description, line.total, line.done, line.ended) == (f"pull {NAME.name}", len(data), len(data), True)
    assert left(cache) == [name]
    assert torch.equal(models.of(NAME).network.inner.features[0].weight, network.features[0].weight)
    (folder / name).unlink()
    assert pull.pull(NAME, Line()) == cache / name


def test_a_file_that_is_not_what_its_name_promises_is_not_kept(cache, served):
    folder, url = served
    (folder / "w.pth").write_bytes(b"something")
    with pytest.raises(ValueError, match="SHA-256 begins with [0-9a-f]{8}, expected b8a52dc0"):
        pull.pull(NAME, url=f"{url}/w.pth")
    assert left(cache) == []


def test_a_file_that_ends_early_is_not_kept(cache, served):
    folder, url = served
    (folder / "short.pth").write_bytes(b"something")
    with pytest.raises(ValueError, match="short.pth"):
        pull.pull(NAME, url=f"{url}/short.pth")
    assert left(cache) == []


def test_a_place_that_does_not_answer_is_named(cache, served):
    _, url = served
    with pytest.raises(ValueError, match=rf"{url}/nothing\.pth: cannot be fetched: .*(?i:not found)"):
        pull.pull(NAME, url=f"{url}/nothing.pth")
    assert left(cache) == []


def test_an_interrupted_pull_leaves_nothing(cache, served):
    folder, url = served
    (folder / "w.pth").write_bytes(b"something")

    class Interrupted(Line):
        def advance(self, task: object, steps: int) -> None:
            raise KeyboardInterrupt

    line = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        pull.pull(NAME, line, url=f"{url}/w.pth")
    assert line.ended
    assert left(cache) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("torchvision/resnet18@none", "random weights are drawn"),
        ("inceptionv1", "cannot be fetched; write inceptionv1@path"),
        ("inceptionv1@nowhere.pth", "no weights at"),
    ],
)
def test_what_cannot_be_fetched_is_said(cache, name, message):
    with pytest.raises(ValueError, match=message):
        pull.pull(networks.read(name))


def test_embedded_weights_are_always_there():
    assert pull.weights_path(networks.read("glyphs")).name == "glyphs.safetensors"
    assert pull.pull(networks.read("glyphs")).is_file()
    assert pull.weights_path(networks.read("glyphs-untrained")) is None
