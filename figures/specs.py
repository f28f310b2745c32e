"""What an author names as a network or a data set, read without importing numerics.

A name is text in a directive or a setting; the tables of a site (`[tool.microscribe.models.NAME]`
and `[tool.microscribe.datasets.NAME]`) give short names to what it brings along. Names of networks
are read by `figures.methods.networks`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from figures import tables
from figures.nearest import nearest

NONE = "none"
GLYPHS = "glyphs"
PHOTOGRAPHS = "photographs"
STAMPS = "stamps"
#: Where Debian's package of cut-outs puts them.
STAMPS_FOLDER = Path("/usr/share/tuxpaint/stamps")
STAMPS_PACKAGE = "tuxpaint-stamps-default"
#: Data sets that have a name without any setting.
EMBEDDED = (GLYPHS, PHOTOGRAPHS, STAMPS)
GROUNDS = ("grey", "checked", "white", "mean")
WEIGHT_FILES = (".safetensors", ".pt", ".pth", ".ckpt", ".bin", ".tar")
_HUGGINGFACE = ("dataset_info.json", "state.json", "dataset_dict.json")
KINDS = ("folder", "csv", "webdataset", "huggingface")


@dataclass(frozen=True)
class NetworkSpec:
    """A network as it was named, and how it is to be made: `source` makes it of what `factory` names.

    `weights` is empty for the source's default, `none` for random ones drawn from `seed`, the
    name of a set of weights, or an absolute path, with `#` and the name of an entry where the file has
    several. `mean` and `std` are per channel, of images
    in [0, 1]. `root` is the folder that a site's own code is imported from.
    """

    name: str
    source: str
    factory: str
    weights: str = ""
    input_size: int | None = None
    channels: int | None = None
    mean: tuple[float, ...] | None = None
    std: tuple[float, ...] | None = None
    classes: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    seed: int = 0
    root: Path | None = None

    @property
    def random(self) -> bool:
        """Whether the weights are drawn at random."""
        return self.weights == NONE

    @property
    def file(self) -> Path | None:
        """The file of weights that the author gave, if any."""
        path, _ = weight_file(self.weights)
        return Path(path) if path else None

    @property
    def entry(self) -> str:
        """Which of several weights in that file is meant, empty where it is not said."""
        return weight_file(self.weights)[1]


def weight_file(text: str) -> tuple[str, str]:
    """Split `net.pt#model_ema` into a file of weights and what to take of it; both are empty for other text."""
    if Path(text).suffix in WEIGHT_FILES:
        return text, ""
    path, _, entry = text.rpartition("#")
    return (path, entry) if entry and Path(path).suffix in WEIGHT_FILES else ("", "")


@dataclass(frozen=True)
class DataSpec:
    """A data set as it was named: the first `count` images of it, or all.

    `ground` is what lies behind images that are transparent.
    """

    name: str
    kind: str
    path: Path | None = None
    count: int | None = None
    image_column: str = ""
    label_column: str = ""
    root: Path | None = None
    size_px: int | None = None
    ground: str = GROUNDS[0]

    @property
    def location(self) -> Path:
        """Where it lies; raises ValueError for one that is drawn and lies nowhere."""
        if self.path is None:
            raise ValueError(f"data set {self.name!r} is not on disk; expected one that has a path")
        return self.path


@dataclass(frozen=True)
class Site:
    """The folder of a site, and the raw tables of its settings by name."""

    root: Path = field(default_factory=Path.cwd)
    networks: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    datasets: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def _ground(value: object) -> str | None:
    return value if isinstance(value, str) and value in GROUNDS else None


def _kind(value: object) -> str | None:
    return value if isinstance(value, str) and value in KINDS else None


_KEYS: tables.Keys = {
    "path": (tables.text, "path", "a path"),
    "kind": (_kind, "kind", f"one of {', '.join(KINDS)}"),
    "images": (tables.text, "image_column", "the name of a column"),
    "labels": (tables.text, "label_column", "the name of a column"),
    "root": (tables.text, "root", "the folder that paths start from"),
    "size": (tables.count, "size_px", "a whole number of pixels, at least 1"),
    "ground": (_ground, "ground", f"one of {', '.join(GROUNDS)}"),
}


def dataset(text: str, site: Site | None = None) -> DataSpec:
    """Read a data set's name; raises ValueError with what was expected and the nearest name.

    `glyphs`, `photographs`, `stamps`, the name of a table of the site, or a path (a folder, a CSV, tar
    shards, a Hugging Face data set on disk); `:N` takes the first N images.
    """
    site, text = site or Site(), text.strip()
    if text in site.datasets:
        return _data_table(text, site)
    base, colon, number = text.rpartition(":")
    if not colon:
        base, number = text, ""
    if base in site.datasets or base in EMBEDDED:
        spec = _data_table(base, site) if base in site.datasets else _embedded(base)
    else:
        base, number = (base, number) if number.isdigit() else (text, "")
        spec = _data_path(base, text, site)
    return replace(spec, name=text, count=_first(number, text) if colon and base != text else None)


def _embedded(name: str) -> DataSpec:
    """Return a data set that has a name without any setting; raises ValueError where it is not installed."""
    if name != STAMPS:
        return DataSpec(name, name)
    if not STAMPS_FOLDER.is_dir():
        raise ValueError(
            f"data set {name!r} is Debian's package of cut-outs, which is not installed here: "
            f"apt-get install {STAMPS_PACKAGE}"
        )
    return DataSpec(name, "folder", STAMPS_FOLDER)


def _first(number: str, text: str) -> int:
    if not number.isdigit() or int(number) < 1:
        raise ValueError(f"{text!r}: expected {text.rpartition(':')[0]}:N with N images, at least 1")
    return int(number)


def _data_path(base: str, text: str, site: Site) -> DataSpec:
    path = site.root / Path(base).expanduser()
    is_pattern = re.search(r"[{*?\[]", base) is not None
    if not base or not (os.path.exists(path) or is_pattern):
        known = [*EMBEDDED, *site.datasets]
        hint = nearest(base.partition(":")[0], known)
        raise ValueError(f"no data set {text!r}{hint} (there are: {', '.join(known)}, or a path)")
    return DataSpec(text, kind_of(path), path)


def _data_table(name: str, site: Site) -> DataSpec:
    """Read `[tool.microscribe.datasets.NAME]`."""
    place = f"datasets.{name}"
    if name in EMBEDDED:
        raise ValueError(f"{place}: {name!r} is the name of an embedded data set; expected another")
    values = tables.read(place, site.datasets[name], _KEYS)
    if "path" not in values:
        raise ValueError(f"{place}: no path; expected a folder, a CSV, tar shards or a Hugging Face data set")
    for key in ("path", "root"):
        if key in values:
            values[key] = site.root / Path(str(values[key])).expanduser()
    return DataSpec(name, **{"kind": kind_of(values["path"]), **values})


def kind_of(path: Path) -> str:
    """Guess what kind of data set lies at a path."""
    if path.suffix in (".csv", ".tsv"):
        return "csv"
    if path.name.endswith((".tar", ".tar.gz", ".tgz")):
        return "webdataset"
    return "huggingface" if any((path / name).is_file() for name in _HUGGINGFACE) else "folder"
