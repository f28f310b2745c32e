"""The signatures of figures, read from their source: the door to the figure library's one binding of parameters."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from builder.errors import Place, Problem
from builder.frozen import frozen
from figures import scripts
from figures.nearest import nearest
from figures.parameters import SEEDS
from figures.scripts import families
from figures.signature import Parameter, Signature, canonical, unknown
from figures.texts import choice, file_in, integer, tables_in

if TYPE_CHECKING:
    from builder.plan.catalogue.catalogue import Catalogue

__all__ = ["Parameter", "Signature", "SiteNames", "canonical", "families", "read", "seed", "unknown"]


def read(folders: Iterable[Path]) -> tuple[dict[str, Signature], list[Problem]]:
    """Read every figure of the given folders; see `figures.scripts.read`."""
    signatures, troubles = scripts.read(folders)
    return signatures, [Problem(Place(trouble.path, trouble.line), trouble.message) for trouble in troubles]


def seed(text: str) -> int:
    """Read where the random numbers of an article start from; raises ValueError for what no figure takes."""
    number = integer(text)
    if number not in SEEDS:
        raise ValueError(f"{text}; expected {SEEDS}")
    return number


@frozen
class SiteNames:
    """What names mean in an article of a site: networks and data sets by the catalogue, files beside the article."""

    catalogue: Catalogue
    families: Iterable[str]
    folder: Path

    def model(self, text: str) -> str:
        return self.catalogue.model(text).name

    def layer(self, model: str, text: str) -> str:
        return self.catalogue.layer(model, text)

    def output(self, model: str, text: str) -> str:
        return self.catalogue.model(model).layer(text)

    def head(self, model: str, text: str) -> str:
        return self.catalogue.model(model).head(text)

    def check_class(self, model: str, head: str, text: str) -> None:
        self.catalogue.model(model).check_class(head, text)

    def edge(self, model: str, text: str) -> str:
        return " -> ".join(map(str, self.catalogue.model(model).edge(text)))

    def unit(self, model: str, text: str) -> str:
        return self.catalogue.unit(model, text)

    def units(self, model: str, text: str) -> tuple[str, ...]:
        return self.catalogue.units(model, text)

    def dataset(self, text: str) -> str:
        """Return a data set's full name: that of the site, else that of a folder beside the article."""
        try:
            return self.catalogue.dataset(text)[0]
        except ValueError as error:
            return self._beside(text, error)

    def _beside(self, text: str, error: ValueError) -> str:
        """Return the name that a folder beside the article has in the site; raises ValueError where there is none."""
        path, root = (Path(os.path.realpath(one)) for one in (self.folder / text, self.catalogue.site.root))
        if path.is_relative_to(root) and path != root:
            with contextlib.nullcontext() if os.path.exists(_without_count(path)) else contextlib.suppress(ValueError):
                return self.catalogue.dataset(path.relative_to(root).as_posix())[0]
        folders = [one.name for one in self.folder.iterdir() if one.is_dir()] if self.folder.is_dir() else []
        raise ValueError(f"{error}{nearest(text, folders)}") from error

    def picture(self, dataset: str, text: str) -> None:
        """Raise ValueError with the nearest name for a picture that a data set is known not to have."""
        self.catalogue.datasets.check_picture(dataset, text)

    def family(self, text: str) -> str:
        return choice(text, self.families)

    def file(self, text: str) -> Path:
        return self._public(text, file_in(self.folder, text, "beside the article"))

    def tables(self, text: str) -> tuple[Path, ...]:
        return tuple(self._public(text, file) for file in tables_in(self.folder, text, "beside the article"))

    def _public(self, text: str, file: Path) -> Path:
        """Return a file whose content a page may show; raises ValueError for one outside the site, or hidden there."""
        root = Path(os.path.realpath(self.catalogue.site.root))
        if not file.is_relative_to(root) or any(part.startswith(".") for part in file.relative_to(root).parts):
            raise ValueError(f"{text!r} is not a file to publish; keep a copy beside the article")
        return file


def _without_count(path: Path) -> Path:
    base, colon, count = path.name.rpartition(":")
    return path.with_name(base) if colon and base and count.isdigit() else path
