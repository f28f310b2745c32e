"""What names of networks and data sets mean on this site: the door to the figure library's readers.

Those readers are of the standard library only, so that this works where torch is not installed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from figures.specs import DataSpec, NetworkSpec, Site

Tables = Mapping[str, Mapping[str, object]]
NETWORKS = "figures.methods.networks"
"""The package whose files are the sources of networks."""


def site(root: Path, networks: Tables, datasets: Tables) -> Site:
    """Gather what a site's settings say of networks and data sets."""
    from figures import specs

    return specs.Site(root, networks, datasets)


def network(text: str, of: Site) -> NetworkSpec:
    """Read a network's name; raises ValueError with the nearest."""
    from figures.methods import networks

    return networks.read(text, of)


def network_folders() -> Sequence[Path]:
    """Return the folders whose files are the sources of networks."""
    from figures.methods import networks

    return [Path(folder) for folder in networks.__path__]


def dataset(text: str, of: Site) -> DataSpec:
    """Read a data set's name; raises ValueError with the nearest."""
    from figures import specs

    return specs.dataset(text, of)


def is_of_everyone(networks: Sequence[str], datasets: Sequence[str], of: Site) -> bool:
    """Tell whether names mean the same outside this site: no table of it, no file, no folder of images."""
    from figures import specs

    known = [*of.networks, *of.datasets]
    bases = [name.partition("@")[0].removesuffix("-untrained") for name in networks]
    return (
        not any(base in known for base in (*bases, *datasets))
        and not any(network(name, of).file for name in networks)
        and all(name.partition(":")[0] in specs.EMBEDDED for name in datasets)
    )


def check(of: Site) -> None:
    """Read every table of a site's settings; raises ValueError for the first that is wrong."""
    for name in of.networks:
        network(name, of)
    for name in of.datasets:
        dataset(name, of)


def digest(spec: NetworkSpec, root: Path, *more: str) -> str:
    """Digest what decides a network, wherever the site lies; its name is no part of it."""
    fields = {f.name: getattr(spec, f.name) for f in dataclasses.fields(spec) if f.name not in ("name", "root")}
    fields["weights"] = portable(spec.weights, root)
    text = json.dumps([fields, *more], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def portable(path: str, root: Path) -> str:
    """Write a path so that it means the same on another machine, where that can be done."""
    for start, mark in ((root.absolute(), ""), (Path.home(), "~/")):
        if path and Path(path).is_absolute() and Path(path).is_relative_to(start):
            return mark + Path(path).relative_to(start).as_posix()
    return path


def fingerprint(spec: DataSpec, of: Site, tell: Callable[[int, int], None]) -> str:
    """Digest the images of a data set; raises ValueError where there are none.

    Files are read once: what is remembered of them, the figure library goes by too.
    """
    from figures import manifests

    return manifests.fingerprint(spec, manifests.memory_in(of.root), tell).digest


def pictures(spec: DataSpec, of: Site) -> dict[str, None]:
    """Return what pictures of a data set may be asked for by; raises ValueError or OSError where it is not there."""
    from figures import manifests
    from figures.manifests import asked

    return asked.pictures(spec, manifests.memory_in(of.root))


def check_picture(written: str, name: str, known: dict[str, None]) -> None:
    """Raise ValueError with the nearest name for a picture that a data set has not."""
    from figures.manifests import asked

    asked.check(written, name, known)


def is_absent(spec: DataSpec) -> bool:
    """Tell whether nothing at all lies where a data set should."""
    from figures import manifests

    return manifests.is_absent(spec)
