"""What stands in the title block of an article, and beside its title in lists: decided once, here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.errors import Problem
from builder.frozen import frozen
from builder.plan.catalogue.nearest import nearest

if TYPE_CHECKING:
    from builder.read.markdown.outline import Outline

KEY = "hero"
SUFFIXES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")


@frozen
class Hero:
    """A measured figure of the article by its label, or a picture file by its absolute path."""

    label: str = ""
    file: Path | None = None


def decide(written: str | None, found: Outline, line: int, problems: list[Problem]) -> Hero | None:
    """Say what an author means: a file has a suffix; all else is a label, with or without "fig-".

    The label of a picture in the text stands for its file. What is not there is added to `problems`.
    """
    if written is None:
        return None
    hero, wrong = _file(written, found) if Path(written).suffix else _figure(written, found)
    problems += [Problem(found.source.place(line), f"front matter: {KEY}: {message}") for message in wrong]
    return None if wrong else hero


def _file(written: str, found: Outline) -> tuple[Hero, list[str]]:
    from builder.read.markdown.files import located

    source = replace(found.source, problems=[])
    file = located(written, source, 0, "file")
    wrong = [problem.message for problem in source.problems]
    if not wrong and file.suffix.lower() not in SUFFIXES:
        wrong = [f"{written!r} is no picture; expected a file that ends in {', '.join(SUFFIXES)}"]
    return Hero(file=file), wrong


def _figure(written: str, found: Outline) -> tuple[Hero, list[str]]:
    label = written if written.startswith("fig-") else f"fig-{written}"
    heroes = dict(_named(found))
    if label in heroes:
        return heroes[label], []
    return Hero(label), [f"no figure {label!r} in this article{nearest(label, heroes)}"]


def _named(found: Outline) -> Iterator[tuple[str, Hero]]:
    yield from ((one.label, Hero(one.label)) for one in found.directives)
    yield from ((one.label, Hero(file=one.file)) for one in found.images if one.label)
