"""One figure outside any article: its pictures, chart, table and provenance in a folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from builder.engine import artifacts
from builder.errors import BuildError, Place, UsageError
from builder.plan.plan import House, open_house
from builder.plan.request import Asked, Request
from builder.reporter import Recorded, Reporter
from builder.settings import NoSite, Settings, load
from builder.site import open_engine


def run(
    start: Path, reporter: Reporter, figure: str, options: Mapping[str, str], out: Path, device: str = ""
) -> list[Path]:
    """Run a figure with the options that a directive would have; return the files that were written.

    The settings and the store are those of the site that `start` lies in, if there is one.
    Raises UsageError for what cannot be asked, BuildError where the figure fails.
    """
    with settings_at(start) as settings:
        house = open_house(settings, reporter)
        request = _request(house, figure, options)
        resolved = open_engine(house, reporter, device).resolve([request])
        house.catalogue.save()
        if resolved.problems:
            raise BuildError(resolved.problems)
        return artifacts.save(resolved.entries[request.key], out)


def key(figure: str, options: Mapping[str, object], start: Path = Path()) -> str:
    """Say under which key a figure is kept that is asked for so, as text or Python values; measure nothing.

    It is the same wherever the figure's code, the network and the data are the same. Raises UsageError for what
    cannot be asked.
    """
    with settings_at(start) as settings:
        house = open_house(settings, Recorded())
        return _request(house, figure, options).key


@contextmanager
def settings_at(start: Path) -> Iterator[Settings]:
    """Find the site; where there is none, take the defaults, and a store that lasts as long as this."""
    try:
        settings = load(start)
    except NoSite:
        with tempfile.TemporaryDirectory(prefix="microscribe-") as store:
            yield Settings(root=start.resolve(), store=store)
    else:
        yield settings


def _request(house: House, figure: str, options: Mapping[str, object]) -> Request:
    settings = house.settings
    defaults = {"model": settings.model, "dataset": settings.dataset, "seed": settings.seed}
    asked = Asked(figure, options, {}, Place(Path("figure run")), Path.cwd())
    request, problems = house.binder.bind(asked, defaults)
    if request is None:
        raise UsageError("\n".join(problem.message for problem in problems))
    return request
