"""Look at networks for the catalogue: what they are made of, which there are, and their weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from builder.frozen import frozen
from builder.plan.closure import Sources
from builder.reporter import Reporter

if TYPE_CHECKING:
    from figures.cards import NetworkCard
    from figures.specs import Site


@frozen
class Listed:
    """A network in the list of what there is: the side of its images, and where its weights lie or would.

    `file` is None where they are no file, `url` empty where nothing can fetch them; `packaged` ones come
    with Microscribe, others in a `package` of their own; `trouble` says why nothing more is known.
    """

    name: str
    input_size: int | None = None
    random: bool = False
    file: Path | None = None
    url: str = ""
    packaged: bool = False
    package: str = ""
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


def describe_network(name: str, site: Site, sources: Sources, *, weights: bool = True) -> NetworkCard:
    """Return the card of a network, without `weights` also where these are not on this disk.

    Raises ValueError where it cannot be made, saying what to do.
    """
    with _plainly(name):
        from figures import lab
        from figures.methods import networks
        from figures.methods.assembly import describing

        with lab.using(lab.Lab(device="cpu", closure=sources.of, site=site)):
            return describing.describe(networks.read(name, site), weights=weights)


def titles() -> dict[str, str]:
    """Return what stands above the networks of each source in a list, by the source's name."""
    from figures.methods import networks

    return {name: source.title for name, source in networks.sources().items()}


def names_in(source: str, site: Site, word: str) -> tuple[Sequence[str], str]:
    """List the networks of a source that a list of those with a word shows, and what to remark.

    Raises ValueError where its library is not installed.
    """
    with _plainly(f"the networks of {source}"):
        from figures.methods import networks

        listing = networks.sources()[source].listing(site, word)
        return listing.names, listing.remark


def look(name: str, site: Site) -> Listed:
    """Say of a network what is known without building it."""
    from figures.methods import networks

    spec = networks.read(name, site)
    try:
        with _plainly(name):
            plan = networks.blueprint(spec)
    except ValueError as error:
        return Listed(name, spec.input_size, spec.random, spec.file, trouble=str(error))
    return Listed(name, plan.input_size, spec.random, plan.file, plan.url, plan.packaged, plan.package)


def pull_weights(name: str, site: Site, reporter: Reporter, url: str = "") -> Path:
    """Fetch the weights of a network where they are not here yet, also from another `url`; return their file.

    Raises ValueError where there is nothing to fetch, or something else than expected.
    """
    with _plainly(name):
        from figures.methods import networks, pull

        return pull.pull(networks.read(name, site), reporter, url=url)
