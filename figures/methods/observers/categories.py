"""From the classes of a network to the categories that conflict images are named by."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from figures.methods.models import Model
from figures.methods.observers.entry_level import CLASSES, ENTRY_LEVEL
from figures.nearest import nearest


@dataclass(frozen=True)
class Grouping:
    """The categories that a head of a network may answer, and the numbers of the classes of each."""

    head: str
    names: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]

    @property
    def is_coarse(self) -> bool:
        """Whether a category may have several classes."""
        return any(len(numbers) > 1 for numbers in self.members)


def of(
    model: Model, wanted: Sequence[str], *, own: Mapping[str, Sequence[int | str]] | None = None, head: str = ""
) -> Grouping:
    """Find how a network can answer the categories `wanted`.

    By the author's `own` groups of classes; else its classes are those categories, or a thousand of ImageNet, which
    are grouped into sixteen. A `head` may be named. Raises ValueError where none of this fits, with what would.
    """
    chosen = [model.head(head)] if head else list(model.heads)
    heads = {name: model.heads[name] for name in chosen}
    if own is not None:
        name, classes = next(iter(heads.items()))
        return _complete(Grouping(name, tuple(own), _numbers(model.name, classes, own)), wanted)
    for name, classes in heads.items():
        if set(wanted) <= set(classes):
            return Grouping(name, tuple(classes), tuple((number,) for number in range(len(classes))))
    return _of_imagenet(model.name, heads, wanted)


def _of_imagenet(network: str, heads: Mapping[str, Sequence[str]], wanted: Sequence[str]) -> Grouping:
    name = next((name for name, classes in heads.items() if len(classes) == CLASSES), None)
    if name is None:
        raise ValueError(
            f"{network} names neither {', '.join(wanted[:4])}{' …' * (len(wanted) > 4)} nor the {CLASSES} classes of "
            "ImageNet; expected another network, such as efficientnet-lite0, or a file of categories with their classes"
        )
    return _complete(Grouping(name, tuple(ENTRY_LEVEL), tuple(ENTRY_LEVEL.values())), wanted)


def _complete(grouping: Grouping, wanted: Sequence[str]) -> Grouping:
    missing = [category for category in wanted if category not in grouping.names]
    if missing:
        known = ", ".join(grouping.names)
        raise ValueError(f"no category {missing[0]!r}{nearest(missing[0], grouping.names)} (there are: {known})")
    return grouping


def _numbers(
    network: str, classes: Sequence[str], groups: Mapping[str, Sequence[int | str]]
) -> tuple[tuple[int, ...], ...]:
    """Return the numbers of classes that go by number or by name."""
    return tuple(
        tuple(number for one in group for number in _number(f"{network}: category {category!r}", classes, one))
        for category, group in groups.items()
    )


def _number(whose: str, classes: Sequence[str], one: int | str) -> list[int]:
    """Return the number of a class; a name may stand for several."""
    if isinstance(one, str):
        if numbers := [number for number, name in enumerate(classes) if name == one]:
            return numbers
        raise ValueError(f"{whose}: no class {one!r}{nearest(one, classes)}")
    if not 0 <= one < len(classes):
        raise ValueError(f"{whose}: no class {one}; expected 0 to {len(classes) - 1}")
    return [one]


def read(path: Path) -> dict[str, list[int | str]]:
    """Read a file of categories, `{"cat": [281, "tabby"], …}`; raises ValueError for one that is something else."""
    expected = f'{path.name}: expected JSON such as {{"cat": [281, 282], "dog": ["beagle"]}}'
    try:
        groups = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{expected}; {error}") from None
    if not isinstance(groups, dict) or not groups:
        raise ValueError(f"{expected}; it holds {type(groups).__name__}")
    for category, group in groups.items():
        if not isinstance(group, list) or not group or not all(_is_class(one) for one in group):
            raise ValueError(f"{expected}; category {category!r} has no list of classes")
    return groups


def _is_class(one: object) -> bool:
    return isinstance(one, str | int) and not isinstance(one, bool)
