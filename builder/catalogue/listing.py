"""The list of networks that articles may name, in groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.catalogue import weights

if TYPE_CHECKING:
    from builder.catalogue import Catalogue
    from builder.engine.describe import Listed

LIBRARIES = ("torchvision", "timm")


@dataclass(frozen=True)
class Row:
    """A network: its name, the side of its images where known, and how its weights are."""

    name: str
    input_size: int | None
    state: str


@dataclass(frozen=True)
class Group:
    """Networks that come from one place."""

    title: str
    rows: tuple[Row, ...]
    remark: str = ""


def groups(catalogue: Catalogue, word: str) -> list[Group]:
    """List all networks whose names contain a word."""
    found = [_embedded(catalogue), _own(catalogue), *(_library(catalogue, family, word) for family in LIBRARIES)]
    found.append(_inception(catalogue))
    return [Group(g.title, tuple(row for row in g.rows if word in row.name), g.remark) for g in found]


def _embedded(catalogue: Catalogue) -> Group:
    sizes = {name: catalogue.networks.record(name)["input"]["size_px"] for name in catalogue.models}
    return Group("Embedded", tuple(Row(name, size, "in the package") for name, size in sizes.items()))


def _own(catalogue: Catalogue) -> Group:
    from builder.engine.describe import look

    return Group("Of this site", tuple(_row(look(name, catalogue.site)) for name in catalogue.site.networks))


def _library(catalogue: Catalogue, library: str, word: str) -> Group:
    """List a library's networks; of timm, which has many hundreds, those that were asked for or fetched."""
    from builder.engine.describe import look, names_in

    try:
        names = names_in(library)
    except ValueError as error:
        return Group(library, (), str(error))
    remark = ""
    if library == "timm" and not word:
        remark = f"{len(names)} networks; `microscribe models list timm/resnet` lists some of them"
        names = weights.fetched_from_timm()
    return Group(library, tuple(_row(look(name, catalogue.site)) for name in names if word in name), remark)


def _inception(catalogue: Catalogue) -> Group:
    from builder.engine.describe import look

    return Group("InceptionV1 of lucid and of Curve Detectors", (_row(look("inceptionv1", catalogue.site)),))


def _row(one: Listed) -> Row:
    return Row(one.name, one.input_size, _state(one))


def _state(one: Listed) -> str:
    if one.trouble:
        return one.trouble.removeprefix(f"{one.name}: ")
    if one.random:
        return "random weights"
    if one.is_here:
        return "on disk"
    if one.url:
        return "not on disk"
    return f"no file {one.file}" if one.file else f"no weights; write {one.name}@FILE or {one.name}@none"
