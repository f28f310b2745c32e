"""The photographs that scikit-image and scikit-learn ship, cut into squares: a small data set that is always there.

Each picture gives the square at its centre, which goes by the picture's name, and overlapping squares of
several sizes, named by side and corner as `chelsea/150x150+60+75`. They are few, and squares of one picture
resemble each other: enough to look at units, not to measure how often one fires in the world.
"""

from __future__ import annotations

import importlib.util
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from figures.manifests.folder import hashed
from figures.manifests.listing import Listing
from figures.manifests.memory import Files, Memory
from figures.specs import DataSpec

#: Sides of the squares, as parts of the picture's shorter side: half an octave apart.
SCALES = (1.0, 0.7071, 0.5, 0.3536)
#: No square is smaller: enlarged further, a picture is mostly blur.
LEAST_PX = 100
_FOLDERS = {"skimage": "data", "sklearn": "datasets/images"}
_NEEDED = {"skimage": "scikit-image", "sklearn": "scikit-learn"}


@dataclass(frozen=True)
class Photograph:
    """A picture of a package: its size in pixels, who made it, and what it is given under."""

    name: str
    package: str
    file: str
    width: int
    height: int
    credit: str
    licence: str


@dataclass(frozen=True)
class Square:
    """A square of a picture, in pixels of it."""

    picture: Photograph
    left: int
    top: int
    side: int
    name: str

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Its left, upper, right and lower edge."""
        return self.left, self.top, self.left + self.side, self.top + self.side


_PUBLIC, _CC0, _FREE = "public domain", "CC0", "no known copyright restrictions"
PHOTOGRAPHS = (
    Photograph("astronaut", "skimage", "astronaut.png", 512, 512, "NASA", _PUBLIC),
    Photograph("brick", "skimage", "brick.png", 512, 512, "CC0Textures", _CC0),
    Photograph("camera", "skimage", "camera.png", 512, 512, "Lav Varshney", _CC0),
    Photograph("chelsea", "skimage", "chelsea.png", 451, 300, "Stéfan van der Walt", _CC0),
    Photograph("china", "sklearn", "china.jpg", 640, 427, "danielbuechele", "CC BY 2.0"),
    Photograph("clock", "skimage", "clock_motion.png", 400, 300, "Stéfan van der Walt", _PUBLIC),
    Photograph("coffee", "skimage", "coffee.png", 600, 400, "Rachel Michetti", _CC0),
    Photograph("coins", "skimage", "coins.png", 384, 303, "Brooklyn Museum", _FREE),
    Photograph("flower", "sklearn", "flower.jpg", 640, 427, "vultilion", "CC BY 2.0"),
    Photograph("grass", "skimage", "grass.png", 512, 512, "linolafett", _CC0),
    Photograph("gravel", "skimage", "gravel.png", 512, 512, "CC0Textures", _CC0),
    Photograph("hubble", "skimage", "hubble_deep_field.jpg", 1000, 872, "NASA, HubbleSite", _PUBLIC),
    Photograph(
        "motorcycle", "skimage", "motorcycle_left.png", 741, 500,
        "D. Scharstein and others, Middlebury stereo benchmark 2014", "given for research; cite its makers",
    ),
    Photograph("retina", "skimage", "retina.jpg", 1411, 1411, "Mikael Häggström", _CC0),
    Photograph("rocket", "skimage", "rocket.jpg", 640, 427, "SpaceX", _PUBLIC),
    Photograph("tissue", "skimage", "ihc.png", 512, 512, "Center for Microscopy and Molecular Imaging", _FREE),
)  # fmt: skip


def missing() -> str:
    """Name the package that is not installed and that photographs come with, or nothing."""
    return next((_NEEDED[package] for package in _FOLDERS if importlib.util.find_spec(package) is None), "")


def path_of(picture: Photograph) -> Path:
    """Return where a picture lies; raises ValueError where its package is not installed."""
    found = importlib.util.find_spec(picture.package)
    if found is None or not found.submodule_search_locations:
        raise ValueError(
            f"the photograph {picture.name!r} comes with {_NEEDED[picture.package]}, which is not installed"
        )
    return Path(found.submodule_search_locations[0], _FOLDERS[picture.package], picture.file)


def squares() -> Iterator[Square]:
    """Yield all squares: those at the centres of the pictures, then the others, the largest first."""
    whole = [_centre(picture) for picture in PHOTOGRAPHS]
    known = {(square.picture, square.box) for square in whole}
    yield from whole
    for scale, picture in itertools.product(SCALES, PHOTOGRAPHS):
        yield from (one for one in _overlapping(picture, scale) if (picture, one.box) not in known)


def _centre(picture: Photograph) -> Square:
    side = min(picture.width, picture.height)
    return Square(picture, (picture.width - side) // 2, (picture.height - side) // 2, side, picture.name)


def _overlapping(picture: Photograph, scale: float) -> Iterator[Square]:
    """Yield the squares of one scale, which lie evenly over a picture, at most half a side apart."""
    side = round(scale * min(picture.width, picture.height))
    if side < LEAST_PX:
        return
    for top, left in itertools.product(_starts(picture.height, side), _starts(picture.width, side)):
        yield Square(picture, left, top, side, f"{picture.name}/{side}x{side}+{left}+{top}")


def _starts(length: int, side: int) -> list[int]:
    steps = math.ceil(2 * (length - side) / side)
    return [round(step * (length - side) / max(steps, 1)) for step in range(steps + 1)]


def images(spec: DataSpec, memory: Memory) -> Listing:
    """List the squares, or the first of them; the label is the picture's name."""
    chosen = list(squares())[: spec.count]
    whole = _pictures(memory)
    places = [PHOTOGRAPHS.index(square.picture) for square in chosen]
    return Listing(
        root=whole.root,
        names=tuple(square.name for square in chosen),
        files=tuple(whole.files[place] for place in places),
        offsets=(0,) * len(chosen),
        sizes=tuple(whole.sizes[place] for place in places),
        digests=b"".join(whole.digest(place) for place in places),
        labels=tuple(square.picture.name for square in chosen),
    )


def _pictures(memory: Memory) -> Listing:
    """List the whole pictures, in the order of `PHOTOGRAPHS`; raises ValueError for one that cannot be read."""
    paths = [path_of(picture) for picture in PHOTOGRAPHS]
    absent = next((path for path in paths if not path.is_file()), None)
    if absent is not None:
        raise ValueError(f"the photograph {absent.name} is not where its package should have it, {absent.parent}")
    stats = [path.stat() for path in paths]
    files = Files(Path("/"), list(map(str, paths)), [one.st_size for one in stats], [one.st_mtime_ns for one in stats])
    found = hashed(files, memory)
    if found.broken:
        raise ValueError(f"the photograph {found.broken[0]} cannot be read")
    return found
