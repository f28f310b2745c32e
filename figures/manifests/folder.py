"""Images in a folder, and the files of a Hugging Face data set on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from figures.endings import is_image
from figures.manifests.listing import Listing
from figures.manifests.memory import Files, Memory
from figures.specs import DataSpec


def images(spec: DataSpec, memory: Memory) -> Listing:
    """List the images below a folder by their relative names; the label is the first folder's name, if any.

    Hidden files, and files that do not end as images do, are passed over.
    """
    files = _files(spec.location, is_image)
    return hashed(files, memory, spec.count, labels=_labels(files.names))


def rows(spec: DataSpec, memory: Memory) -> Listing:
    """List the files that make a Hugging Face data set; `datasets` knows what is in them."""
    path = spec.location
    if (path / "dataset_dict.json").is_file():
        splits = ", ".join(repr(one.name) for one in sorted(path.iterdir()) if one.is_dir())
        raise ValueError(f"data set {spec.name!r} has splits; expected the path of one of them: {splits} in {path}")
    found = hashed(_files(path, _decides_rows), memory)
    if not any(name.endswith(".arrow") for name in found.names):
        raise ValueError(f"data set {spec.name!r} has no .arrow file in {path}")
    if found.broken:
        raise ValueError(f"data set {spec.name!r}: {found.broken[0]} in {path} cannot be read")
    return found


def _decides_rows(name: str) -> bool:
    base = name.rpartition("/")[2]
    return not base.startswith(("cache-", "tmp")) and base.endswith((".arrow", ".json"))


def hashed(files: Files, memory: Memory, count: int | None = None, labels: tuple[str, ...] = ()) -> Listing:
    """List the first `count` of some files with the digests of their contents."""
    digests, unread = memory.sha256(files, count)
    files = files.first(count)
    lost = frozenset(unread)
    kept = [index for index in range(len(files.names)) if index not in lost] if lost else range(len(files.names))
    names = tuple(files.names[index] for index in kept)
    sizes = tuple(files.sizes[index] for index in kept)
    labels = tuple(labels[index] for index in kept) if labels else ()
    broken = tuple(files.names[index] for index in unread)
    return Listing(files.root, names, names, (0,) * len(names), sizes, digests, labels, broken)


def _labels(names: list[str]) -> tuple[str, ...]:
    """Return the first folder of each name, where every image lies in one."""
    heads = [name.partition("/") for name in names]
    return tuple(head for head, slash, _ in heads) if all(slash for _, slash, _ in heads) else ()


def _files(root: Path, wanted: Callable[[str], bool]) -> Files:
    found = sorted(_walk(str(root), "", wanted, frozenset()))
    names, sizes, times = (list(column) for column in zip(*found, strict=True)) if found else ([], [], [])
    return Files(root, names, sizes, times)


def _walk(
    folder: str, prefix: str, wanted: Callable[[str], bool], above: frozenset[str]
) -> Iterator[tuple[str, int, int]]:
    """Yield name, size and time of the files below a folder; a link back to a folder above is not followed."""
    real = os.path.realpath(folder)
    if real in above:
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            name = prefix + entry.name
            if entry.is_dir():
                yield from _walk(entry.path, f"{name}/", wanted, above | {real})
            elif wanted(name):
                yield name, *_stamp(entry)


def _stamp(entry: os.DirEntry) -> tuple[int, int]:
    """Return size and time; those of a link that leads nowhere are the link's own."""
    try:
        stat = entry.stat()
    except OSError:
        stat = entry.stat(follow_symlinks=False)
    return stat.st_size, stat.st_mtime_ns
