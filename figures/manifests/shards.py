"""Images in tar files of the WebDataset layout, each found again by where it begins.

A sample is a run of members that share a name up to the first dot of its last part (`a/001.jpg`,
`a/001.cls`). The conventions are those of the `webdataset` library, which streams shards from
first to last; a crop asks for image 70 312 alone, and a key is made where no library is
installed, so that we remember where every image begins and read it directly.
"""

from __future__ import annotations

import glob
import hashlib
import itertools
import re
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from figures.endings import ENDINGS
from figures.manifests.listing import Listing
from figures.manifests.memory import Members, Memory
from figures.specs import DataSpec

_PATTERN = re.compile(r"[{*?\[]")
_BRACES = re.compile(r"\{([^{}]*)\}")
_RANGE = re.compile(r"(\d+)\.\.(\d+)")
_NAME = re.compile(r"((?:.*/|)[^.]+)[.]([^/]*)")
_META = re.compile(r"__[^/]*__($|/)")
_LABEL = "cls"


def images(spec: DataSpec, memory: Memory) -> Listing:
    """List the images of shards in the order of the pattern, then of their members.

    The pattern may have braces, `{000..012}` or `{a,b}`, and wildcards; a folder stands for its
    .tar files. Raises ValueError for a shard that is not there or is compressed.
    """
    root, names = _shards(spec.location)
    endings = {f".{one.strip('. ').lower()}" for one in spec.image_column.split(";") if one.strip()} or ENDINGS
    found: list[tuple[str, Members]] = []
    for name in names:
        read = lambda path: _members(path, endings, spec.label_column or _LABEL)  # noqa: E731
        found.append((name, memory.members(name, root / name, read)))
        if spec.count and sum(len(one.names) + len(one.broken) for _, one in found) >= spec.count:
            break
    joined = _joined(root, found)
    return joined.part(0, spec.count) if spec.count else joined


def _joined(root: Path, found: Sequence[tuple[str, Members]]) -> Listing:
    def chain(column: str) -> tuple:
        return tuple(itertools.chain.from_iterable(getattr(one, column) for _, one in found))

    names = tuple(f"{shard}/{name}" for shard, one in found for name in one.names)
    files = tuple(shard for shard, one in found for _ in one.names)
    broken = tuple(f"{shard}/{name}" for shard, one in found for name in one.broken)
    labels, digests = chain("labels"), b"".join(one.digests for _, one in found)
    labels = labels if any(labels) else ()
    return Listing(root, names, files, chain("offsets"), chain("sizes"), digests, labels, broken)


def _shards(path: Path) -> tuple[Path, list[str]]:
    """Return a folder, and the relative names of the tars that a pattern stands for."""
    if path.is_dir():
        path = path / "*.tar"
    fixed = list(itertools.takewhile(lambda part: not _PATTERN.search(part), path.parts))
    root = Path(*fixed[: len(path.parts) - 1])
    names: list[str] = []
    for one in _expanded(path.relative_to(root).as_posix()):
        matched = sorted(glob.glob(one, root_dir=root)) if glob.has_magic(one) else [one]
        if not matched or not (root / matched[0]).is_file():
            raise ValueError(f"no shard {one!r} in {root}")
        names += matched
    return root, names


def _expanded(pattern: str) -> Iterator[str]:
    """Yield what braces stand for, the leftmost turning slowest."""
    match = _BRACES.search(pattern)
    if match is None:
        yield pattern
        return
    for choice in _choices(match[1]):
        yield from _expanded(pattern[: match.start()] + choice + pattern[match.end() :])


def _choices(text: str) -> list[str]:
    span = _RANGE.fullmatch(text)
    if span is None:
        return text.split(",")
    first, last = int(span[1]), int(span[2])
    width = max(map(len, span.groups())) if any(len(one) > 1 and one[0] == "0" for one in span.groups()) else 0
    step = 1 if last >= first else -1
    return [str(number).zfill(width) for number in range(first, last + step, step)]


def _members(path: Path, endings: frozenset[str] | set[str], label: str) -> Members:
    """Read where the images of a shard begin, and digest each; a sample without an image is passed over."""
    one, digests = Members(), []
    with open(path, "rb") as file:
        for sample in _samples(path, one.broken):
            image = next((m for ending, m in sample if f".{ending}".endswith(tuple(endings))), None)
            if image is None:
                continue
            content = _content(file, image)
            if len(content) != image.size:
                one.broken.append(image.name)
                continue
            told = next((m for ending, m in sample if ending == label), None)
            text = _content(file, told).decode("utf-8", "replace").strip() if told else ""
            one.names.append(image.name)
            one.offsets.append(image.offset_data)
            one.sizes.append(image.size)
            one.labels.append(text)
            digests.append(hashlib.sha256(content).digest())
    return Members(one.names, one.offsets, one.sizes, one.labels, b"".join(digests), one.broken)


def _content(file, member: tarfile.TarInfo) -> bytes:
    file.seek(member.offset_data)
    return file.read(member.size)


def _samples(path: Path, broken: list[str]) -> Iterator[list[tuple[str, tarfile.TarInfo]]]:
    """Yield the members of each sample with their endings, in lower case."""
    try:
        with tarfile.open(path, "r:") as tar:
            named = ((_NAME.fullmatch(member.name), member) for member in _whole(tar, path, broken))
            parts = ((match[1], match[2].lower(), member) for match, member in named if match)
            for _, group in itertools.groupby(parts, key=lambda part: part[0]):
                yield [(ending, member) for _, ending, member in group]
    except tarfile.ReadError:
        hint = "; it is compressed: unpack it, so that image i can be read alone" if _is_gzip(path) else ""
        raise ValueError(f"{path} is not a tar file{hint}") from None


def _whole(tar: tarfile.TarFile, path: Path, broken: list[str]) -> Iterator[tarfile.TarInfo]:
    """Yield the files of a tar; one that breaks off is named, and ends there."""
    first = True
    while True:
        try:
            member = tar.next()
        except tarfile.ReadError:
            if first:
                raise
            broken.append(f"(the end of {path.name})")
            return
        if member is None:
            return
        first = False
        if member.isfile() and not _META.match(member.name):
            yield member


def _is_gzip(path: Path) -> bool:
    with open(path, "rb") as file:
        return file.read(2) == b"\x1f\x8b"
