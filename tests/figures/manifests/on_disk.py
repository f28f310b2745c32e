"""Data sets that tests write to disk, and what is read of them."""

from __future__ import annotations

import os
import tarfile
import time
from io import BytesIO
from pathlib import Path

from figures import manifests, specs

FILES = {"b/2.png": b"two", "a/1.jpg": b"one", "a/3.JPEG": b"three", "b/deep/4.webp": b"four", "b/notes.txt": b"no"}

MEMBERS = [("x/001.jpg", b"one"), ("x/001.cls", b"3\n"), ("x/002.cls", b"4"), ("x/002.seg.PNG", b"two"),
           ("x/003.txt", b"no image"), ("__meta__/info.png", b"m"), ("x/noending", b"q"), ("004.png", b"three")]  # fmt: skip


def write(root: Path, files: dict[str, bytes]) -> Path:
    """Write files that were last changed a minute ago."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        aged(path)
    return root


def aged(path: Path, seconds: int = 60) -> None:
    then = time.time_ns() - seconds * 10**9
    os.utime(path, ns=(then, then))


def shard(path: Path, members: list[tuple[str, bytes]], mode: str = "w", age: int = 60) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, mode) as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, BytesIO(content))
    aged(path, age)
    return path


def taken(path: Path | str, folder: Path | None = None, **settings: object) -> manifests.Manifest:
    site = specs.Site(Path("/"), {}, {"data": {"path": str(path), **settings}})
    return manifests.fingerprint(specs.dataset("data", site), folder)


def first(path: Path, count: int, folder: Path | None = None) -> manifests.Manifest:
    site = specs.Site(Path("/"), {}, {"data": {"path": str(path)}})
    return manifests.fingerprint(specs.dataset(f"data:{count}", site), folder)
