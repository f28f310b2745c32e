"""Look at networks for the catalogue: what they are made of, which there are, and their weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.closure import Sources
from builder.reporter import Reporter

if TYPE_CHECKING:
    from figures.specs import NetworkSpec, Site


@dataclass(frozen=True)
class Listed:
    """A network in the list of what there is: the side of its images, and where its weights lie or would.

    `file` is None where they are no file, `url` empty where nothing can fetch them; `trouble` says
    why nothing more is known.
    """

    name: str
    input_size: int | None = None
    random: bool = False
    file: Path | None = None
    url: str = ""
    trouble: str = ""

    @property
    def is_here(self) -> bool:
        return self.file is not None and self.file.is_file()


@contextmanager
def _plainly(name: str) -> Iterator[None]:
    """Turn what goes wrong while a network is made, in an author's code too, into a ValueError."""
    try:
        yield
    except ValueError:
        raise
    except ImportError as error:
        raise ValueError(f"{name} cannot be looked at here: {error}") from error
    except Exception as error:
        raise ValueError(f"{name} cannot be made: {type(error).__name__}: {error}") from error


def describe_network(name: str, site: Site, sources: Sources, *, weights: bool = True) -> Mapping[str, object]:
    """Return the card of a network, without `weights` also where these are not on this disk.

    Raises ValueError where it cannot be made, saying what to do.
    """
    with _plainly(name):
        from figures import lab, specs
        from figures.methods import networks

        with lab.using(lab.Lab(device="cpu", closure=sources.of, site=site)):
            return networks.describe(specs.network(name, site), weights=weights)


def names_in(library: str) -> list[str]:
    """List the networks of torchvision or timm; raises ValueError where it is not installed."""
    with _plainly(f"the networks of {library}"):
        from figures import specs
        from figures.methods.networks import timm_networks, torchvision_networks

        families = {specs.TORCHVISION: torchvision_networks, specs.TIMM: timm_networks}
        return [f"{library}/{name}" for name in families[library].names()]


def look(name: str, site: Site) -> Listed:
    """Say of a network what is known without building it."""
    from figures import specs

    spec = specs.network(name, site)
    try:
        with _plainly(name):
            return _planned(spec)
    except ValueError as error:
        return Listed(name, spec.input_size, spec.random, spec.file, trouble=str(error))


def _planned(spec: NetworkSpec) -> Listed:
    from figures.methods import networks

    plan = networks.blueprint(spec)
    return Listed(spec.name, plan.input_size, spec.random, plan.file, plan.url)


def pull_weights(name: str, site: Site, reporter: Reporter, url: str = "") -> Path:
    """Fetch the weights of a network where they are not here yet, also from another `url`; return their file.

    Raises ValueError where there is nothing to fetch, or something else than expected.
    """
    with _plainly(name):
        from figures import specs
        from figures.methods import pull

        return pull.pull(specs.network(name, site), reporter, url=url)
