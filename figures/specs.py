"""What an author names as a network or a data set, read without importing numerics.

A name is text in a directive or a setting; the tables of a site (`[tool.microscribe.models.NAME]`
and `[tool.microscribe.datasets.NAME]`) give short names to what it brings along.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from figures.nearest import nearest

NONE = "none"
UNTRAINED = "-untrained"
GLYPHS, TORCHVISION, TIMM, INCEPTIONV1, SITE = "glyphs", "torchvision", "timm", "inceptionv1", "site"
_LIBRARIES = (TORCHVISION, TIMM)
_EMBEDDED = Path(__file__).parent / "glyphs" / "weights"
_WEIGHT_FILES = (".safetensors", ".pt", ".pth")
_HUGGINGFACE = ("dataset_info.json", "state.json", "dataset_dict.json")
KINDS = ("folder", "csv", "webdataset", "huggingface")


@dataclass(frozen=True)
class NetworkSpec:
    """A network as it was named, and how it is to be made.

    `weights` is empty for the family's default, `none` for random ones drawn from `seed`, the
    name of a set of weights, or an absolute path. `mean` and `std` are per channel, of images
    in [0, 1]. `root` is the folder that a site's own code is imported from.
    """

    name: str
    family: str
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
        return Path(self.weights) if _is_file(self.weights) else None


@dataclass(frozen=True)
class DataSpec:
    """A data set as it was named: the first `count` images of it, or all."""

    name: str
    kind: str
    path: Path | None = None
    count: int | None = None
    image_column: str = ""
    label_column: str = ""
    root: Path | None = None
    size_px: int | None = None


@dataclass(frozen=True)
class Site:
    """The folder of a site, and the raw tables of its settings by name."""

    root: Path = field(default_factory=Path.cwd)
    networks: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    datasets: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def embedded() -> list[str]:
    """List the trained networks that come with the package."""
    return sorted(path.stem for path in _EMBEDDED.glob("*.json"))


def network(text: str, site: Site | None = None) -> NetworkSpec:
    """Read a network's name; raises ValueError with what was expected and the nearest name.

    `glyphs`, `torchvision/NAME[@WEIGHTS]`, `timm/NAME[@TAG]`, `inceptionv1[@path]` or the name of
    a table of the site; `@none` or the ending `-untrained` asks for random weights.
    """
    site, text = site or Site(), text.strip()
    if text in site.networks:
        return _from_table(text, site)
    base, at, weights = text.partition("@")
    if at and not weights:
        raise ValueError(f"{text!r}: expected the name or the path of weights, or none, after the @")
    if not at and base.endswith(UNTRAINED):
        base, weights = base.removesuffix(UNTRAINED), NONE
    spec = _from_table(base, site) if base in site.networks else _family(base, text, site)
    return replace(spec, name=text, weights=_weights(weights, spec.family, text, site)) if weights else spec


def _family(base: str, text: str, site: Site) -> NetworkSpec:
    """Read a name that no table of the site gives."""
    library, slash, inner = base.partition("/")
    if slash and inner and library in _LIBRARIES:
        return NetworkSpec(text, library, inner)
    if base == INCEPTIONV1:
        return NetworkSpec(text, INCEPTIONV1, INCEPTIONV1)
    if base in embedded():
        return NetworkSpec(text, GLYPHS, base)
    known = [*embedded(), INCEPTIONV1, *site.networks]
    hint = nearest(base, known) or (nearest(library, _LIBRARIES) if slash else "")
    raise ValueError(f"no network {text!r}{hint} (there are: {', '.join(known)}, torchvision/NAME, timm/NAME)")


def _weights(text: str, family: str, name: str, site: Site) -> str:
    """Return a normal form of what stands after the @: `none`, a name, or an absolute path."""
    if text == NONE:
        return NONE
    if family == GLYPHS:
        raise ValueError(f"{name!r}: the embedded networks have one set of weights; expected no @ or @none")
    if _is_file(text):
        return str((site.root / Path(text).expanduser()).absolute())
    if family in _LIBRARIES:
        return text
    raise ValueError(f"{name!r}: weights {text!r}; expected none or a file that ends in {', '.join(_WEIGHT_FILES)}")


def _is_file(text: str) -> bool:
    return Path(text).suffix in _WEIGHT_FILES


def network_names(site: Site | None = None) -> list[str]:
    """List the networks that have a name of their own: the embedded ones, `inceptionv1`, the site's."""
    return list(dict.fromkeys([*embedded(), INCEPTIONV1, *(site or Site()).networks]))


def _from_table(name: str, site: Site) -> NetworkSpec:
    """Read `[tool.microscribe.models.NAME]`."""
    place, table = f"models.{name}", site.networks[name]
    if name in embedded():
        raise ValueError(f"{place}: {name!r} is the name of an embedded network; expected another")
    values = _read(place, table, _NETWORK_KEYS)
    spec = _factory(name, place, values.pop("factory", INCEPTIONV1 if name == INCEPTIONV1 else ""), site)
    weights, classes = values.pop("weights", ""), values.pop("classes", ())
    if weights:
        weights = _weights(weights, spec.family, place, site)
    elif spec.family == SITE:
        raise ValueError(f"{place}: no weights; expected a .safetensors or .pt file, or none")
    if isinstance(classes, Path):
        classes = _lines(site.root / classes, place)
    return replace(spec, weights=weights or spec.weights, classes=classes, **values)


def _factory(name: str, place: str, factory: str, site: Site) -> NetworkSpec:
    """Read what makes a network: a name of another family, or `module:function` of the site."""
    if re.fullmatch(r"[\w.]+:[\w.]+", factory):
        return NetworkSpec(name, SITE, factory, root=site.root)
    expected = "expected module:function of the site, torchvision/NAME, timm/NAME or inceptionv1"
    if not factory:
        raise ValueError(f"{place}: no factory; {expected}")
    try:
        spec = network(factory, Site(site.root))
    except ValueError as error:
        raise ValueError(f"{place}: factory {factory!r}; {expected} ({error})") from None
    return replace(spec, name=name)


def _lines(path: Path, place: str) -> tuple[str, ...]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{place}: classes cannot be read from {path}: {error}") from None
    return tuple(line.strip() for line in lines if line.strip())


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _seed(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _numbers(value: object) -> tuple[float, ...] | None:
    values = value if isinstance(value, list | tuple) else [value]
    fine = all(isinstance(one, int | float) and not isinstance(one, bool) for one in values)
    return tuple(float(one) for one in values) if values and fine else None


def _spreads(value: object) -> tuple[float, ...] | None:
    numbers = _numbers(value)
    return numbers if numbers and min(numbers) > 0 else None


def _classes(value: object) -> tuple[str, ...] | Path | None:
    if isinstance(value, str) and value:
        return Path(value)
    return tuple(value) if isinstance(value, list) and value and all(isinstance(one, str) for one in value) else None


def _aliases(value: object) -> tuple[tuple[str, str], ...] | None:
    fine = isinstance(value, Mapping) and all(isinstance(path, str) and path for path in value.values())
    return tuple(value.items()) if fine else None


def _kind(value: object) -> str | None:
    return value if isinstance(value, str) and value in KINDS else None


Reader = Callable[[object], object]
#: key of a table -> (how it is read, field of the specification, what is expected)
_NETWORK_KEYS: Mapping[str, tuple[Reader, str, str]] = {
    "factory": (_text, "factory", "a text, module:function"),
    "weights": (_text, "weights", "a path, the name of weights, or none"),
    "input_size": (_count, "input_size", "a whole number of pixels, at least 1"),
    "channels": (_count, "channels", "a whole number, at least 1"),
    "mean": (_numbers, "mean", "a number, or one for each channel"),
    "std": (_spreads, "std", "a number above 0, or one for each channel"),
    "classes": (_classes, "classes", "a list of names, or a file with one a line"),
    "aliases": (_aliases, "aliases", "a table of name = dotted path"),
    "seed": (_seed, "seed", "a whole number, at least 0"),
}
_DATA_KEYS: Mapping[str, tuple[Reader, str, str]] = {
    "path": (_text, "path", "a path"),
    "kind": (_kind, "kind", f"one of {', '.join(KINDS)}"),
    "images": (_text, "image_column", "the name of a column"),
    "labels": (_text, "label_column", "the name of a column"),
    "root": (_text, "root", "the folder that paths start from"),
    "size": (_count, "size_px", "a whole number of pixels, at least 1"),
}


def _read(place: str, table: Mapping[str, object], keys: Mapping[str, tuple[Reader, str, str]]) -> dict[str, object]:
    """Check a table of settings; return its values by field."""
    if not isinstance(table, Mapping):
        raise ValueError(f"{place}: {table!r}; expected a table with {', '.join(keys)}")
    found: dict[str, object] = {}
    for key, value in table.items():
        if key not in keys:
            raise ValueError(f"{place}: no setting {key!r}{nearest(key, keys)} (there are: {', '.join(keys)})")
        reader, name, expected = keys[key]
        found[name] = reader(value)
        if found[name] is None:
            raise ValueError(f"{place}: {key} = {json.dumps(value, default=str)}; expected {expected}")
    return found


def dataset(text: str, site: Site | None = None) -> DataSpec:
    """Read a data set's name; raises ValueError with what was expected and the nearest name.

    `glyphs`, the name of a table of the site, or a path (a folder, a CSV, tar shards, a Hugging
    Face data set on disk); `:N` takes the first N images.
    """
    site, text = site or Site(), text.strip()
    if text in site.datasets:
        return _data_table(text, site)
    base, colon, number = text.rpartition(":")
    if not colon:
        base, number = text, ""
    if base in site.datasets or base == GLYPHS:
        spec = _data_table(base, site) if base in site.datasets else DataSpec(text, GLYPHS)
    else:
        base, number = (base, number) if number.isdigit() else (text, "")
        spec = _data_path(base, text, site)
    return replace(spec, name=text, count=_first(number, text) if colon and base != text else None)


def _first(number: str, text: str) -> int:
    if not number.isdigit() or int(number) < 1:
        raise ValueError(f"{text!r}: expected {text.rpartition(':')[0]}:N with N images, at least 1")
    return int(number)


def _data_path(base: str, text: str, site: Site) -> DataSpec:
    path = site.root / Path(base).expanduser()
    is_pattern = re.search(r"[{*?\[]", base) is not None
    if not base or not (path.exists() or is_pattern):
        known = [GLYPHS, *site.datasets]
        hint = nearest(base.partition(":")[0], known)
        raise ValueError(f"no data set {text!r}{hint} (there are: {', '.join(known)}, or a path)")
    return DataSpec(text, kind_of(path), path)


def _data_table(name: str, site: Site) -> DataSpec:
    """Read `[tool.microscribe.datasets.NAME]`."""
    place = f"datasets.{name}"
    if name == GLYPHS:
        raise ValueError(f"{place}: {name!r} is the name of the embedded data set; expected another")
    values = _read(place, site.datasets[name], _DATA_KEYS)
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
